import { checkCondition, dropUndefined } from './check-condition.ts';
import type { Fault, Located } from '../template/located.ts';
import type { Shape } from '../template/schema-reader.ts';
import { openShape } from '../template/schema-reader.ts';
import type { Anchor, Option } from '../template/template.ts';

/** Checks a list of options, with its groups. */
export function checkOptionList(at: Located, faults: Fault[]): readonly Option[] {
  if (at.is !== 'list') {
    faults.push({
      line: at.line,
      key: 'templates.wrong-type',
      params: { key: 'options', expected: 'list', what: 'question' },
    });
    return [];
  }
  const keys = [
    'group',
    'key',
    'label',
    'first',
    'alone',
    'stores',
    'asks_words',
    'clause',
    'to_them',
    'label_quoting',
    'aspect',
    'reply',
    'page',
    'when',
    'first_when',
    'blank',
    'serves',
    'translator',
  ];
  const options: Option[] = [];
  let group: string | undefined;
  for (const item of at.items) {
    const shape = openShape(item, 'option', keys, faults);
    if (shape === undefined) continue;
    if (shape.has('group') && !shape.has('key')) {
      group = shape.text('group') || undefined;
      continue;
    }
    const key = shape.needText('key');
    if (!/^[a-z][a-z0-9-]*$/.test(key))
      faults.push({ line: shape.line, key: 'templates.bad-key', params: { key } });
    if (options.some(one => one.key === key))
      faults.push({ line: shape.line, key: 'templates.repeated-key', params: { key } });
    options.push(
      dropUndefined({
        key,
        group,
        label: shape.needText('label'),
        first: shape.flag('first', false),
        alone: shape.flag('alone', false),
        stores: shape.flag('stores', true),
        asksWords: shape.flag('asks_words', false),
        clause: checkClause(shape, faults),
        toThem: shape.text('to_them'),
        labelQuoting: shape.text('label_quoting'),
        aspect: shape.text('aspect'),
        reply: shape.text('reply'),
        page: shape.text('page'),
        blank: shape.has('blank') ? shape.flag('blank', false) : undefined,
        when: shape.has('when') ? checkCondition(shape.at('when'), faults) : undefined,
        firstWhen: shape.has('first_when') ? checkCondition(shape.at('first_when'), faults) : undefined,
      }),
    );
  }
  // A list without any `first` is short: all of it is the first screen.
  return options.some(({ first }) => first) ? options : options.map(option => ({ ...option, first: true }));
}

// A clause is put into a sentence: what ends one, or a place to fill, would break it.
function checkClause(shape: Shape, faults: Fault[]): string | undefined {
  const clause = shape.text('clause');
  if (clause !== undefined && (/[.!?:;{}\n]/.test(clause) || clause.trim() !== clause)) {
    const line = shape.at('clause')?.line ?? shape.line;
    faults.push({ line, key: 'templates.bad-clause', params: { clause } });
  }
  return clause;
}

/**
 * Checks that every option of a list that goes into sentences has a clause, if only an empty one. An option
 * that stores nothing, excludes all others, or asks for own words needs none.
 */
export function checkClauses(at: Located, options: readonly Option[], faults: Fault[]): void {
  for (const { key, clause, alone, stores, asksWords } of options) {
    const isNeeded = !alone && stores && !asksWords;
    if (clause !== undefined || !isNeeded) continue;
    faults.push({ line: lineOf(key, at), key: 'templates.missing-clause', params: { key } });
  }
}

/** Checks that clauses which are joined by commas hold none. */
export function checkJoinedClauses(at: Located, options: readonly Option[], faults: Fault[]): void {
  for (const { key, clause } of options) {
    if (clause?.includes(',') !== true) continue;
    faults.push({ line: lineOf(key, at), key: 'templates.bad-clause', params: { clause } });
  }
}

// The line of an option in its list.
function lineOf(key: string, at: Located): number {
  const items = at.is === 'list' ? at.items : [];
  return items.find(item => keyIn(item) === key)?.line ?? at.line;
}

function keyIn(item: Located): string | undefined {
  const key = item.is === 'map' ? item.entries.find(entry => entry.key === 'key')?.value : undefined;
  return key?.is === 'scalar' ? key.source : undefined;
}

/** Checks a map of number (0–10) to words. */
export function checkAnchorMap(at: Located, faults: Fault[]): readonly Anchor[] {
  if (at.is !== 'map') {
    faults.push({
      line: at.line,
      key: 'templates.wrong-type',
      params: { key: 'anchors', expected: 'map', what: 'question' },
    });
    return [];
  }
  return at.entries
    .flatMap(({ key, line, value }) => {
      const number = Number(key);
      if (Number.isInteger(number) && number >= 0 && number <= 10 && value.is === 'scalar')
        return [{ at: number, words: value.source }];
      faults.push({ line, key: 'templates.bad-anchor', params: { key } });
      return [];
    })
    .sort((a, b) => a.at - b.at);
}

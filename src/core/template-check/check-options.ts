import { checkCondition, dropUndefined } from './check-condition.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import type { Anchor, Option } from '../template/template.ts';

/**
 * The keys that an option may have. An item with `group` and no `key` names the group of the options after
 * it.
 */
const optionKeys = [
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

/** Checks a list of options with its groups, and returns the options. */
export function checkOptionList(at: YamlNode, faults: Fault[]): readonly Option[] {
  if (at.is !== 'list') {
    faults.push({
      line: at.line,
      key: 'templates.wrong-type',
      params: { key: 'options', expected: 'list', what: 'question' },
    });
    return [];
  }
  const options: Option[] = [];
  let group: string | undefined;
  for (const item of at.items) {
    const schema = openSchemaReader(item, 'option', optionKeys, faults);
    if (schema === undefined) continue;
    if (schema.has('group') && !schema.has('key')) {
      group = schema.text('group') || undefined;
      continue;
    }
    const key = checkOptionKey(schema, options, faults);
    options.push(dropUndefined({ key, group, ...checkOption(schema, faults) }));
  }
  // In a list without any `first`, all options are on the first screen.
  return options.some(({ first }) => first) ? options : options.map(option => ({ ...option, first: true }));
}

function checkOptionKey(schema: SchemaReader, before: readonly Option[], faults: Fault[]): string {
  const key = schema.needText('key');
  if (!/^[a-z][a-z0-9-]*$/.test(key))
    faults.push({ line: schema.line, key: 'templates.bad-key', params: { key } });
  if (before.some(option => option.key === key))
    faults.push({ line: schema.line, key: 'templates.repeated-key', params: { key } });
  return key;
}

function checkOption(schema: SchemaReader, faults: Fault[]) {
  return {
    label: schema.needText('label'),
    first: schema.flag('first', false),
    alone: schema.flag('alone', false),
    stores: schema.flag('stores', true),
    asksWords: schema.flag('asks_words', false),
    clause: checkClause(schema, faults),
    toThem: schema.text('to_them'),
    labelQuoting: schema.text('label_quoting'),
    aspect: schema.text('aspect'),
    reply: schema.text('reply'),
    page: schema.text('page'),
    blank: schema.has('blank') ? schema.flag('blank', false) : undefined,
    when: schema.has('when') ? checkCondition(schema.at('when'), faults) : undefined,
    firstWhen: schema.has('first_when') ? checkCondition(schema.at('first_when'), faults) : undefined,
  };
}

// A clause goes into the middle of a sentence, so it may hold no closing punctuation and no placeholder.
function checkClause(schema: SchemaReader, faults: Fault[]): string | undefined {
  const clause = schema.text('clause');
  if (clause !== undefined && (/[.!?:;{}\n]/.test(clause) || clause.trim() !== clause)) {
    const line = schema.at('clause')?.line ?? schema.line;
    faults.push({ line, key: 'templates.bad-clause', params: { clause } });
  }
  return clause;
}

/**
 * Checks that every option of a list used in opening lines has a clause, even if it is empty. An option
 * that stores nothing, excludes all others, or asks for the person's own words needs none.
 */
export function checkClauses(at: YamlNode, options: readonly Option[], faults: Fault[]): void {
  for (const { key, clause, alone, stores, asksWords } of options) {
    const isNeeded = !alone && stores && !asksWords;
    if (clause !== undefined || !isNeeded) continue;
    faults.push({ line: lineOf(key, at), key: 'templates.missing-clause', params: { key } });
  }
}

/** Checks clauses that are joined with commas: they must not contain commas. */
export function checkJoinedClauses(at: YamlNode, options: readonly Option[], faults: Fault[]): void {
  for (const { key, clause } of options) {
    if (clause?.includes(',') !== true) continue;
    faults.push({ line: lineOf(key, at), key: 'templates.bad-clause', params: { clause } });
  }
}

// Returns the line of an option in its list.
function lineOf(key: string, at: YamlNode): number {
  const items = at.is === 'list' ? at.items : [];
  return items.find(item => keyIn(item) === key)?.line ?? at.line;
}

function keyIn(item: YamlNode): string | undefined {
  const key = item.is === 'map' ? item.entries.find(entry => entry.key === 'key')?.value : undefined;
  return key?.is === 'scalar' ? key.source : undefined;
}

/** Checks a map of scale points (0–10) to words, and returns it as anchors, smallest first. */
export function checkAnchorMap(at: YamlNode, faults: Fault[]): readonly Anchor[] {
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

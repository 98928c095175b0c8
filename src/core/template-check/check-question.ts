import { checkCondition, dropUndefined } from './check-condition.ts';
import { checkAnchorMap, checkOptionList } from './check-options.ts';
import type { Condition } from '../template/condition.ts';
import type { Fault } from '../template/located.ts';
import type { Shape } from '../template/schema-reader.ts';
import { openShape } from '../template/schema-reader.ts';
import type { Anchor, Note, Option, Question, Template } from '../template/template.ts';
import { questionKinds } from '../template/template.ts';

/** What a sequence may refer to beyond its own file. */
export interface Surroundings {
  /** Another sequence, checked already; undefined when there is none of this name. */
  readonly sequence: (name: string) => Template | undefined;
  readonly list: (name: string) => readonly Option[] | undefined;
  readonly anchors: (name: string) => readonly Anchor[] | undefined;
  readonly names: {
    readonly lists: readonly string[];
    readonly anchors: readonly string[];
    readonly sequences: readonly string[];
  };
}

/** What has been found so far: faults, and conditions whose fields are checked at the end. */
export interface Findings extends Surroundings {
  readonly faults: Fault[];
  readonly conditions: { readonly when: Condition; readonly line: number }[];
}

/** The keys an `ask` step may have; those of the step itself are read by `check-template.ts`. */
export const askKeys = [
  'ask',
  'kind',
  'words',
  'instead',
  'hint',
  'heading',
  'start',
  'options',
  'from',
  'limit',
  'columns',
  'anchors',
  'saved',
  'usual',
  'counts',
  'safety',
  'unasked',
  'prefill',
  'chosen',
  'recalls',
  'recalls_only',
  'until',
  'each',
  'when',
  'modes',
  'then',
  'replies_when',
  'notes',
  'serves',
  'translator',
];

/**
 * What the front matter and conditions use themselves: an answer of this name would be taken for something
 * else.
 */
const taken = [
  'rupture',
  'id',
  'session',
  'created',
  'title',
  'with',
  'template',
  'history',
  'mode',
  'session_is',
  'earlier',
  'any',
  'not',
  'all',
  'not_safe',
  'felt_safe',
  'was_not_safe',
  'safety_unknown',
];

/** Checks what a question says of itself. */
export function checkQuestion(shape: Shape, findings: Findings): Question {
  const { faults } = findings;
  const id = shape.needText('ask');
  if (!/^[a-z][a-z0-9_]*$/.test(id) || taken.includes(id))
    faults.push({ line: shape.line, key: 'templates.bad-id', params: { id } });
  const kindText = shape.needText('kind');
  const kind = questionKinds.find(one => one === kindText) ?? 'text';
  if (kind !== kindText && shape.has('kind')) {
    faults.push({
      line: shape.at('kind')?.line ?? shape.line,
      key: 'templates.unknown-kind',
      params: { kind: kindText, known: questionKinds.join(', ') },
    });
  }
  const saved = shape.flag('saved', true);
  const heading = saved ? shape.needText('heading') : (shape.text('heading') ?? '');
  const options = checkOptions(shape, findings);
  if ((kind === 'select' || kind === 'multi') && options.length === 0 && !shape.has('from')) {
    faults.push({ line: shape.line, key: 'templates.no-options', params: { id } });
  }
  const from = shape.text('from');
  if (from !== undefined && from !== 'earlier')
    faults.push({
      line: shape.line,
      key: 'templates.wrong-type',
      params: { key: 'from', expected: 'earlier', what: 'question' },
    });
  const usual = kind === 'scale' ? undefined : shape.text('usual');
  if (usual !== undefined && !options.some(({ key }) => key === usual)) {
    faults.push({ line: shape.line, key: 'templates.unknown-option', params: { field: id, key: usual } });
  }
  const until = shape.text('until');
  if (until !== undefined && !options.some(({ key }) => key === until)) {
    faults.push({ line: shape.line, key: 'templates.unknown-option', params: { field: id, key: until } });
  }
  const oneOrMore = (key: string): number | undefined => {
    const count = shape.count(key);
    if (count === 0)
      faults.push({
        line: shape.at(key)?.line ?? shape.line,
        key: 'templates.wrong-type',
        params: { key, expected: 'number', what: 'question' },
      });
    return count;
  };
  return dropUndefined({
    id,
    kind,
    heading,
    options,
    saved,
    words: shape.needText('words'),
    instead: checkInstead(shape, findings),
    hint: shape.text('hint'),
    limit: oneOrMore('limit'),
    columns: oneOrMore('columns') ?? 1,
    anchors: checkAnchors(shape, findings),
    usual: usual ?? (kind === 'scale' ? shape.count('usual') : undefined),
    counts: shape.flag('counts', true),
    safety: shape.flag('safety', false),
    unasked: shape.text('unasked'),
    prefill: shape.texts('prefill'),
    start: shape.text('start'),
    chosen: shape.has('chosen') ? checkChosen(shape, findings) : undefined,
    recalls: shape.text('recalls'),
    recallsOnly: shape.has('recalls_only') ? shape.texts('recalls_only') : undefined,
    from: from === 'earlier' ? ('earlier' as const) : undefined,
    repliesWhen: shape.has('replies_when') ? checkReplies(shape, findings) : undefined,
    notes: checkNotes(shape, findings),
    serves: shape.texts('serves'),
  });
}

function checkInstead(shape: Shape, findings: Findings): Question['instead'] {
  return shape.items('instead').flatMap(item => {
    const inner = openShape(item, 'instead', ['when', 'words', 'hint'], findings.faults);
    if (inner === undefined) return [];
    const when = conditionOf(inner, findings);
    return [dropUndefined({ when, words: inner.needText('words'), hint: inner.text('hint') })];
  });
}

function checkChosen(shape: Shape, findings: Findings): Question['chosen'] {
  return shape.items('chosen').flatMap(item => {
    const inner = openShape(item, 'chosen', ['when', 'answer'], findings.faults);
    return inner === undefined ? [] : [{ when: conditionOf(inner, findings), answer: inner.texts('answer') }];
  });
}

function checkReplies(shape: Shape, findings: Findings): Condition {
  const when = checkCondition(shape.at('replies_when'), findings.faults);
  findings.conditions.push({ when, line: shape.line });
  return when;
}

function checkNotes(shape: Shape, findings: Findings): readonly Note[] {
  return shape.items('notes').flatMap(item => {
    const inner = openShape(item, 'note', ['id', 'when', 'words', 'serves', 'translator'], findings.faults);
    return inner === undefined
      ? []
      : [{ id: inner.needText('id'), when: conditionOf(inner, findings), words: inner.needText('words') }];
  });
}

/** Reads `when` of a shape, and remembers it. */
export function conditionOf(shape: Shape, findings: Findings): Condition {
  const when = checkCondition(shape.at('when'), findings.faults);
  findings.conditions.push({ when, line: shape.line });
  return when;
}

function checkOptions(shape: Shape, findings: Findings): readonly Option[] {
  const at = shape.at('options');
  if (at === undefined) return [];
  if (at.is !== 'scalar') return checkOptionList(at, findings.faults);
  const name = String(at.value);
  const list = findings.list(name);
  if (list === undefined)
    findings.faults.push({
      line: at.line,
      key: 'templates.no-list',
      params: { name, known: findings.names.lists.join(', ') },
    });
  return list ?? [];
}

function checkAnchors(shape: Shape, findings: Findings): readonly Anchor[] {
  const at = shape.at('anchors');
  if (at === undefined) return [];
  if (at.is !== 'scalar') return checkAnchorMap(at, findings.faults);
  const name = String(at.value);
  const anchors = findings.anchors(name);
  if (anchors === undefined)
    findings.faults.push({
      line: at.line,
      key: 'templates.no-list',
      params: { name, known: findings.names.anchors.join(', ') },
    });
  return anchors ?? [];
}

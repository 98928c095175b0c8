import { checkCondition, dropUndefined } from './check-condition.ts';
import { checkAnchorMap, checkOptionList } from './check-options.ts';
import type { Condition } from '../template/condition.ts';
import type { Fault } from '../template/located.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import type { Anchor, Note, Option, Question, Template } from '../template/template.ts';
import { questionKinds } from '../template/template.ts';

/** The other sequences, lists and anchors that a sequence may refer to. */
export interface Surroundings {
  /** Returns another sequence, already checked; undefined if there is none of this name. */
  readonly sequence: (name: string) => Template | undefined;
  readonly list: (name: string) => readonly Option[] | undefined;
  readonly anchors: (name: string) => readonly Anchor[] | undefined;
  readonly names: {
    readonly lists: readonly string[];
    readonly anchors: readonly string[];
    readonly sequences: readonly string[];
  };
}

/** The results so far: faults, and conditions whose fields are checked at the end. */
export interface Findings extends Surroundings {
  readonly faults: Fault[];
  readonly conditions: { readonly when: Condition; readonly line: number }[];
}

/** The keys that an `ask` step may have. `check-steps.ts` reads those that place it among the steps. */
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

/** Ids that no question may have: these names have a meaning in the front matter or in conditions. */
const reserved = [
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

/** Checks the keys that describe a question (not those that place it), and returns the question. */
export function checkQuestion(schema: SchemaReader, findings: Findings): Question {
  const { faults } = findings;
  const id = checkId(schema, faults);
  const kind = checkKind(schema, faults);
  const saved = schema.flag('saved', true);
  const heading = saved ? schema.needText('heading') : (schema.text('heading') ?? '');
  const options = checkOptions(schema, findings);
  if ((kind === 'select' || kind === 'multi') && options.length === 0 && !schema.has('from')) {
    faults.push({ line: schema.line, key: 'templates.no-options', params: { id } });
  }
  const from = checkFrom(schema, faults);
  const usual = kind === 'scale' ? undefined : schema.text('usual');
  const needOption = (key: string | undefined): void => {
    if (key !== undefined && !options.some(option => option.key === key))
      faults.push({ line: schema.line, key: 'templates.unknown-option', params: { field: id, key } });
  };
  needOption(usual);
  needOption(schema.text('until'));
  return dropUndefined({
    id,
    kind,
    heading,
    options,
    saved,
    words: schema.needText('words'),
    instead: checkInstead(schema, findings),
    hint: schema.text('hint'),
    limit: checkAtLeastOne('limit', schema, faults),
    columns: checkAtLeastOne('columns', schema, faults) ?? 1,
    anchors: checkAnchors(schema, findings),
    usual: usual ?? (kind === 'scale' ? schema.count('usual') : undefined),
    counts: schema.flag('counts', true),
    safety: schema.flag('safety', false),
    unasked: schema.text('unasked'),
    prefill: schema.texts('prefill'),
    start: schema.text('start'),
    chosen: schema.has('chosen') ? checkChosen(schema, findings) : undefined,
    recalls: schema.text('recalls'),
    recallsOnly: schema.has('recalls_only') ? schema.texts('recalls_only') : undefined,
    from,
    repliesWhen: schema.has('replies_when') ? checkReplies(schema, findings) : undefined,
    notes: checkNotes(schema, findings),
    serves: schema.texts('serves'),
  });
}

function checkId(schema: SchemaReader, faults: Fault[]): string {
  const id = schema.needText('ask');
  if (!/^[a-z][a-z0-9_]*$/.test(id) || reserved.includes(id))
    faults.push({ line: schema.line, key: 'templates.bad-id', params: { id } });
  return id;
}

function checkKind(schema: SchemaReader, faults: Fault[]): Question['kind'] {
  const written = schema.needText('kind');
  const kind = questionKinds.find(known => known === written);
  if (kind === undefined && schema.has('kind')) {
    faults.push({
      line: schema.at('kind')?.line ?? schema.line,
      key: 'templates.unknown-kind',
      params: { kind: written, known: questionKinds.join(', ') },
    });
  }
  return kind ?? 'text';
}

function checkFrom(schema: SchemaReader, faults: Fault[]): Question['from'] {
  const from = schema.text('from');
  if (from === undefined || from === 'earlier') return from;
  faults.push({
    line: schema.line,
    key: 'templates.wrong-type',
    params: { key: 'from', expected: 'earlier', what: 'question' },
  });
  return undefined;
}

function checkAtLeastOne(key: string, schema: SchemaReader, faults: Fault[]): number | undefined {
  const count = schema.count(key);
  if (count === 0)
    faults.push({
      line: schema.at(key)?.line ?? schema.line,
      key: 'templates.wrong-type',
      params: { key, expected: 'number', what: 'question' },
    });
  return count;
}

function checkInstead(schema: SchemaReader, findings: Findings): Question['instead'] {
  return schema.items('instead').flatMap(item => {
    const inner = openSchemaReader(item, 'instead', ['when', 'words', 'hint'], findings.faults);
    if (inner === undefined) return [];
    const when = conditionOf(inner, findings);
    return [dropUndefined({ when, words: inner.needText('words'), hint: inner.text('hint') })];
  });
}

function checkChosen(schema: SchemaReader, findings: Findings): Question['chosen'] {
  return schema.items('chosen').flatMap(item => {
    const inner = openSchemaReader(item, 'chosen', ['when', 'answer'], findings.faults);
    return inner === undefined ? [] : [{ when: conditionOf(inner, findings), answer: inner.texts('answer') }];
  });
}

function checkReplies(schema: SchemaReader, findings: Findings): Condition {
  const when = checkCondition(schema.at('replies_when'), findings.faults);
  findings.conditions.push({ when, line: schema.line });
  return when;
}

function checkNotes(schema: SchemaReader, findings: Findings): readonly Note[] {
  return schema.items('notes').flatMap(item => {
    const inner = openSchemaReader(
      item,
      'note',
      ['id', 'when', 'words', 'serves', 'translator'],
      findings.faults,
    );
    return inner === undefined
      ? []
      : [{ id: inner.needText('id'), when: conditionOf(inner, findings), words: inner.needText('words') }];
  });
}

/** Reads the key `when`, and records the condition in `findings` for the check of its fields. */
export function conditionOf(schema: SchemaReader, findings: Findings): Condition {
  const when = checkCondition(schema.at('when'), findings.faults);
  findings.conditions.push({ when, line: schema.line });
  return when;
}

function checkOptions(schema: SchemaReader, findings: Findings): readonly Option[] {
  const at = schema.at('options');
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

function checkAnchors(schema: SchemaReader, findings: Findings): readonly Anchor[] {
  const at = schema.at('anchors');
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

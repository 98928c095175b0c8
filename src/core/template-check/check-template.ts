import { dropUndefined } from './check-condition.ts';
import { checkFields } from './check-fields.ts';
import { checkJumps } from './check-jumps.ts';
import type { Surroundings } from './check-question.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import { addStep } from './check-steps.ts';
import { checkJumpList, modesOf } from './check-targets.ts';
import type { TemplateCheck } from './check-targets.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import { noSteps } from '../template/step-index.ts';
import type { Offer, Pointer, Template } from '../template/template.ts';

export interface Checked<T> {
  readonly value: T;
  /** Use `value` only if this is empty. */
  readonly faults: readonly Fault[];
}

const topKeys = [
  'template',
  'name',
  'language',
  'unresolved',
  'steps',
  'offers',
  'pointers',
  'pages',
  'more_from',
  'facts',
  'about',
  'serves',
  'translator',
];
/** Facts that the conditions of every sequence may ask about; a file names further ones in `facts`. */
export const facts: readonly string[] = [
  'mode',
  'session_is',
  'earlier',
  'status',
  'not_safe',
  'safety_unknown',
];

/**
 * Checks one sequence and resolves its references to other sequences and lists. Returns the sequence, and
 * every fault with its line.
 */
export function checkTemplate(at: YamlNode, surroundings: Surroundings): Checked<Template> {
  const faults: Fault[] = [];
  const schema = openSchemaReader(at, 'template', topKeys, faults);
  const empty: Template = { name: '', language: '', steps: [], offers: [], pointers: [], pages: {} };
  if (schema === undefined) return { value: empty, faults };
  if (schema.count('template') !== 1)
    faults.push({ line: schema.line, key: 'templates.wrong-version', params: {} });
  const name = schema.needText('name');
  const check: TemplateCheck = {
    ...surroundings,
    name,
    facts: [...facts, ...schema.texts('facts')],
    faults,
    ...noSteps(),
    own: new Set(),
    jumps: [],
    conditions: [],
    pages: {},
  };
  const language = schema.text('language') ?? 'en';
  if (!schema.has('steps'))
    faults.push({
      line: schema.line,
      key: 'templates.missing-key',
      params: { key: 'steps', what: 'template' },
    });
  for (const item of schema.items('steps')) addStep(item, check);
  const offers = schema.items('offers').flatMap(item => checkOffer(item, check));
  const pointers = schema.items('pointers').flatMap(item => checkPointer(item, check));
  const pages = checkPages(schema.at('pages'), faults);
  const moreFrom = schema.text('more_from');
  if (moreFrom !== undefined) check.jumps.push({ key: moreFrom, after: -1, line: schema.line });
  checkJumps(check);
  checkFields(check, offers);
  const ownFacts = schema.texts('facts');
  const unresolved = checkUnresolved(schema.at('unresolved'), faults);
  const optional = dropUndefined({
    moreFrom,
    facts: ownFacts.length === 0 ? undefined : ownFacts,
    unresolved,
  });
  return {
    value: {
      name,
      language,
      ...optional,
      steps: check.steps,
      offers,
      pointers,
      pages: { ...check.pages, ...pages },
    },
    faults,
  };
}

function checkUnresolved(at: YamlNode | undefined, faults: Fault[]): false | undefined {
  if (at === undefined) return undefined;
  const value = at.is === 'scalar' ? at.value : undefined;
  if (typeof value !== 'boolean') faults.push({ line: at.line, key: 'templates.bad-unresolved', params: {} });
  return value === false ? false : undefined;
}

function checkOffer(at: YamlNode, check: TemplateCheck): readonly Offer[] {
  const schema = openSchemaReader(at, 'offer', [...askKeys, 'after_minutes'], check.faults);
  if (schema === undefined) return [];
  const question = checkQuestion(schema, check);
  const jumpsBefore = check.jumps.length;
  const then = checkJumpList(schema, check);
  // An offer may come at any point, so its jumps may lead to any step.
  check.jumps.splice(jumpsBefore).forEach(jump => check.jumps.push({ ...jump, after: -1 }));
  const when = conditionOf(schema, check);
  const afterMinutes = schema.count('after_minutes');
  if (afterMinutes === undefined)
    check.faults.push({
      line: schema.line,
      key: 'templates.missing-key',
      params: { key: 'after_minutes', what: 'offer' },
    });
  return [
    {
      is: 'ask',
      question,
      key: question.id,
      when,
      of: check.name,
      modes: modesOf(schema, check),
      then,
      each: false,
      afterMinutes: afterMinutes ?? 0,
    },
  ];
}

function checkPointer(at: YamlNode, check: TemplateCheck): readonly Pointer[] {
  const schema = openSchemaReader(at, 'pointer', ['when', 'learn', 'translator'], check.faults);
  return schema === undefined ? [] : [{ when: conditionOf(schema, check), learn: schema.needText('learn') }];
}

function checkPages(at: YamlNode | undefined, faults: Fault[]): Readonly<Record<string, readonly string[]>> {
  if (at === undefined) return {};
  if (at.is !== 'map') {
    faults.push({ line: at.line, key: 'templates.expected-map', params: { what: 'pages' } });
    return {};
  }
  const schema = openSchemaReader(
    at,
    'pages',
    at.entries.map(({ key }) => key),
    faults,
  );
  return Object.fromEntries(at.entries.map(({ key }) => [key, schema?.texts(key) ?? []]));
}

import { dropUndefined } from './check-condition.ts';
import { checkFields } from './check-fields.ts';
import { checkJumps } from './check-jumps.ts';
import type { Surroundings } from './check-question.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import { addStep } from './check-steps.ts';
import { checkJumpList, modesOf } from './check-targets.ts';
import type { Linking } from './check-targets.ts';
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
 * Checks one sequence and resolves its references to other sequences and lists. Returns the sequence, and every
 * fault with its line.
 */
export function checkTemplate(at: YamlNode, surroundings: Surroundings): Checked<Template> {
  const faults: Fault[] = [];
  const schema = openSchemaReader(at, 'template', topKeys, faults);
  const empty: Template = { name: '', language: '', steps: [], offers: [], pointers: [], pages: {} };
  if (schema === undefined) return { value: empty, faults };
  if (schema.count('template') !== 1)
    faults.push({ line: schema.line, key: 'templates.wrong-version', params: {} });
  const name = schema.needText('name');
  const linking: Linking = {
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
  for (const item of schema.items('steps')) addStep(item, linking);
  const offers = schema.items('offers').flatMap(item => checkOffer(item, linking));
  const pointers = schema.items('pointers').flatMap(item => checkPointer(item, linking));
  const pages = checkPages(schema.at('pages'), faults);
  const moreFrom = schema.text('more_from');
  if (moreFrom !== undefined) linking.jumps.push({ key: moreFrom, after: -1, line: schema.line });
  checkJumps(linking);
  checkFields(linking, offers);
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
      steps: linking.steps,
      offers,
      pointers,
      pages: { ...linking.pages, ...pages },
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

function checkOffer(at: YamlNode, linking: Linking): readonly Offer[] {
  const schema = openSchemaReader(at, 'offer', [...askKeys, 'after_minutes'], linking.faults);
  if (schema === undefined) return [];
  const question = checkQuestion(schema, linking);
  const jumpsBefore = linking.jumps.length;
  const then = checkJumpList(schema, linking);
  // An offer may come at any point, so its jumps may lead to any step.
  linking.jumps.splice(jumpsBefore).forEach(jump => linking.jumps.push({ ...jump, after: -1 }));
  const when = conditionOf(schema, linking);
  const afterMinutes = schema.count('after_minutes');
  if (afterMinutes === undefined)
    linking.faults.push({
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
      of: linking.name,
      modes: modesOf(schema, linking),
      then,
      each: false,
      afterMinutes: afterMinutes ?? 0,
    },
  ];
}

function checkPointer(at: YamlNode, linking: Linking): readonly Pointer[] {
  const schema = openSchemaReader(at, 'pointer', ['when', 'learn', 'translator'], linking.faults);
  return schema === undefined
    ? []
    : [{ when: conditionOf(schema, linking), learn: schema.needText('learn') }];
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

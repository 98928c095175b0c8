import { both, checkCondition, dropUndefined } from './check-condition.ts';
import { checkFields, modes } from './check-fields.ts';
import { checkJumps } from './check-jumps.ts';
import type { StepJump } from './check-jumps.ts';
import type { Findings, Surroundings } from './check-question.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import type { Condition } from './condition.ts';
import { always } from './condition.ts';
import type { Fault, Located } from './located.ts';
import type { Shape } from './shape.ts';
import { openShape } from './shape.ts';
import { addStepTo, findAsked, isTaken, noSteps } from './step-index.ts';
import type { IndexedSteps } from './step-index.ts';
import type {
  AskStep,
  EndKind,
  GoStep,
  Jump,
  Offer,
  PartStep,
  Pointer,
  Question,
  Target,
  Template,
} from './template.ts';

export interface Checked<T> {
  readonly value: T;
  /** Empty when all is well; only then is `value` to be used. */
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
const stepKeys = ['ask', 'use', 'include', 'part', 'go'] as const;
const ends: readonly EndKind[] = ['finish', 'keep', 'help', 'undo', 'later'];
/** What every sequence may ask about; `facts` at the top of a file names more. */
export const facts: readonly string[] = [
  'mode',
  'session_is',
  'earlier',
  'status',
  'not_safe',
  'safety_unknown',
];

interface Linking extends Findings, IndexedSteps {
  readonly name: string;
  readonly facts: readonly string[];
  readonly own: Set<string>;
  readonly jumps: StepJump[];
  /** Those of included sequences come along. */
  readonly pages: Record<string, readonly string[]>;
}

/** Checks one sequence and puts what it refers to in its place. Names every fault with its line. */
export function checkTemplate(at: Located, around: Surroundings): Checked<Template> {
  const faults: Fault[] = [];
  const shape = openShape(at, 'template', topKeys, faults);
  const empty: Template = { name: '', language: '', steps: [], offers: [], pointers: [], pages: {} };
  if (shape === undefined) return { value: empty, faults };
  if (shape.count('template') !== 1)
    faults.push({ line: shape.line, key: 'templates.wrong-version', params: {} });
  const name = shape.needText('name');
  const linking: Linking = {
    ...around,
    name,
    facts: [...facts, ...shape.texts('facts')],
    faults,
    ...noSteps(),
    own: new Set(),
    jumps: [],
    conditions: [],
    pages: {},
  };
  const language = shape.text('language') ?? 'en';
  if (!shape.has('steps'))
    faults.push({
      line: shape.line,
      key: 'templates.missing-key',
      params: { key: 'steps', what: 'template' },
    });
  for (const item of shape.items('steps')) addStep(item, linking);
  const offers = shape.items('offers').flatMap(item => checkOffer(item, linking));
  const pointers = shape.items('pointers').flatMap(item => checkPointer(item, linking));
  const pages = checkPages(shape.at('pages'), faults);
  const moreFrom = shape.text('more_from');
  if (moreFrom !== undefined) linking.jumps.push({ key: moreFrom, after: -1, line: shape.line });
  checkJumps(linking);
  checkFields(linking, offers);
  const named = shape.texts('facts');
  const unresolved = checkUnresolved(shape.at('unresolved'), faults);
  const more = dropUndefined({ moreFrom, facts: named.length === 0 ? undefined : named, unresolved });
  return {
    value: {
      name,
      language,
      ...more,
      steps: linking.steps,
      offers,
      pointers,
      pages: { ...linking.pages, ...pages },
    },
    faults,
  };
}

function checkUnresolved(at: Located | undefined, faults: Fault[]): false | undefined {
  if (at === undefined) return undefined;
  const value = at.is === 'scalar' ? at.value : undefined;
  if (typeof value !== 'boolean') faults.push({ line: at.line, key: 'templates.bad-unresolved', params: {} });
  return value === false ? false : undefined;
}

function addStep(at: Located, linking: Linking): void {
  const { faults } = linking;
  const is = at.is === 'map' ? stepKeys.filter(key => at.entries.some(entry => entry.key === key)) : [];
  const kind = is[0];
  if (kind === undefined || is.length > 1) {
    faults.push({ line: at.line, key: 'templates.which-step', params: { known: stepKeys.join(', ') } });
    return;
  }
  if (kind === 'ask') addAsk(at, linking);
  if (kind === 'use') addUse(at, linking);
  if (kind === 'include') addInclude(at, linking);
  if (kind === 'part') addPart(at, linking);
  if (kind === 'go') addGo(at, linking);
}

function addAsk(at: Located, linking: Linking): void {
  const shape = openShape(at, 'question', askKeys, linking.faults);
  if (shape === undefined) return;
  const question = checkQuestion(shape, linking);
  if (linking.own.has(question.id)) {
    linking.faults.push({ line: shape.line, key: 'templates.repeated-id', params: { id: question.id } });
  }
  linking.own.add(question.id);
  addAskStep(
    {
      question,
      of: linking.name,
      key: question.id,
      when: checkCondition(shape.at('when'), linking.faults),
      inherited: [],
      until: shape.text('until'),
      each: shape.flag('each', false),
    },
    shape,
    linking,
  );
}

interface Asked {
  readonly question: Question;
  readonly of: string;
  readonly key: string;
  readonly when: Condition;
  readonly inherited: readonly Jump[];
  readonly until: string | undefined;
  readonly each: boolean;
}

function addAskStep(
  { question, of, key, when, inherited, until, each }: Asked,
  shape: Shape,
  linking: Linking,
): void {
  linking.conditions.push({ when, line: shape.line });
  for (const option of question.options) {
    if (option.when !== undefined) linking.conditions.push({ when: option.when, line: shape.line });
    if (option.firstWhen !== undefined) linking.conditions.push({ when: option.firstWhen, line: shape.line });
  }
  const step: AskStep = dropUndefined({
    is: 'ask',
    question,
    key,
    of,
    when,
    modes: modesOf(shape, linking),
    until,
    each,
    then: [...checkJumpList(shape, linking), ...inherited],
  });
  addStepTo(linking, step);
}

function modesOf(shape: Shape, { faults }: Linking): readonly string[] {
  const named = shape.texts('modes');
  for (const mode of named) {
    if (!modes.includes(mode))
      faults.push({
        line: shape.at('modes')?.line ?? shape.line,
        key: 'templates.wrong-type',
        params: { key: 'modes', expected: modes.join(' / '), what: mode },
      });
  }
  return named;
}

function checkJumpList(shape: Shape, linking: Linking): readonly Jump[] {
  return shape.items('then').flatMap(item => {
    const inner = openShape(item, 'then', ['when', 'go', 'translator'], linking.faults);
    if (inner === undefined) return [];
    const to = checkTarget(inner.at('go'), inner.line, linking);
    return to === undefined ? [] : [{ when: conditionOf(inner, linking), to }];
  });
}

function checkTarget(at: Located | undefined, line: number, linking: Linking): Target | undefined {
  const { faults } = linking;
  if (at === undefined) {
    faults.push({ line, key: 'templates.missing-key', params: { key: 'go', what: 'then' } });
    return undefined;
  }
  if (at.is === 'scalar') {
    const key = at.source;
    linking.jumps.push({ key, line: at.line, after: linking.steps.length });
    return { is: 'step', key: key.slice(key.indexOf('/') + 1) };
  }
  const shape = openShape(at, 'go', ['open', 'end'], faults);
  if (shape === undefined) return undefined;
  if (shape.has('open') && shape.has('end')) {
    faults.push({
      line: at.line,
      key: 'templates.wrong-type',
      params: { key: 'go', expected: 'open / end', what: 'then' },
    });
    return undefined;
  }
  const template = shape.text('open');
  if (template !== undefined) {
    if (linking.sequence(template) === undefined)
      faults.push({
        line: at.line,
        key: 'templates.no-sequence',
        params: { name: template, known: linking.names.sequences.join(', ') },
      });
    return { is: 'open', template };
  }
  const end = shape.needText('end');
  const how = ends.find(one => one === end);
  if (how === undefined)
    faults.push({ line: at.line, key: 'templates.unknown-end', params: { end, known: ends.join(', ') } });
  return how === undefined ? undefined : { is: 'end', how };
}

function addUse(at: Located, linking: Linking): void {
  const shape = openShape(
    at,
    'use',
    ['use', 'when', 'modes', 'then', 'each', 'translator', 'serves'],
    linking.faults,
  );
  if (shape === undefined) return;
  const place = shape.needText('use');
  const [file, id] = place.includes('/') ? place.split('/') : [undefined, place];
  const step = findAsked(id ?? '', file, linking);
  const question = step?.question;
  if (question === undefined) {
    linking.faults.push({ line: shape.line, key: 'templates.no-question', params: { place } });
    return;
  }
  const when = both(step?.when ?? always, checkCondition(shape.at('when'), linking.faults));
  // Its jumps within its own file stay behind; those that end the run or open another sequence come along.
  const inherited = (step?.then ?? []).filter(({ to }) => to.is !== 'step');
  // Two questions that fill the same field are told apart by their file.
  addAskStep(
    {
      question,
      when,
      inherited,
      of: step?.of ?? linking.name,
      key: isTaken(question, linking) ? place : question.id,
      until: step?.until,
      each: shape.flag('each', step?.each ?? false),
    },
    shape,
    linking,
  );
}

function addInclude(at: Located, linking: Linking): void {
  const shape = openShape(
    at,
    'include',
    ['include', 'when', 'modes', 'translator', 'serves'],
    linking.faults,
  );
  if (shape === undefined) return;
  const name = shape.needText('include');
  const source = linking.sequence(name);
  if (source === undefined) {
    linking.faults.push({
      line: shape.line,
      key: 'templates.no-sequence',
      params: { name, known: linking.names.sequences.join(', ') },
    });
    return;
  }
  const when = checkCondition(shape.at('when'), linking.faults);
  linking.conditions.push({ when, line: shape.line });
  const own = modesOf(shape, linking);
  for (const step of source.steps) {
    addStepTo(linking, { ...step, when: both(when, step.when), modes: own.length > 0 ? own : step.modes });
  }
  Object.assign(linking.pages, source.pages);
}

function addPart(at: Located, linking: Linking): void {
  const shape = openShape(
    at,
    'part',
    ['part', 'hint', 'when', 'modes', 'serves', 'translator'],
    linking.faults,
  );
  if (shape === undefined) return;
  const part: PartStep = dropUndefined({
    is: 'part',
    words: shape.needText('part'),
    hint: shape.text('hint'),
    when: conditionOf(shape, linking),
    modes: modesOf(shape, linking),
  });
  addStepTo(linking, part);
}

function addGo(at: Located, linking: Linking): void {
  const shape = openShape(at, 'go', ['go', 'when', 'modes', 'translator', 'serves'], linking.faults);
  if (shape === undefined) return;
  const to = checkTarget(shape.at('go'), shape.line, linking);
  const go: GoStep | undefined = to && {
    is: 'go',
    to,
    when: conditionOf(shape, linking),
    modes: modesOf(shape, linking),
  };
  if (go !== undefined) addStepTo(linking, go);
}

function checkOffer(at: Located, linking: Linking): readonly Offer[] {
  const shape = openShape(at, 'offer', [...askKeys, 'after_minutes'], linking.faults);
  if (shape === undefined) return [];
  const question = checkQuestion(shape, linking);
  const jumpsBefore = linking.jumps.length;
  const then = checkJumpList(shape, linking);
  // An offer may come anywhere: its jumps only have to lead somewhere.
  linking.jumps.splice(jumpsBefore).forEach(jump => linking.jumps.push({ ...jump, after: -1 }));
  const when = conditionOf(shape, linking);
  const afterMinutes = shape.count('after_minutes');
  if (afterMinutes === undefined)
    linking.faults.push({
      line: shape.line,
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
      modes: modesOf(shape, linking),
      then,
      each: false,
      afterMinutes: afterMinutes ?? 0,
    },
  ];
}

function checkPointer(at: Located, linking: Linking): readonly Pointer[] {
  const shape = openShape(at, 'pointer', ['when', 'learn', 'translator'], linking.faults);
  return shape === undefined ? [] : [{ when: conditionOf(shape, linking), learn: shape.needText('learn') }];
}

function checkPages(at: Located | undefined, faults: Fault[]): Readonly<Record<string, readonly string[]>> {
  if (at === undefined) return {};
  if (at.is !== 'map') {
    faults.push({ line: at.line, key: 'templates.expected-map', params: { what: 'pages' } });
    return {};
  }
  const shape = openShape(
    at,
    'pages',
    at.entries.map(({ key }) => key),
    faults,
  );
  return Object.fromEntries(at.entries.map(({ key }) => [key, shape?.texts(key) ?? []]));
}

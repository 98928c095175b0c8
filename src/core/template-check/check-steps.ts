import { both, checkCondition, dropUndefined } from './check-condition.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import { checkJumpList, checkTarget, modesOf } from './check-targets.ts';
import type { Linking } from './check-targets.ts';
import type { Condition } from '../template/condition.ts';
import { always } from '../template/condition.ts';
import type { Located } from '../template/located.ts';
import type { Shape } from '../template/schema-reader.ts';
import { openShape } from '../template/schema-reader.ts';
import { addStepTo, findAsked, isTaken } from '../template/step-index.ts';
import type { AskStep, GoStep, Jump, PartStep, Question } from '../template/template.ts';

const stepKeys = ['ask', 'use', 'include', 'part', 'go'] as const;

/** Checks one entry of `steps` and adds its steps; adds a fault where it is not exactly one kind of step. */
export function addStep(at: Located, linking: Linking): void {
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

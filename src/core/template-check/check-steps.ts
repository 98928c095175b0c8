import { both, checkCondition, dropUndefined } from './check-condition.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import { checkJumpList, checkTarget, modesOf } from './check-targets.ts';
import type { Linking } from './check-targets.ts';
import type { Condition } from '../template/condition.ts';
import { always } from '../template/condition.ts';
import type { YamlNode } from '../template/located.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import { addStepTo, findAsked, isTaken } from '../template/step-index.ts';
import type { AskStep, GoStep, Jump, PartStep, Question } from '../template/template.ts';

const stepKeys = ['ask', 'use', 'include', 'part', 'go'] as const;

/** Checks one entry of `steps` and adds its steps. Adds a fault if it is not exactly one kind of step. */
export function addStep(at: YamlNode, linking: Linking): void {
  const { faults } = linking;
  const found = at.is === 'map' ? stepKeys.filter(key => at.entries.some(entry => entry.key === key)) : [];
  const kind = found[0];
  if (kind === undefined || found.length > 1) {
    faults.push({ line: at.line, key: 'templates.which-step', params: { known: stepKeys.join(', ') } });
    return;
  }
  if (kind === 'ask') addAsk(at, linking);
  if (kind === 'use') addUse(at, linking);
  if (kind === 'include') addInclude(at, linking);
  if (kind === 'part') addPart(at, linking);
  if (kind === 'go') addGo(at, linking);
}

function addAsk(at: YamlNode, linking: Linking): void {
  const schema = openSchemaReader(at, 'question', askKeys, linking.faults);
  if (schema === undefined) return;
  const question = checkQuestion(schema, linking);
  if (linking.own.has(question.id)) {
    linking.faults.push({ line: schema.line, key: 'templates.repeated-id', params: { id: question.id } });
  }
  linking.own.add(question.id);
  addAskStep(
    {
      question,
      of: linking.name,
      key: question.id,
      when: checkCondition(schema.at('when'), linking.faults),
      inherited: [],
      until: schema.text('until'),
      each: schema.flag('each', false),
    },
    schema,
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
  schema: SchemaReader,
  linking: Linking,
): void {
  linking.conditions.push({ when, line: schema.line });
  for (const option of question.options) {
    if (option.when !== undefined) linking.conditions.push({ when: option.when, line: schema.line });
    if (option.firstWhen !== undefined)
      linking.conditions.push({ when: option.firstWhen, line: schema.line });
  }
  const step: AskStep = dropUndefined({
    is: 'ask',
    question,
    key,
    of,
    when,
    modes: modesOf(schema, linking),
    until,
    each,
    then: [...checkJumpList(schema, linking), ...inherited],
  });
  addStepTo(linking, step);
}

function addUse(at: YamlNode, linking: Linking): void {
  const schema = openSchemaReader(
    at,
    'use',
    ['use', 'when', 'modes', 'then', 'each', 'translator', 'serves'],
    linking.faults,
  );
  if (schema === undefined) return;
  const place = schema.needText('use');
  const [file, id] = place.includes('/') ? place.split('/') : [undefined, place];
  const step = findAsked(id ?? '', file, linking);
  const question = step?.question;
  if (question === undefined) {
    linking.faults.push({ line: schema.line, key: 'templates.no-question', params: { place } });
    return;
  }
  const when = both(step?.when ?? always, checkCondition(schema.at('when'), linking.faults));
  // Drop jumps to steps of the question's own file; inherit jumps that end the run or open another sequence.
  const inherited = (step?.then ?? []).filter(({ to }) => to.is !== 'step');
  // If another question already fills the same field, the step's key includes the file: `FILE/ID`.
  addAskStep(
    {
      question,
      when,
      inherited,
      of: step?.of ?? linking.name,
      key: isTaken(question, linking) ? place : question.id,
      until: step?.until,
      each: schema.flag('each', step?.each ?? false),
    },
    schema,
    linking,
  );
}

function addInclude(at: YamlNode, linking: Linking): void {
  const schema = openSchemaReader(
    at,
    'include',
    ['include', 'when', 'modes', 'translator', 'serves'],
    linking.faults,
  );
  if (schema === undefined) return;
  const name = schema.needText('include');
  const source = linking.sequence(name);
  if (source === undefined) {
    linking.faults.push({
      line: schema.line,
      key: 'templates.no-sequence',
      params: { name, known: linking.names.sequences.join(', ') },
    });
    return;
  }
  const when = checkCondition(schema.at('when'), linking.faults);
  linking.conditions.push({ when, line: schema.line });
  const includeModes = modesOf(schema, linking);
  for (const step of source.steps) {
    addStepTo(linking, {
      ...step,
      when: both(when, step.when),
      modes: includeModes.length > 0 ? includeModes : step.modes,
    });
  }
  Object.assign(linking.pages, source.pages);
}

function addPart(at: YamlNode, linking: Linking): void {
  const schema = openSchemaReader(
    at,
    'part',
    ['part', 'hint', 'when', 'modes', 'serves', 'translator'],
    linking.faults,
  );
  if (schema === undefined) return;
  const part: PartStep = dropUndefined({
    is: 'part',
    words: schema.needText('part'),
    hint: schema.text('hint'),
    when: conditionOf(schema, linking),
    modes: modesOf(schema, linking),
  });
  addStepTo(linking, part);
}

function addGo(at: YamlNode, linking: Linking): void {
  const schema = openSchemaReader(at, 'go', ['go', 'when', 'modes', 'translator', 'serves'], linking.faults);
  if (schema === undefined) return;
  const to = checkTarget(schema.at('go'), schema.line, linking);
  const go: GoStep | undefined = to && {
    is: 'go',
    to,
    when: conditionOf(schema, linking),
    modes: modesOf(schema, linking),
  };
  if (go !== undefined) addStepTo(linking, go);
}

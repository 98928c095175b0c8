import { both, checkCondition, dropUndefined } from './check-condition.ts';
import { askKeys, checkQuestion, conditionOf } from './check-question.ts';
import { checkJumpList, checkTarget, modesOf } from './check-targets.ts';
import type { TemplateCheck } from './check-targets.ts';
import type { Condition } from '../template/condition.ts';
import { always } from '../template/condition.ts';
import type { YamlNode } from '../template/located.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import { addStepTo, findAskStep, isKeyTaken } from '../template/step-index.ts';
import type { AskStep, GoStep, Jump, PartStep, Question } from '../template/template.ts';

const stepKeys = ['ask', 'use', 'include', 'part', 'go'] as const;

/** Checks one entry of `steps` and adds its steps. Adds a fault if it is not exactly one kind of step. */
export function addStep(at: YamlNode, check: TemplateCheck): void {
  const { faults } = check;
  const found = at.is === 'map' ? stepKeys.filter(key => at.entries.some(entry => entry.key === key)) : [];
  const kind = found[0];
  if (kind === undefined || found.length > 1) {
    faults.push({ line: at.line, key: 'templates.which-step', params: { known: stepKeys.join(', ') } });
    return;
  }
  if (kind === 'ask') addAsk(at, check);
  if (kind === 'use') addUse(at, check);
  if (kind === 'include') addInclude(at, check);
  if (kind === 'part') addPart(at, check);
  if (kind === 'go') addGo(at, check);
}

function addAsk(at: YamlNode, check: TemplateCheck): void {
  const schema = openSchemaReader(at, 'question', askKeys, check.faults);
  if (schema === undefined) return;
  const question = checkQuestion(schema, check);
  if (check.own.has(question.id)) {
    check.faults.push({ line: schema.line, key: 'templates.repeated-id', params: { id: question.id } });
  }
  check.own.add(question.id);
  addAskStep(
    {
      question,
      of: check.name,
      key: question.id,
      when: checkCondition(schema.at('when'), check.faults),
      inherited: [],
      until: schema.text('until'),
      each: schema.flag('each', false),
    },
    schema,
    check,
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
  check: TemplateCheck,
): void {
  check.conditions.push({ when, line: schema.line });
  for (const option of question.options) {
    if (option.when !== undefined) check.conditions.push({ when: option.when, line: schema.line });
    if (option.firstWhen !== undefined) check.conditions.push({ when: option.firstWhen, line: schema.line });
  }
  const step: AskStep = dropUndefined({
    is: 'ask',
    question,
    key,
    of,
    when,
    modes: modesOf(schema, check),
    until,
    each,
    then: [...checkJumpList(schema, check), ...inherited],
  });
  addStepTo(check, step);
}

function addUse(at: YamlNode, check: TemplateCheck): void {
  const schema = openSchemaReader(
    at,
    'use',
    ['use', 'when', 'modes', 'then', 'each', 'translator', 'serves'],
    check.faults,
  );
  if (schema === undefined) return;
  const place = schema.needText('use');
  const [file, id] = place.includes('/') ? place.split('/') : [undefined, place];
  const step = findAskStep(id ?? '', file, check);
  const question = step?.question;
  if (question === undefined) {
    check.faults.push({ line: schema.line, key: 'templates.no-question', params: { place } });
    return;
  }
  const when = both(step?.when ?? always, checkCondition(schema.at('when'), check.faults));
  // Drop jumps to steps of the question's own file; inherit jumps that end the run or open another sequence.
  const inherited = (step?.then ?? []).filter(({ to }) => to.is !== 'step');
  // If another question already fills the same field, the step's key includes the file: `FILE/ID`.
  addAskStep(
    {
      question,
      when,
      inherited,
      of: step?.of ?? check.name,
      key: isKeyTaken(question, check) ? place : question.id,
      until: step?.until,
      each: schema.flag('each', step?.each ?? false),
    },
    schema,
    check,
  );
}

function addInclude(at: YamlNode, check: TemplateCheck): void {
  const schema = openSchemaReader(
    at,
    'include',
    ['include', 'when', 'modes', 'translator', 'serves'],
    check.faults,
  );
  if (schema === undefined) return;
  const name = schema.needText('include');
  const source = check.sequence(name);
  if (source === undefined) {
    check.faults.push({
      line: schema.line,
      key: 'templates.no-sequence',
      params: { name, known: check.names.sequences.join(', ') },
    });
    return;
  }
  const when = checkCondition(schema.at('when'), check.faults);
  check.conditions.push({ when, line: schema.line });
  const includeModes = modesOf(schema, check);
  for (const step of source.steps) {
    addStepTo(check, {
      ...step,
      when: both(when, step.when),
      modes: includeModes.length > 0 ? includeModes : step.modes,
    });
  }
  Object.assign(check.pages, source.pages);
}

function addPart(at: YamlNode, check: TemplateCheck): void {
  const schema = openSchemaReader(
    at,
    'part',
    ['part', 'hint', 'when', 'modes', 'serves', 'translator'],
    check.faults,
  );
  if (schema === undefined) return;
  const part: PartStep = dropUndefined({
    is: 'part',
    words: schema.needText('part'),
    hint: schema.text('hint'),
    when: conditionOf(schema, check),
    modes: modesOf(schema, check),
  });
  addStepTo(check, part);
}

function addGo(at: YamlNode, check: TemplateCheck): void {
  const schema = openSchemaReader(at, 'go', ['go', 'when', 'modes', 'translator', 'serves'], check.faults);
  if (schema === undefined) return;
  const to = checkTarget(schema.at('go'), schema.line, check);
  const go: GoStep | undefined = to && {
    is: 'go',
    to,
    when: conditionOf(schema, check),
    modes: modesOf(schema, check),
  };
  if (go !== undefined) addStepTo(check, go);
}

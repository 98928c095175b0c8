import { both, checkCondition, dropUndefined } from './check-condition.ts';
import { checkFields, modes } from './check-fields.ts';
import { checkQuestion } from './check-question.ts';
import type { Findings, Surroundings } from './check-question.ts';
import { facts } from './check-template.ts';
import type { Checked } from './check-template.ts';
import { fieldsOf } from '../template/condition.ts';
import { headingKey } from '../notes/heading.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import { nearest } from '../text/nearest-words.ts';
import { continuing, extendable } from '../template/template.ts';
import type { AskStep, Step, Template } from '../template/template.ts';

/**
 * The keys of an added question: fewer than those of a question in a sequence, so that an added question
 * cannot jump or otherwise control the sequence.
 */
const addKeys = [
  'after',
  'ask',
  'kind',
  'words',
  'instead',
  'hint',
  'heading',
  'start',
  'options',
  'limit',
  'columns',
  'anchors',
  'each',
  'when',
  'modes',
  'notes',
];

/** A built-in sequence with the person's added questions. */
export interface ExtendedTemplate extends Checked<Template> {
  /** The ids of the added questions. */
  readonly added: readonly string[];
}

/** Returns true if a file extends a built-in sequence: it has the key `extends`. */
export function isExtension(at: YamlNode): boolean {
  return at.is === 'map' && at.entries.some(({ key }) => key === 'extends');
}

/**
 * Checks a file that adds questions to a built-in sequence, and returns the sequence with these questions
 * inserted. An added question comes after the question that it names in `after`, and after any safety
 * questions that follow it. It may not come between safety questions, inside a repeated round, or after the
 * last question of a sequence that continues a moment.
 */
export function extendTemplate(at: YamlNode, surroundings: Surroundings): ExtendedTemplate {
  const faults: Fault[] = [];
  const empty: Template = { name: '', language: '', steps: [], offers: [], pointers: [], pages: {} };
  const schema = openSchemaReader(at, 'extension', ['template', 'extends', 'add', 'translator'], faults);
  if (schema === undefined) return { value: empty, faults, added: [] };
  if (schema.has('template') && schema.count('template') !== 1)
    faults.push({
      line: schema.at('template')?.line ?? schema.line,
      key: 'templates.wrong-version',
      params: {},
    });
  const name = schema.needText('extends');
  const base = extendable.includes(name) ? surroundings.sequence(name) : undefined;
  if (base === undefined) {
    faults.push({
      line: schema.at('extends')?.line ?? schema.line,
      key: 'templates.cannot-extend',
      params: { name, known: extendable.join(', ') },
    });
    return { value: empty, faults, added: [] };
  }
  const items = schema.items('add');
  if (items.length === 0)
    faults.push({
      line: schema.at('add')?.line ?? schema.line,
      key: 'templates.missing-key',
      params: { key: 'add', what: 'extension' },
    });
  const findings: Findings = { ...surroundings, faults, conditions: [] };
  const names = namesTaken(surroundings, base);
  const added = items.flatMap(item => checkAdded(item, base, names, findings));
  const steps = insertAdded(base, added, faults);
  checkFields(
    { steps, conditions: findings.conditions, facts: [...facts, ...(base.facts ?? [])], faults },
    base.offers,
  );
  return { value: { ...base, steps }, faults, added: added.map(({ step }) => step.key) };
}

interface Added {
  readonly step: AskStep;
  readonly after: string;
  readonly line: number;
}

interface Names {
  readonly ids: Set<string>;
  readonly headings: Set<string>;
}

// Answers in a note are looked up by id and heading, so an added question may not use those of a built-in
// sequence. Nor may it use the name of a fact (`last_one`): conditions would read its answer as that fact.
function namesTaken({ names, sequence }: Surroundings, base: Template): Names {
  const questions = names.sequences
    .flatMap(name => [...(sequence(name)?.steps ?? []), ...(sequence(name)?.offers ?? [])])
    .flatMap(step => (step.is === 'ask' ? [step.question] : []));
  return {
    ids: new Set([...frontKeys, ...(base.facts ?? []), ...questions.map(({ id }) => id)]),
    headings: new Set(questions.map(({ heading }) => headingKey(heading)).filter(Boolean)),
  };
}

function checkAdded(
  item: YamlNode,
  base: Template,
  { ids, headings }: Names,
  findings: Findings,
): readonly Added[] {
  const { faults } = findings;
  const schema = openSchemaReader(item, 'question', addKeys, faults);
  if (schema === undefined) return [];
  const question = checkQuestion(schema, findings);
  const { id, heading } = question;
  if (ids.has(id)) faults.push({ line: schema.line, key: 'templates.id-taken', params: { id } });
  if (headings.has(headingKey(heading)) || /[\r\n]/.test(heading))
    faults.push({
      line: schema.at('heading')?.line ?? schema.line,
      key: 'templates.heading-taken',
      params: { heading: heading.replace(/\s+/g, ' ') },
    });
  ids.add(id);
  headings.add(headingKey(heading));
  const when = checkCondition(schema.at('when'), faults);
  findings.conditions.push({ when, line: schema.line });
  const step: AskStep = dropUndefined({
    is: 'ask',
    question,
    key: id,
    of: base.name,
    when: both({ tests: [], any: [] }, when),
    modes: modesOf(schema, faults),
    then: [],
    each: schema.flag('each', false),
  });
  return [{ step, after: schema.needText('after'), line: schema.at('after')?.line ?? schema.line }];
}

function modesOf(schema: SchemaReader, faults: Fault[]): readonly string[] {
  const named = schema.texts('modes');
  for (const mode of named) {
    if (!modes.includes(mode))
      faults.push({
        line: schema.at('modes')?.line ?? schema.line,
        key: 'templates.wrong-type',
        params: { key: 'modes', expected: modes.join(' / '), what: mode },
      });
  }
  return named;
}

function insertAdded(base: Template, added: readonly Added[], faults: Fault[]): readonly Step[] {
  const steps = [...base.steps];
  const anchors = new Map<Step, string>();
  const ending = continuing.includes(base.name) ? steps.findLast(({ is }) => is === 'ask') : undefined;
  for (const { step, after, line } of added) {
    if (after === '') continue;
    const at = indexOfAsked(steps, after);
    const anchor = steps[at];
    if (anchor?.is !== 'ask') {
      const known = steps.flatMap(existing => (existing.is === 'ask' ? [existing.key] : []));
      const near = nearest(after, known);
      if (near === undefined)
        faults.push({ line, key: 'templates.after-nothing', params: { after, name: base.name } });
      else
        faults.push({ line, key: 'templates.after-nothing-near', params: { after, name: base.name, near } });
      continue;
    }
    if (anchor.question.safety) {
      faults.push({ line, key: 'templates.after-safety', params: { after } });
      continue;
    }
    if (anchor === ending) {
      faults.push({ line, key: 'templates.after-ending', params: { after, name: base.name } });
      continue;
    }
    if (isInRound(steps, at)) {
      faults.push({ line, key: 'templates.after-round', params: { after } });
      continue;
    }
    let to = at + 1 + safetyLength(steps, at + 1);
    // Several questions added after the same one stay in the order of the file.
    for (let next = steps[to]; next !== undefined && anchors.get(next) === after; next = steps[to]) to += 1;
    steps.splice(to, 0, step);
    anchors.set(step, after);
  }
  return steps;
}

// An included safety question may have the same key as another question (`see_options`): prefer the other
// question. If a question comes twice (`how`), use the last place: every path leads through it.
function indexOfAsked(steps: readonly Step[], key: string): number {
  const last = steps.findLastIndex(step => step.is === 'ask' && step.key === key && !step.question.safety);
  return last < 0 ? steps.findIndex(step => step.is === 'ask' && step.key === key) : last;
}

// Returns the number of steps from `from` on that are safety questions, or jumps between and after these.
// Added questions come after them. Jumps without any safety question do not count.
function safetyLength(steps: readonly Step[], from: number): number {
  const length = steps
    .slice(from)
    .findIndex(step => !(step.is === 'go' || (step.is === 'ask' && step.question.safety)));
  const run = steps.slice(from, length < 0 ? steps.length : from + length);
  return run.some(step => step.is === 'ask') ? run.length : 0;
}

function isInRound(steps: readonly Step[], at: number): boolean {
  for (let opened = at; opened >= 0; opened--) {
    const opener = steps[opened];
    if (opener?.is !== 'ask') return false;
    if (opener.until !== undefined)
      return steps
        .slice(opened + 1, at + 1)
        .every(step => step.is === 'ask' && fieldsOf(step.when).includes(opener.question.id));
  }
  return false;
}

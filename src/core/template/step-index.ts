import type { AskStep, Question, Step, Template } from './template.ts';

/** The questions of a sequence by what they are found by, so that no step looks through all the others. */
interface StepIndex {
  /** The first that fills a field. */
  readonly byField: Map<string, AskStep>;
  /** All questions that stand under a key. */
  readonly byKey: Map<string, Set<Question>>;
}

/** The steps of a sequence that is being put together; only `addStepTo` adds to them. */
export interface IndexedSteps {
  readonly steps: Step[];
  readonly index: StepIndex;
  /** Those of other sequences, by name. */
  readonly others: Map<string, StepIndex>;
}

/** Gives a sequence that has no step yet. */
export function noSteps(): IndexedSteps {
  return { steps: [], index: emptyIndex(), others: new Map() };
}

/** Adds a step behind those that are there. */
export function addStepTo({ steps, index }: IndexedSteps, step: Step): void {
  steps.push(step);
  addToIndex(step, index);
}

/** Finds the first question of this id: among the steps so far, or in the sequence named. */
export function findAsked(
  id: string,
  name: string | undefined,
  { index, others, sequence }: IndexedSteps & { readonly sequence: (name: string) => Template | undefined },
): AskStep | undefined {
  if (name === undefined) return index.byField.get(id);
  let other = others.get(name);
  const steps = other === undefined ? sequence(name)?.steps : undefined;
  if (steps !== undefined) {
    other = emptyIndex();
    for (const step of steps) addToIndex(step, other);
    others.set(name, other);
  }
  return other?.byField.get(id);
}

/** Says whether another question stands under the key that this one would have. */
export function isTaken(question: Question, { index }: IndexedSteps): boolean {
  const under = index.byKey.get(question.id);
  return under !== undefined && (under.size > 1 || !under.has(question));
}

function emptyIndex(): StepIndex {
  return { byField: new Map(), byKey: new Map() };
}

function addToIndex(step: Step, { byField, byKey }: StepIndex): void {
  if (step.is !== 'ask') return;
  const { question, key } = step;
  if (!byField.has(question.id)) byField.set(question.id, step);
  const under = byKey.get(key);
  if (under === undefined) byKey.set(key, new Set([question]));
  else under.add(question);
}

import type { AskStep, Question, Step, Template } from './template.ts';

/** The questions of a sequence, indexed for lookup: a scan for every step would be quadratic. */
interface StepIndex {
  /** The first step that fills a field. */
  readonly byField: Map<string, AskStep>;
  /** All questions that have a step key. */
  readonly byKey: Map<string, Set<Question>>;
}

/** The steps of a sequence under construction. Add to them only with `addStepTo`. */
export interface IndexedSteps {
  readonly steps: Step[];
  readonly index: StepIndex;
  /** The indexes of other sequences, by name; built when first needed. */
  readonly others: Map<string, StepIndex>;
}

/** Returns a sequence without any steps. */
export function noSteps(): IndexedSteps {
  return { steps: [], index: emptyIndex(), others: new Map() };
}

/** Appends a step to a sequence and its index. */
export function addStepTo({ steps, index }: IndexedSteps, step: Step): void {
  steps.push(step);
  addToIndex(step, index);
}

/**
 * Returns the first step that asks the question `id`: among the steps so far, or, if `name` is given, in the
 * sequence of that name. Returns undefined if there is none.
 */
export function findAskStep(
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

/** Returns true if another question already uses the id of `question` as its step key. */
export function isKeyTaken(question: Question, { index }: IndexedSteps): boolean {
  const sameKey = index.byKey.get(question.id);
  return sameKey !== undefined && (sameKey.size > 1 || !sameKey.has(question));
}

function emptyIndex(): StepIndex {
  return { byField: new Map(), byKey: new Map() };
}

function addToIndex(step: Step, { byField, byKey }: StepIndex): void {
  if (step.is !== 'ask') return;
  const { question, key } = step;
  if (!byField.has(question.id)) byField.set(question.id, step);
  const sameKey = byKey.get(key);
  if (sameKey === undefined) byKey.set(key, new Set([question]));
  else sameKey.add(question);
}

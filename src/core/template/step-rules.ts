import type { Answers } from '../notes/answer.ts';
import type { Known } from './condition.ts';
import { fieldsOf, holds } from './condition.ts';
import type { AskStep, Jump, Step, Target } from './template.ts';

/**
 * Returns true if a step belongs to this run: its modes include the run's mode, its condition holds, and the
 * person has not hidden its question. Safety questions cannot be hidden.
 */
export function applies(
  step: Step,
  { facts, hidden }: { readonly facts: Answers; readonly hidden: readonly string[] },
  known: Known,
): boolean {
  if (step.modes.length > 0 && !step.modes.includes(String(facts['mode']))) return false;
  if (step.is === 'ask' && hidden.includes(step.question.id) && !step.question.safety) return false;
  return holds(step.when, known);
}

/** Returns the target of the first jump whose condition holds; undefined if none holds. */
export function jumpOf(then: readonly Jump[], known: Known): Target | undefined {
  return then.find(({ when }) => holds(when, known))?.to;
}

/**
 * Returns the index of the next step after `from` with this key, or `steps.length` if there is none. A
 * sequence that is included twice has every key twice; a jump always leads forward.
 */
export function indexAhead(steps: readonly Step[], key: string, from: number): number {
  const index = steps.findIndex((step, at) => at > from && step.is === 'ask' && step.key === key);
  return index < 0 ? steps.length : index;
}

/** Returns the questions directly after the one at `at` whose conditions depend on its answer. */
export function dependentQuestions(steps: readonly Step[], at: number): readonly AskStep[] {
  const first = steps[at];
  const found: AskStep[] = [];
  if (first?.is !== 'ask') return found;
  for (const step of steps.slice(at + 1)) {
    if (step.is !== 'ask' || !fieldsOf(step.when).includes(first.question.id)) break;
    found.push(step);
  }
  return found;
}

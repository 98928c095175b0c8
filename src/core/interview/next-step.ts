import { walkSteps } from './walk-steps.ts';
import type { Run, AnsweredStep, NextAsk, Next } from './run.ts';

/**
 * Walks the template from its beginning through the answers so far, and gives what comes next. Each call
 * starts afresh, so a changed answer takes effect at once, and answers to questions that are no longer on the
 * way are ignored.
 */
export function nextStep(run: Run): Next {
  return walkSteps(run, () => false);
}

/** Counts the answered questions among those that count, and estimates how many there will be in all. */
export function progressOf(run: Run, next: NextAsk): { readonly at: number; readonly about: number } {
  const state = new Map(run.state);
  if (!state.has(next.key)) state.set(next.key, next.step.question.usual ?? null);
  // Assume that the rest gets its usual answers, or is skipped. The limit ends rounds that would never end.
  let rest = run.template.steps.length + run.template.offers.length - 1;
  const { trail: path } = walkSteps({ ...run, again: undefined, minutes: 0, state }, (key, step) => {
    if (rest === 0) return false;
    rest -= 1;
    state.set(key, step.question.usual ?? null);
    return true;
  });
  const before = counted(next.trail);
  return { at: next.step.question.counts ? before + 1 : before, about: counted(path) };
}

function counted(path: readonly AnsweredStep[]): number {
  return path.filter(({ step }) => step.question.counts).length;
}

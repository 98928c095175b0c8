import { walkSteps } from './walk-steps.ts';
import type { Run, AnsweredStep, NextAsk, Next } from './run.ts';

/**
 * Walks the template from the start through the answers so far, and returns the next question or the end.
 * Each call starts over, so a changed answer takes effect immediately, and answers to questions that are no
 * longer on the path do not count.
 */
export function nextStep(run: Run): Next {
  return walkSteps(run, () => false);
}

/**
 * Returns the progress at `next`: `at` is the number of this question, `about` the estimated total. Questions
 * with `counts: false` are left out.
 */
export function progressOf(run: Run, next: NextAsk): { readonly at: number; readonly about: number } {
  const state = new Map(run.state);
  if (!state.has(next.key)) state.set(next.key, next.step.question.usual ?? null);
  // Assume the usual answer to every open question, or none. `rest` limits rounds that would never end.
  let rest = run.template.steps.length + run.template.offers.length - 1;
  const { trail } = walkSteps({ ...run, again: undefined, minutes: 0, state }, (key, step) => {
    if (rest === 0) return false;
    rest -= 1;
    state.set(key, step.question.usual ?? null);
    return true;
  });
  const before = counted(next.trail);
  return { at: next.step.question.counts ? before + 1 : before, about: counted(trail) };
}

function counted(trail: readonly AnsweredStep[]): number {
  return trail.filter(({ step }) => step.question.counts).length;
}

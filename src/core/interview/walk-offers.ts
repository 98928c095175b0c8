import type { Known } from '../template/condition.ts';
import { applies, jumpOf, placeAhead } from '../template/step-rules.ts';
import type { Offer, Target } from '../template/template.ts';
import type { Run } from './run.ts';

/** An offer that is due: either it is still to be asked, or its answer leads away from the steps. */
export type DueOffer =
  | { readonly is: 'ask'; readonly offer: Offer }
  | { readonly is: 'leave'; readonly to: Target };

/** Finds the offer that comes before the step at `at`; undefined if none is due. */
export function dueOffer(run: Run, known: Known, at: number): DueOffer | undefined {
  const { steps, offers } = run.template;
  const isAhead = (to: Target): boolean => to.is !== 'step' || placeAhead(steps, to.key, at) < steps.length;
  for (const offer of offers) {
    if (!applies(offer, run, known)) continue;
    const answer = run.state.get(offer.key);
    if (answer === undefined) {
      // If all its jumps lead to steps that are behind us, there is nothing left to offer.
      const hasPlace = offer.then.length === 0 || offer.then.some(({ to }) => isAhead(to));
      if (run.minutes >= offer.afterMinutes && hasPlace) return { is: 'ask', offer };
      continue;
    }
    const chosen =
      answer === null
        ? undefined
        : jumpOf(offer.then, { ...known, answers: { ...known.answers, [offer.question.id]: answer } });
    if (chosen !== undefined && isAhead(chosen)) return { is: 'leave', to: chosen };
  }
  return undefined;
}

import type { Known } from '../template/condition.ts';
import { applies, jumpOf, indexAhead } from '../template/step-rules.ts';
import type { Offer, Target } from '../template/template.ts';
import type { Run } from './run.ts';

/** An offer that is due: either it must still be asked, or its answer jumps elsewhere. */
export type DueOffer =
  | { readonly is: 'ask'; readonly offer: Offer }
  | { readonly is: 'leave'; readonly to: Target };

/** Returns the offer that is due before the step at index `at`; undefined if none is. */
export function dueOffer(run: Run, known: Known, at: number): DueOffer | undefined {
  const { steps, offers } = run.template;
  const isAhead = (to: Target): boolean => to.is !== 'step' || indexAhead(steps, to.key, at) < steps.length;
  for (const offer of offers) {
    if (!applies(offer, run, known)) continue;
    const answer = run.state.get(offer.key);
    if (answer === undefined) {
      // If all jumps of an offer lead to steps already passed, it has nothing left to offer.
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

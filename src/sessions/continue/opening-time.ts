import type { Day } from '../../core/dates/day.ts';
import { daysBetween } from '../../core/dates/day.ts';
import type { Fills } from '../../core/template/options.ts';
import { isPattern } from '../../core/notes/reflection.ts';
import { isOtherNote } from '../../core/notes/reflection.ts';
import type { Head } from '../../core/notes/reflection.ts';
import { dayInSentence } from '../../report/text/dates.ts';
import type { World } from '../../world/world.ts';

/** After so many days there has most likely been another session, though nothing was written about it. */
const lastSessionDays = 14;

/**
 * Gives the words of an opening line for when it was, to fill `{then}`, `{from}` and `{about}`: "Last time"
 * only of the last session, else the day. A pattern gathers several sessions.
 */
export function timeFills({ words, now }: World, head: Head, all: readonly Head[]): Fills {
  const today = now().day;
  const which = whichTime(head, all, today);
  const day = dayInSentence(head.session, today, words);
  return {
    then: words(`prep.then.${which}.then`, { day }),
    from: words(`prep.then.${which}.from`, { day }),
    about: words(`prep.then.${which}.about`, { day }),
  };
}

function whichTime(head: Head, all: readonly Head[], today: Day): 'last' | 'day' | 'often' {
  if (isPattern(head)) return 'often';
  return isLastSession(head, all, today) ? 'last' : 'day';
}

function isLastSession(head: Head, all: readonly Head[], today: Day): boolean {
  const isSamePerson = ({ with: who }: Head): boolean =>
    head.with === undefined || who === undefined || head.with.toLowerCase() === who.toLowerCase();
  const wasLater = ({ session }: Head): boolean => session > head.session && session <= today;
  const isSession = (other: Head): boolean => !isPattern(other) && !isOtherNote(other);
  const hasLater = all.some(other => wasLater(other) && isSession(other) && isSamePerson(other));
  const days = daysBetween(head.session, today);
  return !hasLater && days >= 0 && days <= lastSessionDays;
}

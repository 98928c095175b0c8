import type { Day } from '../../core/dates/day.ts';
import { daysBetween } from '../../core/dates/day.ts';
import type { Fills } from '../../core/template/options.ts';
import { isPattern } from '../../core/notes/reflection.ts';
import { isOtherNote } from '../../core/notes/reflection.ts';
import type { Head } from '../../core/notes/reflection.ts';
import { dayInSentence } from '../../report/text/dates.ts';
import type { ClockPort, WordsPort } from '../../world/world.ts';

/** After this many days there has probably been another session, even if no note says so. */
const lastSessionDays = 14;

/**
 * Returns the words for when the session was, to fill `{then}`, `{from}` and `{about}` of an opening line:
 * "Last time" only for the last session, else the day. A pattern covers several sessions.
 */
export function timeFills({ words, now }: ClockPort & WordsPort, head: Head, heads: readonly Head[]): Fills {
  const today = now().day;
  const kind = whichTime(head, heads, today);
  const day = dayInSentence(head.session, today, words);
  return {
    then: words(`prep.then.${kind}.then`, { day }),
    from: words(`prep.then.${kind}.from`, { day }),
    about: words(`prep.then.${kind}.about`, { day }),
  };
}

function whichTime(head: Head, heads: readonly Head[], today: Day): 'last' | 'day' | 'often' {
  if (isPattern(head)) return 'often';
  return isLastSession(head, heads, today) ? 'last' : 'day';
}

function isLastSession(head: Head, heads: readonly Head[], today: Day): boolean {
  const isSamePerson = ({ with: therapist }: Head): boolean =>
    head.with === undefined || therapist === undefined || head.with.toLowerCase() === therapist.toLowerCase();
  const wasLater = ({ session }: Head): boolean => session > head.session && session <= today;
  const isSession = (other: Head): boolean => !isPattern(other) && !isOtherNote(other);
  const hasLater = heads.some(other => wasLater(other) && isSession(other) && isSamePerson(other));
  const days = daysBetween(head.session, today);
  return !hasLater && days >= 0 && days <= lastSessionDays;
}

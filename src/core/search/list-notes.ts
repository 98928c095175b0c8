import { keyOf } from '../notes/answer.ts';
import type { Day } from '../dates/day.ts';
import type { Head } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import type { Moment } from './summary.ts';
import { isResting } from './summary.ts';
import { isWith } from '../notes/same-person.ts';

/** Selects moments. An absent field matches all, but notes that are set aside are left out by default. */
export interface MomentFilter {
  readonly since?: Day;
  /** Inclusive. */
  readonly until?: Day;
  readonly with?: string;
  /** Matches any status in the list, as do `kinds` and `feelings`. */
  readonly statuses?: readonly Status[];
  /** In addition to `statuses`: notes that rest on this day. */
  readonly restingOn?: Day;
  /** Option keys, or whole picks with the person's own words; the same for `feelings`. */
  readonly kinds?: readonly string[];
  readonly feelings?: readonly string[];
  readonly includeSetAside?: boolean;
}

/** Returns the moments that match the filter, newest first, including sessions without a hard moment. */
export function listMoments<M extends Moment>(
  moments: readonly M[],
  filter: MomentFilter = {},
): readonly M[] {
  return moments.filter(({ head }) => matches(head, filter)).toSorted(newestFirst);
}

/** Compares by the day of the session, then the time of writing, then the id; newest first. */
export function newestFirst({ head: a }: Moment, { head: b }: Moment): number {
  return compare(b.session, a.session) || compare(written(b), written(a)) || compare(b.id, a.id);
}

// Parsed, because instants with different offsets don't sort as text.
function written({ created }: Head): number {
  return created === undefined ? 0 : Date.parse(created);
}

function matches(head: Head, filter: MomentFilter): boolean {
  const { since, until, with: therapist, kinds, feelings, includeSetAside } = filter;
  return (
    (head.status !== 'set-aside' || includeSetAside === true) &&
    (since === undefined || head.session >= since) &&
    (until === undefined || head.session <= until) &&
    (therapist === undefined || isWith(head, therapist)) &&
    hasStatus(head, filter) &&
    includesAny(kinds, () => head.kinds) &&
    includesAny(feelings, () => head.feelings)
  );
}

function hasStatus(head: Head, { statuses, restingOn }: MomentFilter): boolean {
  if (statuses === undefined) return true;
  return (
    (head.status !== undefined && statuses.includes(head.status)) ||
    (restingOn !== undefined && isResting(head, restingOn))
  );
}

// `picks` is a function so that values are read from the file only if the filter needs them.
function includesAny(accepted: readonly string[] | undefined, picks: () => readonly string[]): boolean {
  return (
    accepted === undefined || picks().some(pick => accepted.includes(keyOf(pick)) || accepted.includes(pick))
  );
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

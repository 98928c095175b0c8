import { keyOf } from '../notes/answer.ts';
import type { Day } from '../dates/day.ts';
import type { Head } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import type { Moment } from './summary.ts';
import { isResting } from './summary.ts';
import { isWith } from '../notes/same-person.ts';

/**
 * Which moments are meant. What is absent narrows nothing; what is kept apart is out of sight unless asked
 * for.
 */
export interface MomentFilter {
  readonly since?: Day;
  /** The last day that counts. */
  readonly until?: Day;
  readonly with?: string;
  /** Each list: any of them. Kinds and feelings are option keys, or whole picks with their own words. */
  readonly statuses?: readonly Status[];
  /** Beside `statuses`: notes that rest on this day. */
  readonly restingOn?: Day;
  readonly kinds?: readonly string[];
  readonly feelings?: readonly string[];
  readonly includeSetAside?: boolean;
}

/** Gives the moments that the filter means, newest first; sessions without a hard moment are among them. */
export function listMoments<M extends Moment>(
  moments: readonly M[],
  filter: MomentFilter = {},
): readonly M[] {
  return moments.filter(({ head }) => isMeant(head, filter)).toSorted(newestFirst);
}

/** Orders by the day of the session, then by the time of writing; the newest comes first. */
export function newestFirst({ head: a }: Moment, { head: b }: Moment): number {
  return compare(b.session, a.session) || compare(written(b), written(a)) || compare(b.id, a.id);
}

// Clocks in two zones: the text of the later instant may be the smaller one.
function written({ created }: Head): number {
  return created === undefined ? 0 : Date.parse(created);
}

function isMeant(head: Head, filter: MomentFilter): boolean {
  const { since, until, with: who, kinds, feelings, includeSetAside } = filter;
  return (
    (head.status !== 'set-aside' || includeSetAside === true) &&
    (since === undefined || head.session >= since) &&
    (until === undefined || head.session <= until) &&
    (who === undefined || isWith(head, who)) &&
    hasStatus(head, filter) &&
    hasOne(kinds, () => head.kinds) &&
    hasOne(feelings, () => head.feelings)
  );
}

function hasStatus(head: Head, { statuses, restingOn }: MomentFilter): boolean {
  if (statuses === undefined) return true;
  return (
    (head.status !== undefined && statuses.includes(head.status)) ||
    (restingOn !== undefined && isResting(head, restingOn))
  );
}

// What is not asked for is not read out of the file either.
function hasOne(wanted: readonly string[] | undefined, picks: () => readonly string[]): boolean {
  return wanted === undefined || picks().some(pick => wanted.includes(keyOf(pick)) || wanted.includes(pick));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

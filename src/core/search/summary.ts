import type { Day } from '../dates/day.ts';
import { daysBetween } from '../dates/day.ts';
import type { Head } from '../notes/reflection.ts';
import { isPattern } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { isUnresolved, unresolved } from '../notes/status.ts';
import { isWith } from '../notes/same-person.ts';

/** The front matter of a note, and where its file is. */
export interface Moment {
  /** Absolute. */
  readonly path: string;
  readonly head: Head;
}

/** Selects unresolved moments. By default leaves out moments that rest or are set aside. */
export interface SummaryFilter {
  readonly since?: Day;
  readonly with?: string;
  readonly statuses?: readonly Status[];
  /** In addition to `statuses`: moments that rest, whatever their status. */
  readonly resting?: boolean;
  readonly limit?: number;
  readonly includeResting?: boolean;
  readonly includeSetAside?: boolean;
}

/** One moment in the summary, with what was worked out for today. */
export interface SummaryItem extends Moment {
  readonly ageDays: number;
  /** Whether the size is 7 or more. */
  readonly big: boolean;
  /** How often its most frequent kind has occurred, up to and including this moment: 3 is "third time". */
  readonly times: number;
  readonly resting: boolean;
}

/** The unresolved moments of a day. */
export interface Summary {
  readonly on: Day;
  /** The number of unresolved moments that rest. */
  readonly resting: number;
  readonly items: readonly SummaryItem[];
}

/** The smallest size that is called big. */
export const bigFrom = 7;

/**
 * Lists the unresolved moments, sorted by status, then current size (largest first), then day (oldest first).
 */
export function summarize(moments: readonly Moment[], today: Day, filter: SummaryFilter = {}): Summary {
  const times = countTimes(moments);
  const matching = moments.filter(({ head }) => matches(head, filter, today));
  const rests = (head: Head): boolean => isResting(head, today);
  const items = matching
    .filter(({ head }) => filter.includeResting === true || filter.resting === true || !rests(head))
    .map(({ path, head }): SummaryItem => ({
      path,
      head,
      ageDays: daysBetween(head.session, today),
      big: (head.size ?? 0) >= bigFrom,
      times: times.get(head.id) ?? 1,
      resting: rests(head),
    }))
    .sort(byUrgency);
  return {
    on: today,
    resting: matching.filter(({ head }) => rests(head)).length,
    items: filter.limit === undefined ? items : items.slice(0, filter.limit),
  };
}

/**
 * Whether an unresolved note is hidden until a later day. Notes that are resolved or set aside don't rest.
 */
export function isResting({ status, restUntil }: Head, today: Day): boolean {
  return isUnresolved(status) && restUntil !== undefined && restUntil > today;
}

function matches(head: Head, filter: SummaryFilter, today: Day): boolean {
  const shown = isUnresolved(head.status) || (filter.includeSetAside === true && head.status === 'set-aside');
  return (
    shown &&
    (filter.since === undefined || head.session >= filter.since) &&
    (filter.with === undefined || isWith(head, filter.with)) &&
    (filter.statuses === undefined ||
      (head.status !== undefined && filter.statuses.includes(head.status)) ||
      (filter.resting === true && isResting(head, today)))
  );
}

function byUrgency(a: SummaryItem, b: SummaryItem): number {
  return (
    rank(a) - rank(b) ||
    (b.head.size ?? -1) - (a.head.size ?? -1) ||
    compare(a.head.session, b.head.session) ||
    compare(a.head.created ?? '', b.head.created ?? '') ||
    compare(a.head.id, b.head.id)
  );
}

function rank({ head }: SummaryItem): number {
  const at = head.status === undefined ? -1 : unresolved.indexOf(head.status);
  return at < 0 ? unresolved.length : at;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// For each unresolved moment, counts the moments with the same kind so far. Leaves out notes that are set
// aside (RQ3) and notes about a pattern.
function countTimes(moments: readonly Moment[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const times = new Map<string, number>();
  const inOrder = moments
    .filter(({ head }) => head.status !== 'set-aside' && !isPattern(head))
    .sort(
      (a, b) =>
        compare(a.head.session, b.head.session) || compare(a.head.created ?? '', b.head.created ?? ''),
    );
  for (const { head } of inOrder) {
    const { kinds } = head;
    let most = 1;
    for (const kind of kinds.length === 1 ? kinds : new Set(kinds)) {
      const count = (counts.get(kind) ?? (isCountable(kind) ? 0 : -Infinity)) + 1;
      counts.set(kind, count);
      most = Math.max(most, count);
    }
    if (isUnresolved(head.status)) times.set(head.id, most);
  }
  return times;
}

// "Something else" differs each time; `unclear` and `repeat` are not kinds of moments.
function isCountable(kind: string): boolean {
  return !/^(?:other|unclear|repeat)\b/.test(kind);
}

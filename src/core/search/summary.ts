import type { Day } from '../dates/day.ts';
import { daysBetween } from '../dates/day.ts';
import type { Head } from '../notes/reflection.ts';
import { isPattern } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { isUnresolved, unresolved } from '../notes/status.ts';
import { isWith } from '../notes/same-person.ts';

/** A moment with its place on disk. */
export interface Moment {
  readonly path: string;
  readonly head: Head;
}

export interface SummaryFilter {
  readonly since?: Day;
  readonly with?: string;
  readonly statuses?: readonly Status[];
  /** Beside `statuses`: those that rest until a day, whatever their status. */
  readonly resting?: boolean;
  readonly limit?: number;
  readonly includeResting?: boolean;
  readonly includeSetAside?: boolean;
}

export interface SummaryItem extends Moment {
  readonly ageDays: number;
  /** 7 and more. */
  readonly big: boolean;
  /**
   * The highest count of any of its kinds among the moments up to and with this one: 3 is "third time". 1 is
   * the first.
   */
  readonly times: number;
  readonly resting: boolean;
}

export interface Summary {
  readonly on: Day;
  /** Unresolved ones that are out of sight until their day. */
  readonly resting: number;
  readonly items: readonly SummaryItem[];
}

/** From this size on a moment is called big, in words. */
export const bigFrom = 7;

/** Gathers what is unresolved: by status, then size now (largest first), then the oldest first. */
export function summarize(moments: readonly Moment[], today: Day, filter: SummaryFilter = {}): Summary {
  const times = countTimes(moments);
  const wanted = moments.filter(({ head }) => isWanted(head, filter, today));
  const rests = (head: Head): boolean => isResting(head, today);
  const items = wanted
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
    resting: wanted.filter(({ head }) => rests(head)).length,
    items: filter.limit === undefined ? items : items.slice(0, filter.limit),
  };
}

/**
 * Says whether a note is out of sight until a later day. A note that is settled or kept apart does not
 * rest.
 */
export function isResting({ status, restUntil }: Head, today: Day): boolean {
  return isUnresolved(status) && restUntil !== undefined && restUntil > today;
}

function isWanted(head: Head, filter: SummaryFilter, today: Day): boolean {
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

// "Third time" counts the moments before it with the same kind; what is kept apart doesn't count (RQ3), nor
// does a note that was made of a pattern.
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
      const count = (counts.get(kind) ?? (isNamed(kind) ? 0 : -Infinity)) + 1;
      counts.set(kind, count);
      most = Math.max(most, count);
    }
    if (isUnresolved(head.status)) times.set(head.id, most);
  }
  return times;
}

// "Something else" is a different thing each time; `unclear` and `repeat` name no kind of moment.
function isNamed(kind: string): boolean {
  return !/^(?:other|unclear|repeat)\b/.test(kind);
}

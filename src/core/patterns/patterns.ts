import type { Day } from '../dates/day.ts';
import { headingKey } from '../notes/heading.ts';
import type { Changes, Middle, Pair, Tally } from './patterns-count.ts';
import { amongPicks, countChanges, middleOf, onceEach, pairsOf, picksIn, tally } from './patterns-count.ts';
import type { SizeRun } from './patterns-history.ts';
import { sizesAround, sizesOf, wasRaised } from './patterns-history.ts';
import { isOtherNote, isPattern } from '../notes/reflection.ts';
import type { Head, Section } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import type { Moment } from '../search/summary.ts';
import { isWith } from '../notes/same-person.ts';

/** With fewer moments than this, nothing is counted (RQ28). */
export const leastMoments = 3;

/** Selects moments: since a day, with a therapist. Leaves out notes that are set aside by default. */
export interface PatternsFilter {
  readonly since?: Day;
  readonly with?: string;
  readonly includeSetAside?: boolean;
}

/** The people who came to mind in the moments. */
export interface Echoes extends Tally {
  /** The numbers of moments in which at least one person, and more than one, came to mind. */
  readonly someone: number;
  readonly several: number;
  /** Kinds and echoes in the same moment, the most frequent pair first. */
  readonly pairs: readonly Pair[];
}

/** The moments that were brought up. */
export interface Raised {
  /** Newest first. */
  readonly moments: readonly Moment[];
  /** Their statuses now, in the order of `outcomes`: worked through, easier, not settled, not heard … */
  readonly outcomes: Tally;
  readonly size?: Middle;
  readonly changes: Changes;
}

/** Counts over the front matter of the moments. A count is empty if there is nothing to count. */
export interface Patterns {
  /** The number of moments with a status, without those set aside by default. */
  readonly moments: number;
  /** The number of sessions: one per day and therapist, including sessions without a hard moment. */
  readonly sessions: number;
  /** Newest first. */
  readonly repaired: readonly Moment[];
  /** Notes whose text may have a good moment, newest first. */
  readonly maybeGood: readonly Moment[];
  readonly kinds: Tally;
  readonly feelings: Tally;
  readonly shapes: Tally;
  readonly echoes: Echoes;
  readonly raised: Raised;
  readonly urges: Tally;
  /** Moments that are open or planned and were never brought up. */
  readonly kept: { readonly n: number; readonly size?: Middle; readonly changes: Changes };
  /** Moments with more than one size, newest first. */
  readonly sizes: readonly SizeRun[];
}

const outcomes: readonly Status[] = [
  'repaired',
  'eased',
  'raised',
  'not-addressed',
  'let-go',
  'planned',
  'open',
  'set-aside',
];
const noPicks: Tally = { of: 0, counts: [] };
const noChanges: Changes = { smaller: 0, same: 0, bigger: 0 };

/**
 * Counts the patterns. For fewer than three moments, all but the numbers of moments and sessions is empty.
 */
export function findPatterns(all: readonly Moment[], filter: PatternsFilter = {}): Patterns {
  const matching = all.filter(({ head }) => matches(head, filter)).toSorted(newestFirst);
  const items = matching.filter(({ head }) => head.status !== undefined);
  const moments = items.filter(({ head }) => !isPattern(head));
  const sessions = matching.filter(({ head }) => !isPattern(head) && !isOtherNote(head));
  const counts = { moments: moments.length, sessions: countSessions(sessions) };
  if (moments.length < leastMoments) {
    return {
      ...counts,
      repaired: [],
      maybeGood: [],
      kinds: noPicks,
      feelings: noPicks,
      shapes: noPicks,
      urges: noPicks,
      echoes: { ...noPicks, someone: 0, several: 0, pairs: [] },
      raised: { moments: [], outcomes: noPicks, changes: noChanges },
      kept: { n: 0, changes: noChanges },
      sizes: [],
    };
  }
  const heads = moments.map(({ head }) => head);
  return {
    ...counts,
    repaired: items.filter(({ head }) => head.status === 'repaired'),
    maybeGood: matching.filter(({ head }) => mayBeGood(head)),
    kinds: tally(heads.map(({ kinds }) => kinds)),
    feelings: tally(heads.map(({ feelings }) => feelings)),
    shapes: tally(heads.map(head => picksIn(head, 'shape'))),
    echoes: countEchoes(heads),
    raised: countRaised(items),
    urges: tally(
      heads.map(head => picksIn(head, 'urges')),
      ['none'],
    ),
    kept: countKept(items),
    sizes: items.flatMap(moment => {
      const sizes = sizesOf(moment.head);
      const [first, last] = [sizes[0], sizes.at(-1)];
      return first === undefined || last === undefined || sizes.length < 2
        ? []
        : [{ moment, sizes, before: first.size, now: last.size }];
    }),
  };
}

/** Whether the report may show texts of this note: it was brought up, or may have a good moment. */
export function mayHaveTexts(head: Head): boolean {
  return wasRaised(head) || mayBeGood(head);
}

function mayBeGood(head: Head): boolean {
  return head.status === undefined || head.keys['sit'] === 'fine' || head.keys['sit'] === 'mixed';
}

// Never suggested: crossed lines and identity, because the program does not ask the person to look at their
// own part in them or to raise them; the others are not kinds of moments.
const neverSuggested = ['line', 'identity', 'unclear', 'repeat', 'rather-not', 'other'];

/**
 * Suggests a kind to look at in a session: the most frequent kind, named at least three times, about which
 * there is no pattern note yet. Returns undefined while a pattern note is planned. Never counts notes that
 * are set aside.
 */
export function kindToLookAt(
  all: readonly Moment[],
  filter: PatternsFilter = {},
): { readonly pick: string; readonly n: number } | undefined {
  const { kinds } = findPatterns(all, { ...filter, includeSetAside: false });
  const patterns = all.filter(({ head }) => isPattern(head));
  if (patterns.some(({ head }) => head.status === 'planned')) return undefined;
  const hasPatternNote = amongPicks(patterns.flatMap(({ head }) => head.kinds));
  return kinds.counts.find(
    ({ pick, n }) => n >= leastMoments && !neverSuggested.includes(pick) && !hasPatternNote(pick),
  );
}

/** Returns the non-empty texts under a heading, in file order. */
export function textsUnder(sections: readonly Section[], heading: string): readonly string[] {
  const key = headingKey(heading);
  return sections
    .filter(section => section.text.trim() !== '' && headingKey(section.heading) === key)
    .map(({ text }) => text.trim());
}

function matches(head: Head, { since, with: therapist, includeSetAside }: PatternsFilter): boolean {
  return (
    (head.status !== 'set-aside' || includeSetAside === true) &&
    (since === undefined || head.session >= since) &&
    (therapist === undefined || isWith(head, therapist))
  );
}

function newestFirst({ head: a }: Moment, { head: b }: Moment): number {
  return compare(b.session, a.session) || compare(b.created ?? '', a.created ?? '') || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// A note without a therapist's name counts for any session of that day.
function countSessions(moments: readonly Moment[]): number {
  const days = new Map<Day, Set<string>>();
  for (const { head } of moments) {
    const people = days.get(head.session) ?? new Set<string>();
    if (head.with !== undefined) people.add(head.with.toLowerCase());
    days.set(head.session, people);
  }
  return [...days.values()].reduce((sum, people) => sum + Math.max(1, people.size), 0);
}

function countEchoes(heads: readonly Head[]): Echoes {
  const none = ['none', 'not-sure'];
  const each = heads.map(head => ({ kinds: head.kinds, echoes: picksIn(head, 'echo') }));
  const people = each.map(({ echoes }) =>
    onceEach(echoes).filter(pick => !none.includes(pick) && pick !== 'rather-not'),
  );
  return {
    ...tally(
      each.map(({ echoes }) => echoes),
      none,
    ),
    someone: people.filter(picks => picks.length > 0).length,
    several: people.filter(picks => picks.length > 1).length,
    pairs: pairsOf(each.map(({ kinds }, at) => ({ kinds, echoes: people[at] ?? [] }))),
  };
}

function countRaised(items: readonly Moment[]): Raised {
  const moments = items.filter(({ head }) => wasRaised(head));
  const counts = outcomes
    .map(pick => ({ pick, n: moments.filter(({ head }) => head.status === pick).length }))
    .filter(({ n }) => n > 0);
  const sizes = moments.flatMap(({ head }) => sizesAround(head) ?? []);
  const outcomesOf = { of: moments.length, counts };
  return { moments, outcomes: outcomesOf, size: middleOf(sizes), changes: countChanges(sizes) };
}

function countKept(items: readonly Moment[]): Patterns['kept'] {
  const kept = items.filter(
    ({ head }) => (head.status === 'open' || head.status === 'planned') && !wasRaised(head),
  );
  const sizes = kept
    .map(({ head }) => sizesOf(head))
    .filter(({ length }) => length > 1)
    .map(all => ({ before: all[0]?.size ?? 0, after: all.at(-1)?.size ?? 0 }));
  return { n: kept.length, size: middleOf(sizes), changes: countChanges(sizes) };
}

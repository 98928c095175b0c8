import { keyOf, ownWords } from '../notes/answer.ts';
import type { Head } from '../notes/reflection.ts';

/** How many moments named each pick, out of the `of` moments that named any. */
export interface Tally {
  readonly of: number;
  /**
   * The most frequent first, then the most recent. A pick is a key, or `other: ` and the person's own words.
   */
  readonly counts: readonly { readonly pick: string; readonly n: number }[];
}

/** A kind and an echo, and the number of moments that named both. */
export interface Pair {
  readonly kind: string;
  readonly echo: string;
  readonly n: number;
}

/** The median sizes before and after, over `of` moments that have both. */
export interface Middle {
  readonly of: number;
  readonly before: number;
  readonly after: number;
}

/** Returns the picks under a front matter key, whether it has a text or a list. */
export function picksIn(head: Head, key: string): readonly string[] {
  const value = head.keys[key];
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value)
    ? value.filter((pick: unknown): pick is string => typeof pick === 'string' && pick !== '')
    : [];
}

/**
 * Counts picks, each once per moment. `lists` has the picks of each moment, newest first. Picks in `unnamed`
 * (such as “none of these”) count as an answer but are not listed.
 */
export function tally(lists: readonly (readonly string[])[], unnamed: readonly string[] = []): Tally {
  const answered = lists
    .map(picks => picks.filter(pick => pick !== 'rather-not'))
    .filter(({ length }) => length > 0);
  const counts = new Map<string, { pick: string; n: number }>();
  for (const picks of answered) {
    for (const [same, pick] of firstOfEach(picks)) {
      if (unnamed.includes(pick)) continue;
      const count = counts.get(same) ?? { pick, n: 0 };
      counts.set(same, { ...count, n: count.n + 1 });
    }
  }
  return { of: answered.length, counts: [...counts.values()].toSorted((a, b) => b.n - a.n) };
}

// A question allows four picks at most. Hundreds, written into a note by hand, would make far too many pairs.
const mostPaired = 100;

/**
 * Counts which kinds and echoes were named in the same moment, the most frequent pair first. Counts only the
 * first hundred kinds and echoes of a moment.
 */
export function pairsOf(
  each: readonly { readonly kinds: readonly string[]; readonly echoes: readonly string[] }[],
): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { kinds, echoes } of each) {
    const distinctEchoes = [...firstOfEach(echoes)].slice(0, mostPaired);
    for (const [sameKind, kind] of [...firstOfEach(kinds)].slice(0, mostPaired)) {
      for (const [sameEcho, echo] of distinctEchoes) {
        const key = JSON.stringify([sameKind, sameEcho]);
        const pair = pairs.get(key) ?? { kind, echo, n: 0 };
        pairs.set(key, { ...pair, n: pair.n + 1 });
      }
    }
  }
  return [...pairs.values()].toSorted((a, b) => b.n - a.n);
}

/** Returns a test of whether a pick is in the list. The person's own words match in any case and spacing. */
export function amongPicks(picks: readonly string[]): (pick: string) => boolean {
  const all = new Set(picks.map(comparisonKey));
  return pick => all.has(comparisonKey(pick));
}

/** Returns the median sizes before and after; undefined for fewer than two moments. */
export function middleOf(
  sizes: readonly { readonly before: number; readonly after: number }[],
): Middle | undefined {
  return sizes.length < 2
    ? undefined
    : {
        of: sizes.length,
        before: middle(sizes.map(({ before }) => before)),
        after: middle(sizes.map(({ after }) => after)),
      };
}

/** How many moments ended smaller than they began, the same, or bigger. */
export interface Changes {
  readonly smaller: number;
  readonly same: number;
  readonly bigger: number;
}

/** Counts how sizes changed. */
export function countChanges(sizes: readonly { readonly before: number; readonly after: number }[]): Changes {
  return {
    smaller: sizes.filter(({ before, after }) => after < before).length,
    same: sizes.filter(({ before, after }) => after === before).length,
    bigger: sizes.filter(({ before, after }) => after > before).length,
  };
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** Returns each pick once, with the first spelling of the person's own words. */
export function onceEach(picks: readonly string[]): readonly string[] {
  return [...firstOfEach(picks).values()];
}

// The first of the picks that `comparisonKey` considers equal, by that key and in their order.
function firstOfEach(picks: readonly string[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const pick of picks) {
    const same = comparisonKey(pick);
    if (!first.has(same)) first.set(same, pick);
  }
  return first;
}

function comparisonKey(pick: string): string {
  const own = ownWords(pick);
  return own === undefined
    ? pick.trim()
    : `${keyOf(pick)}: ${own.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()}`;
}

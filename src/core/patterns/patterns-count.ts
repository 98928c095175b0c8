import { keyOf, ownWords } from '../notes/answer.ts';
import type { Head } from '../notes/reflection.ts';

/** How often each pick was named; `of` is the number of moments that named any, so no count is larger. */
export interface Tally {
  readonly of: number;
  /**
   * The most named first, then those named last. A pick is a key, or the person's own words behind `other: `.
   */
  readonly counts: readonly { readonly pick: string; readonly n: number }[];
}

export interface Pair {
  readonly kind: string;
  readonly echo: string;
  readonly n: number;
}

/** Middle values of size over `of` moments, each of which has both. */
export interface Middle {
  readonly of: number;
  readonly before: number;
  readonly after: number;
}

/** Reads the picks of a choice from the front matter, whether written as one text or as a list. */
export function picksIn(head: Head, key: string): readonly string[] {
  const value = head.keys[key];
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value)
    ? value.filter((one: unknown): one is string => typeof one === 'string' && one !== '')
    : [];
}

/**
 * Counts picks, each once a moment. The lists are those of the moments, newest first. Picks in `unnamed` (no
 * one, none of these) count as an answer and get no line.
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

// A question takes four picks at most. A note that names hundreds by hand would make a pair of each with
// each, and no table shows them.
const mostPaired = 100;

/**
 * Counts which kind and which echo were named in one moment; most often first. Of one moment the first
 * hundred of each count.
 */
export function pairsOf(
  each: readonly { readonly kinds: readonly string[]; readonly echoes: readonly string[] }[],
): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { kinds, echoes } of each) {
    const people = [...firstOfEach(echoes)].slice(0, mostPaired);
    for (const [sameKind, kind] of [...firstOfEach(kinds)].slice(0, mostPaired)) {
      for (const [sameEcho, echo] of people) {
        const key = JSON.stringify([sameKind, sameEcho]);
        const pair = pairs.get(key) ?? { kind, echo, n: 0 };
        pairs.set(key, { ...pair, n: pair.n + 1 });
      }
    }
  }
  return [...pairs.values()].toSorted((a, b) => b.n - a.n);
}

/** Gives a test of whether a pick is among them; own words are the same in any case and spacing. */
export function amongPicks(picks: readonly string[]): (pick: string) => boolean {
  const all = new Set(picks.map(sameAs));
  return pick => all.has(sameAs(pick));
}

/** Gives the middle values (the mean of the middle two of an even number); undefined below two moments. */
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

/** How many moments with more than one size are smaller at the end, the same, and bigger. */
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

/** Gives each pick once, the first spelling of own words. */
export function onceEach(picks: readonly string[]): readonly string[] {
  return [...firstOfEach(picks).values()];
}

// By what makes them the same, in their order.
function firstOfEach(picks: readonly string[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const pick of picks) {
    const same = sameAs(pick);
    if (!first.has(same)) first.set(same, pick);
  }
  return first;
}

function sameAs(pick: string): string {
  const own = ownWords(pick);
  return own === undefined
    ? pick.trim()
    : `${keyOf(pick)}: ${own.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()}`;
}

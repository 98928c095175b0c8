import type { Day } from './day.ts';
import type { DayNames } from './read-day.ts';
import { allNearest } from '../text/nearest-words.ts';

/** A corrected spelling and the day it names. */
export interface NearDay {
  readonly said: string;
  readonly day: Day;
}

/** The number of spellings to try, and of suggestions to return. */
const mostTried = 16;
const mostOffered = 3;

/**
 * Suggests corrections of a misspelled day (`tomorow`, `last frday`, `12 mrach`): changes each unknown word
 * by one letter to a known one. Returns one spelling for each day that `read` recognises, at most three.
 */
export function nearDays(
  text: string,
  names: DayNames,
  read: (said: string) => Day | undefined,
): readonly NearDay[] {
  const known = wordsOf(names);
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/,/g, ' ')
    .split(/\s+/)
    .filter(word => word !== '');
  let spellings: readonly (readonly string[])[] = [[]];
  for (const word of words) {
    const isRight = known.has(word) || !/^\p{L}{3,}$/u.test(word);
    const near = isRight
      ? [word]
      : allNearest(
          word,
          [...known].filter(candidate => candidate.length >= 3),
          1,
        );
    spellings = spellings
      .flatMap(before => near.map(candidate => [...before, candidate]))
      .slice(0, mostTried);
  }
  const days = new Map<Day, string>();
  for (const spelling of spellings) {
    const said = spelling.join(' ');
    const day = said === text ? undefined : read(said);
    if (day !== undefined && !days.has(day)) days.set(day, said);
  }
  return [...days].slice(0, mostOffered).map(([day, said]) => ({ said, day }));
}

/** Collects all words that can name a day. */
function wordsOf(names: DayNames): ReadonlySet<string> {
  const forms = Object.values(names).flatMap((value: readonly string[] | Readonly<Record<string, unknown>>) =>
    Array.isArray(value) ? (value as readonly string[]) : Object.keys(value),
  );
  return new Set(forms.flatMap(form => form.split(' ')).filter(word => /^\p{L}+$/u.test(word)));
}

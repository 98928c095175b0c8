import type { Day } from './day.ts';
import type { DayNames } from './read-day.ts';
import { allNearest } from '../text/nearest-words.ts';

/** Words as they were meant, and the day they name. */
export interface NearDay {
  readonly said: string;
  readonly day: Day;
}

/** As many spellings are tried, and as many are offered. */
const mostTried = 16;
const mostOffered = 3;

/**
 * Finds what a misspelled day may have been: each word that no day is said with is put right by one letter
 * (`tomorow`, `last frday`, `12 mrach`). Gives one spelling for each day that `read` reads; none where
 * nothing is near.
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
          [...known].filter(one => one.length >= 3),
          1,
        );
    spellings = spellings.flatMap(before => near.map(one => [...before, one])).slice(0, mostTried);
  }
  const days = new Map<Day, string>();
  for (const spelling of spellings) {
    const said = spelling.join(' ');
    const day = said === text ? undefined : read(said);
    if (day !== undefined && !days.has(day)) days.set(day, said);
  }
  return [...days].slice(0, mostOffered).map(([day, said]) => ({ said, day }));
}

/** All words that days are said with. */
function wordsOf(names: DayNames): ReadonlySet<string> {
  const forms = Object.values(names).flatMap((value: readonly string[] | Readonly<Record<string, unknown>>) =>
    Array.isArray(value) ? (value as readonly string[]) : Object.keys(value),
  );
  return new Set(forms.flatMap(form => form.split(' ')).filter(word => /^\p{L}+$/u.test(word)));
}

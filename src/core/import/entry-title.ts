import type { Day } from '../day.ts';
import { titleOf } from '../title.ts';
import type { DayReading } from './entry.ts';
import { findWhen } from './find-when.ts';
import { isWeekday } from './month-names.ts';
import { sayNothing } from './path-name.ts';
import { firstProse, propertyIn, topHeading, withoutFront } from './text-lines.ts';

/** A title that the source gives is kept whole up to this length. */
const longest = 100;

/**
 * Gives a title that a source has, on one line; undefined where it is nothing but a day, or says nothing
 * (`Untitled`).
 */
export function givenTitle(text: string, reading: DayReading): string | undefined {
  const line = text.replace(/[\0-\x1f\x7f\s]+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(line) || isDayOnly(line, reading) || sayNothing.test(line)) return undefined;
  if (line.length > longest) return titleOf(line);
  // One point ends a sentence; three are meant.
  return line.replace(/(?<![.\s])\.$/, '');
}

/**
 * Says whether a text is a day and nothing else: `[[2024-03-12]]`, `Tuesday, March 12th, 2024`, `Tuesday`.
 */
export function isDayOnly(text: string, reading: DayReading): boolean {
  const found = findWhen(text, reading);
  if (found === undefined) return /^\s*\p{L}{2,}\.?\s*$/u.test(text) && isWeekday(text.trim(), reading);
  const rest = `${text.slice(0, found.start)} ${text.slice(found.end)}`;
  const words = rest.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.every((word) => isWeekday(word, reading));
}

export interface TitleSource {
  /** Titles that the source gives, the best first. */
  readonly given: readonly (string | undefined)[];
  readonly body: string;
  /** What it is called where nothing else says so: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
  readonly day: Day;
}

/** Chooses a title: one that the source gives, else the first sentence. Code gives none. */
export function chooseTitle({ given, body, otherwise, day }: TitleSource, reading: DayReading): string {
  for (const one of given) {
    const title = one === undefined ? undefined : givenTitle(one, reading);
    if (title !== undefined) return title;
  }
  return titleOf(proseOf(body, reading) ?? '') ?? otherwise(day);
}

/**
 * The first line that says something, without a day at its beginning; a heading or a line that is only a day
 * does not.
 */
function proseOf(body: string, reading: DayReading): string | undefined {
  const isDay = (line: string): boolean => line.length < longest && (
    isDayOnly(line, reading) || isDayOnly(propertyIn(line)?.value ?? '', reading)
  );
  const text = withoutFront(body);
  const top = topHeading(text);
  const saysNothing = top !== undefined && givenTitle(top.text, reading) === undefined;
  const below = saysNothing ? firstProse(text.slice(top.next), isDay) : undefined;
  const found = below ?? firstProse(text, isDay) ?? firstProse(body, () => false);
  const day = found === undefined ? undefined : findWhen(found, reading);
  return day?.start === 0 ? found?.slice(day.end).replace(/^[\s:,–-]+/, '') || found : found;
}

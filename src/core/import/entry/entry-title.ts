import type { Day } from '../../dates/day.ts';
import { titleOf } from '../../text/title.ts';
import type { DayReading } from './entry.ts';
import { findWhen } from './find-when.ts';
import { isWeekday } from './month-names.ts';
import { placeholderTitle } from './path-name.ts';
import { firstProse, propertyIn, topHeading, withoutFront } from './text-lines.ts';

/** Titles from the source are kept whole up to this length. */
const longest = 100;

/**
 * Cleans a title from the source and puts it on one line. Returns undefined if it is only a date or a
 * placeholder (`Untitled`).
 */
export function givenTitle(text: string, reading: DayReading): string | undefined {
  const line = text.replace(/[\0-\x1f\x7f\s]+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(line) || isDayOnly(line, reading) || placeholderTitle.test(line))
    return undefined;
  if (line.length > longest) return titleOf(line);
  // Drop a final full stop, but keep an ellipsis.
  return line.replace(/(?<![.\s])\.$/, '');
}

/** Whether a text is only a date or a weekday: `[[2024-03-12]]`, `Tuesday, March 12th, 2024`, `Tuesday`. */
export function isDayOnly(text: string, reading: DayReading): boolean {
  const found = findWhen(text, reading);
  if (found === undefined) return /^\s*\p{L}{2,}\.?\s*$/u.test(text) && isWeekday(text.trim(), reading);
  const rest = `${text.slice(0, found.start)} ${text.slice(found.end)}`;
  const words = rest.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
  return words.every(word => isWeekday(word, reading));
}

/** What a title is chosen from. */
export interface TitleSource {
  /** Titles from the source, best first. */
  readonly given: readonly (string | undefined)[];
  readonly body: string;
  /** The fallback title: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
  readonly day: Day;
}

/** Picks a title: the best one from the source, else the first sentence of the text outside code. */
export function chooseTitle({ given, body, otherwise, day }: TitleSource, reading: DayReading): string {
  for (const candidate of given) {
    const title = candidate === undefined ? undefined : givenTitle(candidate, reading);
    if (title !== undefined) return title;
  }
  return titleOf(proseOf(body, reading) ?? '') ?? otherwise(day);
}

/** The first meaningful line of the text, without a leading date. Lines that are only a date are skipped. */
function proseOf(body: string, reading: DayReading): string | undefined {
  const isDay = (line: string): boolean =>
    line.length < longest && (isDayOnly(line, reading) || isDayOnly(propertyIn(line)?.value ?? '', reading));
  const text = withoutFront(body);
  const top = topHeading(text);
  const saysNothing = top !== undefined && givenTitle(top.text, reading) === undefined;
  const below = saysNothing ? firstProse(text.slice(top.next), isDay) : undefined;
  const found = below ?? firstProse(text, isDay) ?? firstProse(body, () => false);
  const day = found === undefined ? undefined : findWhen(found, reading);
  return day?.start === 0 ? found?.slice(day.end).replace(/^[\s:,–-]+/, '') || found : found;
}

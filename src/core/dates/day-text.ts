import type { Span } from './calendar-day.ts';

/**
 * How days are said in a language. Forms are in lower case; in patterns `{n}`, `{unit}`, `{weekday}`,
 * `{date}`, `{month}` and `{year}` stand for one word each.
 */
export interface DayNames {
  readonly today: readonly string[];
  readonly yesterday: readonly string[];
  readonly beforeYesterday: readonly string[];
  readonly tomorrow: readonly string[];
  readonly afterTomorrow: readonly string[];
  /** `{n} {unit} ago`; without `{n}` it is one: `last {unit}`, but a month or a year is a period. */
  readonly ago: readonly string[];
  /** A whole month or year that is over: `last {unit}`. */
  readonly lastUnit: readonly string[];
  /** The month or year that today lies in: `this {unit}`. */
  readonly thisUnit: readonly string[];
  /** `{month} {year}` */
  readonly monthYear: readonly string[];
  /** `in {n} {unit}` */
  readonly ahead: readonly string[];
  /** `last {weekday}` */
  readonly last: readonly string[];
  /** `next {weekday}` */
  readonly next: readonly string[];
  /** `{date} {month}` */
  readonly dated: readonly string[];
  /** `{date} {month} {year}` */
  readonly datedYear: readonly string[];
  /** Words that may stand anywhere and mean nothing here: `on`, `the`, `of`. */
  readonly fillers: readonly string[];
  /** Words that may stand behind a day: `morning`, `evening`. */
  readonly partsOfDay: readonly string[];
  /** What follows the number of a date: `th`. */
  readonly ordinals: readonly string[];
  /** By form: how much it is. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, Span>>;
  /** By form: 0 is Sunday. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** By form: 1 is January. */
  readonly months: Readonly<Record<string, number>>;
}

/** A text in lower case, with plain hyphens, without commas and the full stops of `Mar.` and `12.`. */
export function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/,/g, ' ')
    .replace(/(\d)\.\s+(?=\d)/g, '$1.')
    .replace(/(\p{L})\.|(\d)\.(?=\s+\p{L}|\s*$)/gu, '$1$2 ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * A text as it stands, then without words that mean nothing here, then without a part of the day at its end.
 */
export function spellings(text: string, names: DayNames): readonly string[] {
  const said = tidy(text);
  const bare = said.split(' ').filter(word => !names.fillers.includes(word));
  const endsOnPart = bare.length > 1 && names.partsOfDay.includes(bare.at(-1) ?? '');
  return [...new Set([said, bare.join(' '), (endsOnPart ? bare.slice(0, -1) : bare).join(' ')])];
}

/** What stands in the places of each pattern that the text follows; a place takes one word. */
export function matches(
  said: string,
  patterns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  return patterns.flatMap(pattern => {
    const parts = pattern.split(/\{([a-z]+)\}/);
    const regex = parts
      .map((part, at) =>
        at % 2 === 1 ? `(?<${part}>[^\\s,]+)` : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
      )
      .join('');
    const found = new RegExp(`^${regex}$`, 'u').exec(said)?.groups;
    return found === undefined ? [] : [found];
  });
}

/** Gives the first thing that `read` makes of any of them; undefined where it makes nothing of all. */
export function first<T, U>(all: readonly T[], read: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = read(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Gives what a table says of a key; undefined for a name that only every object has. */
export function own<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

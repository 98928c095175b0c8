import type { Span } from './calendar-day.ts';

/**
 * The words and phrases for days in a language, in lower case. In patterns, `{n}`, `{unit}`, `{weekday}`,
 * `{date}`, `{month}` and `{year}` match one word each.
 */
export interface DayNames {
  readonly today: readonly string[];
  readonly yesterday: readonly string[];
  readonly beforeYesterday: readonly string[];
  readonly tomorrow: readonly string[];
  readonly afterTomorrow: readonly string[];
  /** `{n} {unit} ago`, or without `{n}` for one: `last {unit}`. (A month or a year is a period instead.) */
  readonly ago: readonly string[];
  /** The previous month or year: `last {unit}`. */
  readonly lastUnit: readonly string[];
  /** The current month or year: `this {unit}`. */
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
  /** Words to ignore anywhere: `on`, `the`, `of`. */
  readonly fillers: readonly string[];
  /** Words to ignore after a day: `morning`, `evening`. */
  readonly partsOfDay: readonly string[];
  /** Suffixes of a date: `th`. */
  readonly ordinals: readonly string[];
  /** Number words: `three` is 3. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, Span>>;
  /** 0 is Sunday. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** 1 is January. */
  readonly months: Readonly<Record<string, number>>;
}

/** Normalizes a text: lower case, plain hyphens, no commas, no full stops as in `Mar.` and `12.`. */
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
 * Returns the variants of a text to parse: tidied, then without fillers, then without a final part of day.
 */
export function spellings(text: string, names: DayNames): readonly string[] {
  const phrase = tidy(text);
  const bare = phrase.split(' ').filter(word => !names.fillers.includes(word));
  const endsOnPart = bare.length > 1 && names.partsOfDay.includes(bare.at(-1) ?? '');
  return [...new Set([phrase, bare.join(' '), (endsOnPart ? bare.slice(0, -1) : bare).join(' ')])];
}

/** Returns the values of the placeholders for each pattern that matches the text; each value is one word. */
export function matches(
  phrase: string,
  patterns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  return patterns.flatMap(pattern => {
    const parts = pattern.split(/\{([a-z]+)\}/);
    const regex = parts
      .map((part, at) =>
        at % 2 === 1 ? `(?<${part}>[^\\s,]+)` : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
      )
      .join('');
    const found = new RegExp(`^${regex}$`, 'u').exec(phrase)?.groups;
    return found === undefined ? [] : [found];
  });
}

/** Returns the first result of `read` that is not undefined; undefined if there is none. */
export function first<T, U>(all: readonly T[], read: (item: T) => U | undefined): U | undefined {
  for (const item of all) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns a table's own value for a key; undefined for inherited names such as `constructor`. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

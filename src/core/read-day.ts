import type { Day } from './day.ts';
import { addDays, parseDay, weekdayOf } from './day.ts';

/** A length of time as the calendar has it. */
export interface Span {
  readonly days: number;
  readonly months: number;
}

/** How days are said in a language. Forms are in lower case; in patterns `{n}`, `{unit}`, `{weekday}`, `{date}`, `{month}` and `{year}` stand for one word each. */
export interface DayNames {
  readonly today: readonly string[];
  readonly yesterday: readonly string[];
  readonly beforeYesterday: readonly string[];
  readonly tomorrow: readonly string[];
  readonly afterTomorrow: readonly string[];
  /** `{n} {unit} ago` */
  readonly ago: readonly string[];
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
  /** By form: how much it is. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, Span>>;
  /** By form: 0 is Sunday. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** By form: 1 is January. */
  readonly months: Readonly<Record<string, number>>;
}

/**
 * Reads a past day as a person says it: `2026-03-12`, `12 march`, `yesterday`, `3 days ago`, `last tuesday` and `tuesday` (the nearest one
 * before today). A whole day may lie ahead. Undefined when it is anything else: nothing is guessed.
 */
export function readPastDay(text: string, today: Day, names: DayNames): Day | undefined {
  const said = tidy(text);
  const whole = wholeDay(said, names);
  if (whole !== undefined) return whole;
  if (names.today.includes(said)) return today;
  if (names.yesterday.includes(said)) return addDays(today, -1);
  if (names.beforeYesterday.includes(said)) return addDays(today, -2);
  const ago = spanIn(said, names.ago, names);
  if (ago !== undefined) return later(today, { days: -ago.days, months: -ago.months });
  const weekday = weekdayIn(said, names.last, names);
  if (weekday !== undefined) return addDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1));
  return dateIn(said, names, [yearOf(today), yearOf(today) - 1], (day) => day <= today);
}

/**
 * Reads a day ahead: `2026-12-24`, `24 december`, `tomorrow`, `in 3 days`, `next tuesday` and `tuesday` (the nearest one after today). Undefined
 * when it is anything else, and when it is not after today.
 */
export function readDayAhead(text: string, today: Day, names: DayNames): Day | undefined {
  const day = aheadOf(tidy(text), today, names);
  return day !== undefined && day > today ? day : undefined;
}

function aheadOf(said: string, today: Day, names: DayNames): Day | undefined {
  const whole = wholeDay(said, names);
  if (whole !== undefined) return whole;
  if (names.tomorrow.includes(said)) return addDays(today, 1);
  if (names.afterTomorrow.includes(said)) return addDays(today, 2);
  const span = spanIn(said, names.ahead, names);
  if (span !== undefined) return later(today, span);
  const weekday = weekdayIn(said, names.next, names);
  if (weekday !== undefined) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  return dateIn(said, names, [yearOf(today), yearOf(today) + 1], (day) => day > today);
}

/** Gives both days that a text in numbers can mean, `03/04`: the day first, then the month first. Undefined when there are not two. */
export function twoReadings(text: string, today: Day): readonly [Day, Day] | undefined {
  const [one, other] = numberedDays(tidy(text), yearOf(today));
  return one === undefined || other === undefined || one === other ? undefined : [one, other];
}

function tidy(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
}

function wholeDay(said: string, names: DayNames): Day | undefined {
  const exact = parseDay(said);
  if (exact !== undefined) return exact;
  // Without a year "12/24" may be a month of 2024, too.
  const [one, other] = numberedDays(said, undefined);
  if (one !== undefined || other !== undefined) return one === undefined || other === undefined || one === other ? one ?? other : undefined;
  return first(matches(said, names.datedYear), (found) => dayFrom(found['year'], monthOf(found['month'], names), found['date']));
}

/** `24/12/2026`, `24.12.2026`, `24-12-2026`, and without the year when one is given: read with the day first, and with the month first. */
function numberedDays(said: string, year: number | undefined): readonly [Day | undefined, Day | undefined] {
  const found = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?$/.exec(said);
  const its = found?.[4] ?? (year === undefined ? undefined : fourDigits(year));
  if (found === null || its === undefined) return [undefined, undefined];
  return [dayFrom(its, Number(found[3]), found[1]), dayFrom(its, Number(found[1]), found[3])];
}

function dateIn(said: string, names: DayNames, years: readonly number[], fits: (day: Day) => boolean): Day | undefined {
  return first(matches(said, names.dated), (found) => years.map((year) => dayFrom(fourDigits(year), monthOf(found['month'], names), found['date'])).find((day) => day !== undefined && fits(day)));
}

function dayFrom(year: string | undefined, month: number | undefined, date: string | undefined): Day | undefined {
  if (year === undefined || month === undefined || date === undefined || !/^\d{1,2}$/.test(date)) return undefined;
  return parseDay(`${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`);
}

function spanIn(said: string, patterns: readonly string[], names: DayNames): Span | undefined {
  return first(matches(said, patterns), (found) => {
    const unit = own(names.units, found['unit']);
    const number = found['n'] ?? '';
    const count = /^\d{1,4}$/.test(number) ? Number(number) : own(names.numbers, number);
    return unit === undefined || count === undefined ? undefined : { days: unit.days * count, months: unit.months * count };
  });
}

function weekdayIn(said: string, patterns: readonly string[], { weekdays }: DayNames): number | undefined {
  return own(weekdays, said) ?? first(matches(said, patterns), (found) => own(weekdays, found['weekday']));
}

function monthOf(name: string | undefined, { months }: DayNames): number | undefined {
  return own(months, name);
}

/** What stands in the places of each pattern that the text follows; a place takes one word. */
function matches(said: string, patterns: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return patterns.flatMap((pattern) => {
    const parts = pattern.split(/\{([a-z]+)\}/);
    const regex = parts.map((part, at) => (at % 2 === 1 ? `(?<${part}>[^\\s,]+)` : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))).join('');
    const found = new RegExp(`^${regex}$`, 'u').exec(said)?.groups;
    return found === undefined ? [] : [found];
  });
}

function first<T, U>(all: readonly T[], read: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = read(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A month later is the same date, or the last one of a shorter month. Undefined beyond the years that have four digits. */
function later(day: Day, { days, months }: Span): Day | undefined {
  if (months === 0) return parseDay(addDays(day, days));
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, name] = [Math.floor(month / 12), (month % 12) + 1];
  for (let date = Number(day.slice(8, 10)); date >= 28; date--) {
    const found = dayFrom(fourDigits(year), name, String(date));
    if (found !== undefined) return found;
  }
  return dayFrom(fourDigits(year), name, day.slice(8, 10));
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

function own<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

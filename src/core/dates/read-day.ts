import type { Day } from './day.ts';
import { dayFrom, later, monthFrom, numberedDays, yearFirst, yearOf, type Span } from './calendar-day.ts';
import { addDays, parseDay, weekdayOf } from './day.ts';
import { first, matches, ownValue, spellings, tidy } from './day-text.ts';
import type { DayNames } from './day-text.ts';
import { periodIn } from './period.ts';

export type { DayNames } from './day-text.ts';

/** Whether to look into the past or the future for a day without a year, a weekday or a date alone. */
interface Direction {
  readonly fits: (day: Day) => boolean;
  /** The years to try, nearest first. */
  readonly years: readonly number[];
  /** The months to try for a date without a month, relative to this month, nearest first. */
  readonly months: readonly number[];
  readonly today: Day;
}

/**
 * Parses a past day as a person writes it: `2026-03-12`, `12 march`, `Thu 12th of March`, `yesterday
 * evening`, `3 days ago`, `last week`, `last tuesday` and `tuesday` (the nearest one before today). A day
 * with its year may be in the future. Returns undefined for anything else, and never guesses.
 */
export function readPastDay(text: string, today: Day, names: DayNames): Day | undefined {
  return firstReading(text, names, phrase => {
    if (names.today.includes(phrase)) return today;
    if (names.yesterday.includes(phrase)) return addDays(today, -1);
    if (names.beforeYesterday.includes(phrase)) return addDays(today, -2);
    if (periodIn(phrase, today, names) !== undefined) return undefined;
    const ago = spanIn(phrase, names.ago, names);
    if (ago !== undefined) return later(today, { days: -ago.days, months: -ago.months });
    const weekday = weekdayIn(phrase, names.last, names);
    if (weekday !== undefined) return addDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1));
    return datedDay(phrase, names, past(today));
  });
}

/**
 * Parses a future day: `2026-12-24`, `24 december`, `tomorrow`, `in 3 days`, `next week`, `next tuesday` and
 * `tuesday` (the nearest one after today). Returns undefined for anything else, and for a day that is not
 * after today.
 */
export function readDayAhead(text: string, today: Day, names: DayNames): Day | undefined {
  const day = firstReading(text, names, phrase => {
    if (names.tomorrow.includes(phrase)) return addDays(today, 1);
    if (names.afterTomorrow.includes(phrase)) return addDays(today, 2);
    const span = spanIn(phrase, names.ahead, names);
    if (span !== undefined) return later(today, span);
    const weekday = weekdayIn(phrase, names.next, names);
    if (weekday !== undefined) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
    return datedDay(phrase, names, ahead(today));
  });
  return day !== undefined && day > today ? day : undefined;
}

/** Returns the day that a text names with the wrong weekday, such as `Fri 12 March` if that is a Thursday. */
export function dayOfOtherWeekday(text: string, today: Day, names: DayNames): Day | undefined {
  return first(spellings(text, names), phrase => {
    const dated = withoutWeekday(phrase, names);
    if (dated === undefined) return undefined;
    const { rest } = dated;
    const day =
      wholeDay(rest, names) ?? dateIn(rest, names, past(today)) ?? dateIn(rest, names, ahead(today));
    return day !== undefined && weekdayOf(day) === dated.weekday ? undefined : day;
  });
}

function past(today: Day): Direction {
  const year = yearOf(today);
  return { fits: day => day <= today, years: [year, year - 1], months: [0, -1, -2], today };
}

function ahead(today: Day): Direction {
  const year = yearOf(today);
  return { fits: day => day > today, years: [year, year + 1], months: [0, 1, 2], today };
}

/**
 * Returns both days that an ambiguous date such as `03/04` can mean: read day first, then month first.
 * Undefined if the text is not ambiguous.
 */
export function twoReadings(text: string, today: Day): readonly [Day, Day] | undefined {
  const [dayFirst, monthFirst] = numberedDays(tidy(text), yearOf(today));
  return dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst
    ? undefined
    : [dayFirst, monthFirst];
}

type Reading = (phrase: string) => Day | undefined;

function firstReading(text: string, names: DayNames, read: Reading): Day | undefined {
  return first(spellings(text, names), phrase => wholeDay(phrase, names) ?? read(phrase));
}

/** Parses a day with its year. A weekday before or after it must be the right one. */
function wholeDay(phrase: string, names: DayNames): Day | undefined {
  const exact = parseDay(phrase) ?? yearFirst(phrase);
  if (exact !== undefined) return exact;
  // No default year, because "12/24" may also mean December 2024.
  const [dayFirst, monthFirst] = numberedDays(phrase);
  if (dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst) return undefined;
  const numbered = dayFirst ?? monthFirst;
  if (numbered !== undefined) return numbered;
  const dated = first(matches(phrase, names.datedYear), found => {
    return dayFrom({ year: found['year'], ...dateAndMonth(found, names) });
  });
  if (dated !== undefined) return dated;
  const { weekday, rest } = withoutWeekday(phrase, names) ?? {};
  const day = rest === undefined ? undefined : wholeDay(rest, names);
  return day !== undefined && weekdayOf(day) === weekday ? day : undefined;
}

interface WithWeekday {
  readonly weekday: number;
  readonly rest: string;
}

/** Splits off a weekday at the start or end of a text. Returns undefined without one, or if it is all. */
function withoutWeekday(phrase: string, { weekdays }: DayNames): WithWeekday | undefined {
  const space = [phrase.indexOf(' '), phrase.lastIndexOf(' ')] as const;
  if (space[0] < 0) return undefined;
  const before = ownValue(weekdays, phrase.slice(0, space[0]));
  if (before !== undefined) return { weekday: before, rest: phrase.slice(space[0] + 1) };
  const after = ownValue(weekdays, phrase.slice(space[1] + 1));
  return after === undefined ? undefined : { weekday: after, rest: phrase.slice(0, space[1]) };
}

/** Parses a date without its year. If it has a weekday, picks the year in which they match. */
function datedDay(phrase: string, names: DayNames, direction: Direction): Day | undefined {
  const day = dateIn(phrase, names, direction);
  if (day !== undefined) return day;
  const { weekday, rest } = withoutWeekday(phrase, names) ?? {};
  if (rest === undefined) return undefined;
  const fits = (found: Day): boolean => direction.fits(found) && weekdayOf(found) === weekday;
  return dateIn(rest, names, { ...direction, fits });
}

/** Parses `12 march`, in the nearest year that fits, or `12th`, in the nearest month that fits. */
function dateIn(phrase: string, names: DayNames, { fits, years, months, today }: Direction): Day | undefined {
  const isFit = (day: Day | undefined): day is Day => day !== undefined && fits(day);
  const inYear = first(matches(phrase, names.dated), found => {
    return years.map(year => dayFrom({ year, ...dateAndMonth(found, names) })).find(isFit);
  });
  const date = dateOf(phrase, names);
  if (inYear !== undefined || date === phrase) return inYear;
  return months.map(away => dayFrom({ ...monthFrom(today, away), date })).find(isFit);
}

/** Removes the ordinal suffix of a date: `12th` becomes `12`. */
function dateOf(phrase: string | undefined, { ordinals }: DayNames): string | undefined {
  const suffix =
    phrase === undefined ? undefined : ordinals.find(ordinal => ordinal !== '' && phrase.endsWith(ordinal));
  return suffix === undefined ? phrase : phrase?.slice(0, -suffix.length);
}

function spanIn(phrase: string, patterns: readonly string[], names: DayNames): Span | undefined {
  return first(matches(phrase, patterns), found => {
    const unit = ownValue(names.units, found['unit']);
    const count = found['n'] === undefined ? 1 : numberOf(found['n'], names);
    return unit === undefined || count === undefined
      ? undefined
      : { days: unit.days * count, months: unit.months * count };
  });
}

function numberOf(phrase: string, { numbers }: DayNames): number | undefined {
  return /^\d{1,4}$/.test(phrase) ? Number(phrase) : ownValue(numbers, phrase);
}

function weekdayIn(phrase: string, patterns: readonly string[], { weekdays }: DayNames): number | undefined {
  return (
    ownValue(weekdays, phrase) ??
    first(matches(phrase, patterns), found => ownValue(weekdays, found['weekday']))
  );
}

function dateAndMonth(
  { date, month }: Readonly<Record<string, string>>,
  names: DayNames,
): { readonly date: string | undefined; readonly month: number | undefined } {
  return { date: dateOf(date, names), month: ownValue(names.months, month) };
}

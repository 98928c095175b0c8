import type { Day } from './day.ts';
import { addDays, parseDay } from './day.ts';

/** A length of time in calendar units. */
export interface Span {
  readonly days: number;
  readonly months: number;
}

const yearMonthDate = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const timeBehind = /^(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z| ?[+-]\d{2}:?\d{2})?)?$/;

/**
 * Parses `2026-3-12`, `2026/03/12` and `2026.03.12`, optionally followed by a time, and `20260312`. Returns
 * undefined for anything else.
 */
export function yearFirst(phrase: string): Day | undefined {
  const found = yearMonthDate.exec(phrase);
  if (found !== null) {
    if (!timeBehind.test(phrase.slice(found[0].length))) return undefined;
    return dayFrom({ year: found[1], month: Number(found[3]), date: found[4] });
  }
  const joined = /^(\d{4})(\d{2})(\d{2})$/.exec(phrase);
  if (joined === null) return undefined;
  return dayFrom({ year: joined[1], month: Number(joined[2]), date: joined[3] });
}

/**
 * Parses `24/12/2026`, `24.12.2026` or `24-12-2026`, or the same without a year if `year` is given. Returns
 * the day-first and the month-first reading, each undefined if there is no such day.
 */
export function numberedDays(phrase: string, year?: number): readonly [Day | undefined, Day | undefined] {
  const found = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?$/.exec(phrase);
  if (found === null) return [undefined, undefined];
  const [, first, , second] = found;
  const inYear = found[4] ?? year;
  return [
    dayFrom({ year: inYear, month: Number(second), date: first }),
    dayFrom({ year: inYear, month: Number(first), date: second }),
  ];
}

/** The parts of a day: a year with four digits, the month (1 is January), a date with one or two digits. */
interface DayParts {
  readonly year: string | number | undefined;
  readonly month: number | undefined;
  readonly date: string | number | undefined;
}

/** Builds a day from its parts. Returns undefined if a part is missing or the day does not exist. */
export function dayFrom({ year, month, date }: DayParts): Day | undefined {
  if (year === undefined || month === undefined || !/^\d{1,2}$/.test(String(date))) return undefined;
  const fourDigits = typeof year === 'number' ? String(year).padStart(4, '0') : year;
  return parseDay(`${fourDigits}-${twoDigits(month)}-${twoDigits(date)}`);
}

/**
 * Adds a span to a day. Adding months keeps the date, or uses the last day of a shorter month. Returns
 * undefined outside the years 0 to 9999.
 */
export function later(day: Day, { days, months }: Span): Day | undefined {
  if (months === 0) return parseDay(addDays(day, days));
  const { year, month } = monthFrom(day, months);
  for (let date = Number(day.slice(8, 10)); date >= 28; date--) {
    const found = dayFrom({ year, month, date });
    if (found !== undefined) return found;
  }
  return dayFrom({ year, month, date: day.slice(8, 10) });
}

/** Returns the month that is `away` months after the month of a day; 1 is January. */
export function monthFrom(day: Day, away: number): { readonly year: number; readonly month: number } {
  const all = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + away;
  return { year: Math.floor(all / 12), month: (all % 12) + 1 };
}

/** Returns the year of a day. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function twoDigits(number: string | number | undefined): string {
  return String(number).padStart(2, '0');
}

import type { Day } from './day.ts';
import { addDays, parseDay } from './day.ts';

/** A length of time as the calendar has it. */
export interface Span {
  readonly days: number;
  readonly months: number;
}

const yearMonthDate = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const timeBehind = /^(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z| ?[+-]\d{2}:?\d{2})?)?$/;

/** Reads `2026-3-12`, `2026/03/12`, `2026.03.12`, also with a time behind, and `20260312`; else undefined. */
export function yearFirst(said: string): Day | undefined {
  const found = yearMonthDate.exec(said);
  if (found !== null) {
    if (!timeBehind.test(said.slice(found[0].length))) return undefined;
    return dayFrom({ year: found[1], month: Number(found[3]), date: found[4] });
  }
  const joined = /^(\d{4})(\d{2})(\d{2})$/.exec(said);
  if (joined === null) return undefined;
  return dayFrom({ year: joined[1], month: Number(joined[2]), date: joined[3] });
}

/**
 * Reads `24/12/2026`, `24.12.2026`, `24-12-2026`, and without the year when one is given: with the day first,
 * and with the month first. Undefined where there is no such day.
 */
export function numberedDays(said: string, year?: number): readonly [Day | undefined, Day | undefined] {
  const found = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?$/.exec(said);
  if (found === null) return [undefined, undefined];
  const [, first, , second] = found;
  const inYear = found[4] ?? year;
  return [
    dayFrom({ year: inYear, month: Number(second), date: first }),
    dayFrom({ year: inYear, month: Number(first), date: second }),
  ];
}

/**
 * The parts of a day as they are said: the year with four digits, 1 for January, one or two digits of the
 * date.
 */
interface DayParts {
  readonly year: string | number | undefined;
  readonly month: number | undefined;
  readonly date: string | number | undefined;
}

/** Puts a day together; undefined when a part is missing or there is no such day. */
export function dayFrom({ year, month, date }: DayParts): Day | undefined {
  if (year === undefined || month === undefined || !/^\d{1,2}$/.test(String(date))) return undefined;
  const fourDigits = typeof year === 'number' ? String(year).padStart(4, '0') : year;
  return parseDay(`${fourDigits}-${twoDigits(month)}-${twoDigits(date)}`);
}

/**
 * The day that lies a span later: after a month the same date, or the last one of a shorter month. Undefined
 * beyond the year 9999.
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

/** The month that is `away` months after that of a day; 1 is January. */
export function monthFrom(day: Day, away: number): { readonly year: number; readonly month: number } {
  const all = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + away;
  return { year: Math.floor(all / 12), month: (all % 12) + 1 };
}

/** The year of a day. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function twoDigits(number: string | number | undefined): string {
  return String(number).padStart(2, '0');
}

import { dayFrom, later, monthFrom, yearOf } from './calendar-day.ts';
import type { Day } from './day.ts';
import { addDays } from './day.ts';
import { first, matches, ownValue, spellings } from './day-text.ts';
import type { DayNames } from './day-text.ts';

/** The first and the last day of a month or a year. */
export interface Period {
  readonly first: Day;
  readonly last: Day;
}

/**
 * Parses a whole month or year: `last month`, `this year`, `march 2026`, or `march`, the most recent one that
 * has started. Returns undefined for anything else.
 */
export function readPeriod(text: string, today: Day, names: DayNames): Period | undefined {
  return first(spellings(text, names), phrase => periodIn(phrase, today, names));
}

/** Does the same as `readPeriod`, for a text that `tidy` has normalized. */
export function periodIn(phrase: string, today: Day, names: DayNames): Period | undefined {
  const unitIn = (patterns: readonly string[]): number | undefined =>
    first(matches(phrase, patterns), ({ unit }) => ownValue(names.units, unit)?.months);
  const lastUnit = unitIn(names.lastUnit);
  if (lastUnit !== undefined && lastUnit > 0) return periodFrom(monthFrom(today, -lastUnit), lastUnit);
  const thisUnit = unitIn(names.thisUnit);
  if (thisUnit !== undefined && thisUnit > 0) return periodFrom(monthFrom(today, 0), thisUnit);
  const named = first(matches(phrase, names.monthYear), found => {
    const month = ownValue(names.months, found['month']);
    return month === undefined || !/^\d{4}$/.test(found['year'] ?? '')
      ? undefined
      : { year: Number(found['year']), month };
  });
  if (named !== undefined) return periodFrom(named, 1);
  const month = ownValue(names.months, phrase);
  if (month === undefined) return undefined;
  const hasBegun = month <= Number(today.slice(5, 7));
  return periodFrom({ year: yearOf(today) - (hasBegun ? 0 : 1), month }, 1);
}

/** Returns the month, or with 12 `months` its whole year; undefined outside the calendar. */
function periodFrom(
  { year, month }: { readonly year: number; readonly month: number },
  months: number,
): Period | undefined {
  const begin = dayFrom({ year, month: months === 12 ? 1 : month, date: 1 });
  const next = begin === undefined ? undefined : later(begin, { days: 0, months });
  return begin === undefined || next === undefined ? undefined : { first: begin, last: addDays(next, -1) };
}

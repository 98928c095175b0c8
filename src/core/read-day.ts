import type { Day } from './day.ts';
import { addDays, parseDay, weekdayOf } from './day.ts';

/** How days are named in a language: the words a person may type. All in lower case. */
export interface DayNames {
  readonly today: string;
  readonly yesterday: string;
  readonly tomorrow: string;
  readonly next: string;
  readonly in: string;
  readonly last: string;
  readonly ago: string;
  readonly units: Readonly<Record<string, number>>;
  /** Sunday first; each with its short forms. */
  readonly weekdays: readonly (readonly string[])[];
}

export const englishDays: DayNames = {
  today: 'today',
  yesterday: 'yesterday',
  tomorrow: 'tomorrow',
  next: 'next',
  in: 'in',
  last: 'last',
  ago: 'ago',
  units: { day: 1, days: 1, week: 7, weeks: 7 },
  weekdays: [['sunday', 'sun'], ['monday', 'mon'], ['tuesday', 'tue', 'tues'], ['wednesday', 'wed'], ['thursday', 'thu', 'thurs'], ['friday', 'fri'], ['saturday', 'sat']],
};

/**
 * Reads a past day as a person says it: `2026-03-12`, `today`, `yesterday`, `3 days ago`, `a week ago`, `tuesday` and
 * `last tuesday` (the nearest one before today). Undefined when it is anything else: nothing is guessed.
 */
export function readPastDay(text: string, today: Day, names: DayNames = englishDays): Day | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const exact = parseDay(said);
  if (exact !== undefined) return exact;
  if (said === names.today) return today;
  if (said === names.yesterday) return addDays(today, -1);
  const ago = /^(\d{1,4}|a|one) ([a-z]+) ([a-z]+)$/.exec(said);
  if (ago !== null && ago[3] === names.ago) {
    const unit = unitOf(ago[2], names);
    const count = Number(ago[1]);
    return unit === undefined ? undefined : addDays(today, -unit * (Number.isNaN(count) ? 1 : count));
  }
  const name = said.startsWith(`${names.last} `) ? said.slice(names.last.length + 1) : said;
  const weekday = names.weekdays.findIndex((forms) => forms.includes(name));
  if (weekday < 0) return undefined;
  const back = (weekdayOf(today) - weekday + 7) % 7;
  return addDays(today, -(back === 0 ? 7 : back));
}

/**
 * Reads a day ahead: `2026-03-12`, `tomorrow`, `in 3 days`, `in two weeks` as `in 2 weeks`, `tuesday` and `next tuesday` (the nearest one
 * after today). Undefined when it is anything else, and when it is not after today.
 */
export function readDayAhead(text: string, today: Day, names: DayNames = englishDays): Day | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const day = parseDay(said) ?? (said === names.tomorrow ? addDays(today, 1) : aheadInWords(said, today, names));
  return day !== undefined && day > today ? day : undefined;
}

function aheadInWords(said: string, today: Day, names: DayNames): Day | undefined {
  const span = /^([a-z]+) (\d{1,4}|a|one) ([a-z]+)$/.exec(said);
  if (span !== null && span[1] === names.in) {
    const unit = unitOf(span[3], names);
    const count = Number(span[2]);
    return unit === undefined ? undefined : addDays(today, unit * (Number.isNaN(count) ? 1 : count));
  }
  const name = said.startsWith(`${names.next} `) ? said.slice(names.next.length + 1) : said;
  const weekday = names.weekdays.findIndex((forms) => forms.includes(name));
  return weekday < 0 ? undefined : addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
}

function unitOf(name: string | undefined, { units }: DayNames): number | undefined {
  return name !== undefined && Object.hasOwn(units, name) ? units[name] : undefined;
}

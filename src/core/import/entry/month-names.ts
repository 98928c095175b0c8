import type { DayReading } from './entry.ts';

/** Exports use the language of the machine they were made on. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs'];

interface Names {
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlySet<string>;
}

let foreign: Names | undefined;

/**
 * Returns the number of a month (1 is January) by its full or short name, in the person's language or
 * another.
 */
export function monthNumber(name: string, { months }: DayReading): number | undefined {
  const key = tidy(name);
  if (Object.hasOwn(months, key)) return months[key];
  foreign ??= foreignNames();
  return foreign.months.get(key);
}

/** Whether a word is a weekday, in the person's language or another. */
export function isWeekday(name: string, { weekdays }: DayReading): boolean {
  const key = tidy(name);
  if (Object.hasOwn(weekdays, key)) return true;
  foreign ??= foreignNames();
  return foreign.weekdays.has(key);
}

function foreignNames(): Names {
  const months = new Map<string, number>();
  const weekdays = new Set<string>();
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      // Formatted with a day, because some languages inflect the month then.
      const written = new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month: style,
        weekday: style,
        timeZone: 'UTC',
      });
      for (let at = 0; at < 12; at++) {
        for (const { type, value } of written.formatToParts(Date.UTC(2024, at, 1 + (at % 7)))) {
          if (type === 'month' && !months.has(tidy(value))) months.set(tidy(value), at + 1);
        }
      }
      for (let at = 0; at < 7; at++) {
        for (const { type, value } of written.formatToParts(Date.UTC(2024, 0, 1 + at))) {
          if (type === 'weekday') weekdays.add(tidy(value));
        }
      }
    }
  }
  return { months, weekdays };
}

function tidy(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\.$/, '');
}

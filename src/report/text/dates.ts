import type { Day } from '../../core/dates/day.ts';
import { weekdayOf } from '../../core/dates/day.ts';
import type { Words } from '../../world/world.ts';

/** Returns a day as "12 Mar", with the year if it is not today's. */
export function shortDay(day: Day, today: Day, words: Words): string {
  const { date, month, year } = partsOf(day);
  const params = { date, month: words(`dates.months_short.${month}`), year };
  return words(day.slice(0, 4) === today.slice(0, 4) ? 'dates.short' : 'dates.short_year', params);
}

/** Returns a day as "Thu 12 March", with the year if it is not today's. */
export function longDay(day: Day, today: Day, words: Words): string {
  const { date, month, year } = partsOf(day);
  const params = {
    date,
    month: words(`dates.months.${month}`),
    year,
    weekday: words(`dates.weekdays.${weekdayOf(day)}`),
  };
  return words(day.slice(0, 4) === today.slice(0, 4) ? 'dates.long' : 'dates.long_year', params);
}

/** Returns a day as "Thu 12 March 2026", always with the year, for documents that are read years later. */
export function fullDay(day: Day, words: Words): string {
  const { date, month, year } = partsOf(day);
  return words('dates.long_year', {
    date,
    month: words(`dates.months.${month}`),
    year,
    weekday: words(`dates.weekdays.${weekdayOf(day)}`),
  });
}

/** Returns a day as "12 March". */
export function plainDay(day: Day, words: Words): string {
  const { date, month } = partsOf(day);
  return words('dates.plain', { date, month: words(`dates.months.${month}`) });
}

/** Returns a day as "12 March", with the year if it is not today's. */
export function dayInSentence(day: Day, today: Day, words: Words): string {
  const { date, month, year } = partsOf(day);
  const key = day.slice(0, 4) === today.slice(0, 4) ? 'dates.plain' : 'dates.plain_year';
  return words(key, { date, month: words(`dates.months.${month}`), year });
}

/** Returns an age in words: in days below four weeks, then in weeks, months, or years. */
export function ageWords(days: number, words: Words): string {
  if (days < 0) return words('dates.age.ahead');
  if (days === 0) return words('dates.age.today');
  if (days < 28) return words('dates.age.days', { n: days });
  if (days < 84) return words('dates.age.weeks', { n: Math.floor(days / 7) });
  if (days < 730) return words('dates.age.months', { n: Math.floor(days / 30.44) });
  return words('dates.age.years', { n: Math.floor(days / 365) });
}

function partsOf(day: Day): { readonly date: number; readonly month: number; readonly year: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) };
}

import type { DayNames } from '../../core/dates/read-day.ts';
import type { Words } from '../../world/world.ts';

const units = {
  day: { days: 1, months: 0 },
  week: { days: 7, months: 0 },
  fortnight: { days: 14, months: 0 },
  month: { days: 0, months: 1 },
  year: { days: 0, months: 12 },
} as const;
const placeholders = {
  n: '{n}',
  unit: '{unit}',
  weekday: '{weekday}',
  date: '{date}',
  month: '{month}',
  year: '{year}',
};

/** Collects the names of days in the language of the words. */
export function dayNames(words: Words): DayNames {
  const forms = (text: string): readonly string[] => text.split('|');
  const table = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
    Object.fromEntries(entries.flatMap(([text, value]) => forms(text).map(form => [form, value] as const)));
  const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
  return {
    today: forms(words('dates.said.today')),
    yesterday: forms(words('dates.said.yesterday')),
    beforeYesterday: forms(words('dates.said.before_yesterday')),
    tomorrow: forms(words('dates.said.tomorrow')),
    afterTomorrow: forms(words('dates.said.after_tomorrow')),
    ago: forms(words('dates.said.ago', placeholders)),
    lastUnit: forms(words('dates.said.last_unit', placeholders)),
    thisUnit: forms(words('dates.said.this_unit', placeholders)),
    monthYear: forms(words('dates.said.month_year', placeholders)),
    ahead: forms(words('dates.said.ahead', placeholders)),
    last: forms(words('dates.said.last', placeholders)),
    next: forms(words('dates.said.next', placeholders)),
    dated: forms(words('dates.said.dated', placeholders)),
    datedYear: forms(words('dates.said.dated_year', placeholders)),
    fillers: forms(words('dates.said.fillers')),
    partsOfDay: forms(words('dates.said.parts_of_day')),
    ordinals: forms(words('dates.said.ordinals')),
    numbers: table(upTo(12).map(at => [words(`dates.said.numbers.${at + 1}`), at + 1])),
    units: table(Object.entries(units).map(([unit, span]) => [words(`dates.said.units.${unit}`), span])),
    weekdays: table(upTo(7).map(at => [words(`dates.said.weekdays.${at}`), at])),
    months: table(upTo(12).map(at => [words(`dates.said.months.${at + 1}`), at + 1])),
  };
}

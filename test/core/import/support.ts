import type { DayReading } from '../../../src/core/import/entry/entry.ts';
import { zoneNamed } from '../../../src/core/import/entry/zones.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Returns a reader of days for a machine in a zone, by default New York. */
export function readingIn(zone = 'America/New_York', order?: DayReading['order']): DayReading {
  const found = zoneNamed(zone);
  if (found === undefined) throw new Error(`no zone: ${zone}`);
  return {
    zone: found,
    order,
    months: Object.fromEntries(
      months.flatMap((name, at) => [
        [name, at + 1],
        [name.slice(0, 3), at + 1],
      ]),
    ),
    weekdays: Object.fromEntries(
      weekdays.flatMap((name, at) => [
        [name, at],
        [name.slice(0, 3), at],
      ]),
    ),
  };
}

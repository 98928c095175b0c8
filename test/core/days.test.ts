import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, parseDay, parseInstant, weekdayOf } from '../../src/core/day.ts';
import { readDayAhead, readPastDay } from '../../src/core/read-day.ts';
import { dayOf } from './support.ts';

const anyDay = fc.date({ min: new Date('0020-01-01'), max: new Date('9980-12-31'), noInvalidDate: true }).map((date) => dayOf(date.toISOString().slice(0, 10)));

describe('a day', () => {
  it.each(['2026-03-12', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (text) => {
    expect(parseDay(text)).toBe(text);
  });

  it.each(['2026-02-29', '1900-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-2', '26-01-02', '2026/01/02', '2026-01-02T00:00', ' 2026-01-02', '２０２６-01-02', '2026-01-0a', '-026-01-02', ''])('"%s" is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('is one exactly when the calendar has it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, date) => {
      const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
      const at = new Date(0);
      at.setUTCFullYear(year, month - 1, date);
      expect(parseDay(text) !== undefined).toBe(at.getUTCMonth() === month - 1 && at.getUTCDate() === date);
    }), { numRuns: 2000 });
  });

  it('comes back when as many days are added as lie between', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
      const other = addDays(day, days);
      expect(daysBetween(day, other)).toBe(days);
      expect(addDays(other, -days)).toBe(day);
      expect(Math.abs((weekdayOf(other) - weekdayOf(day) - days) % 7)).toBe(0);
    }));
  });

  it('is a Thursday when the calendar says so', () => {
    expect(weekdayOf(dayOf('2026-03-12'))).toBe(4);
    expect(weekdayOf(dayOf('2026-03-15'))).toBe(0);
  });
});

describe('an instant', () => {
  it.each(['2026-03-12T19:04:55-05:00', '2026-03-12T19:04:55.120-05:00', '2026-03-12T19:04:55Z'])('%s is one, kept as it is', (text) => {
    expect(parseInstant(text)).toBe(text);
  });

  it.each(['2026-03-12T19:04:55', '2026-02-30T19:04:55Z', '2026-03-12 19:04:55Z', '2026-03-12', '2026-03-12T29:04:55Z', '2026-03-12T19:64:55Z', '2026-03-12T19:04:55+99:00'])('%s is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

// A Thursday.
const today = dayOf('2026-03-12');

describe('a past day, as it is said', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['2026-03-01', '2026-03-01'], ['2027-01-01', '2027-01-01'], ['today', '2026-03-12'], ['Yesterday', '2026-03-11'], ['  YESTERDAY ', '2026-03-11'],
    ['3 days ago', '2026-03-09'], ['1 day ago', '2026-03-11'], ['0 days ago', '2026-03-12'], ['a day ago', '2026-03-11'], ['one week ago', '2026-03-05'], ['a week ago', '2026-03-05'], ['2  weeks   ago', '2026-02-26'],
    ['tuesday', '2026-03-10'], ['tue', '2026-03-10'], ['last tuesday', '2026-03-10'], ['Last Tues', '2026-03-10'], ['last thursday', '2026-03-05'], ['thursday', '2026-03-05'], ['last friday', '2026-03-06'], ['wednesday', '2026-03-11'],
    ['03/04', undefined], ['3/4/2026', undefined], ['next week', undefined], ['last week', undefined], ['tomorrow', undefined], ['day after tomorrow', undefined], ['next tuesday', undefined], ['the 3rd', undefined],
    ['2026-02-30', undefined], ['2026-3-1', undefined], ['ago', undefined], ['3 moons ago', undefined], ['-3 days ago', undefined], ['3 days', undefined], ['in 3 days', undefined], ['last', undefined], ['last last tuesday', undefined],
    ['constructor', undefined], ['1 constructor ago', undefined], ['', undefined], ['12 March', undefined],
  ];
  it.each(rows)('"%s" is %s', (said, day) => {
    expect(readPastDay(said, today)).toBe(day);
  });

  it('last sunday, said on a Sunday, is the one a week before', () => {
    expect(readPastDay('last sunday', dayOf('2026-03-15'))).toBe('2026-03-08');
    expect(readPastDay('sunday', dayOf('2026-03-15'))).toBe('2026-03-08');
  });

  it('goes over months, leap days and years', () => {
    expect(readPastDay('yesterday', dayOf('2024-03-01'))).toBe('2024-02-29');
    expect(readPastDay('3 days ago', dayOf('2026-01-01'))).toBe('2025-12-29');
  });
});

describe('a day ahead, as it is said', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['2026-03-13', '2026-03-13'], ['tomorrow', '2026-03-13'], ['in 3 days', '2026-03-15'], ['in a week', '2026-03-19'], ['In 2 Weeks', '2026-03-26'], ['friday', '2026-03-13'], ['next friday', '2026-03-13'],
    ['thursday', '2026-03-19'], ['next thu', '2026-03-19'], ['wednesday', '2026-03-18'],
    ['2026-03-12', undefined], ['2026-03-11', undefined], ['today', undefined], ['yesterday', undefined], ['in 0 days', undefined], ['last friday', undefined], ['3 days ago', undefined], ['next week', undefined],
    ['day after tomorrow', undefined], ['in two weeks', undefined], ['in 1 constructor', undefined], ['2026-02-30', undefined], ['', undefined],
  ];
  it.each(rows)('"%s" is %s', (said, day) => {
    expect(readDayAhead(said, today)).toBe(day);
  });

  it('lies ahead, whatever is said; a past one never does when it is said in words', () => {
    const said = fc.constantFrom('tomorrow', 'in 3 days', 'in a week', 'friday', 'next mon', 'yesterday', 'last tue', '3 days ago', 'sun', 'today');
    fc.assert(fc.property(said, anyDay, (text, day) => {
      expect(daysBetween(day, readDayAhead(text, day) ?? addDays(day, 1))).toBeGreaterThan(0);
      expect(daysBetween(day, readPastDay(text, day) ?? day)).toBeLessThanOrEqual(0);
    }));
  });
});

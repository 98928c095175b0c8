import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, parseDay, parseInstant, weekdayOf } from '../../../src/core/dates/day.ts';
import { dayNames } from '../../../src/cli/options/day-names.ts';
import { fullDay, longDay, shortDay } from '../../../src/report/text/dates.ts';
import {
  dayOfOtherWeekday,
  readDayAhead as readAhead,
  readPastDay as readPast,
  twoReadings,
} from '../../../src/core/dates/read-day.ts';
import { readPeriod as periodOf, type Period } from '../../../src/core/dates/period.ts';
import { nearDays } from '../../../src/core/dates/near-day.ts';
import type { Day } from '../../../src/core/dates/day.ts';
import { words } from '../../report/support.ts';
import { dayOf } from '../support.ts';

const names = dayNames(words);
const readPastDay = (text: string, today: Day): Day | undefined => readPast(text, today, names);
const readDayAhead = (text: string, today: Day): Day | undefined => readAhead(text, today, names);

const readPeriod = (text: string, now: Day): Period | undefined => periodOf(text, now, names);
const nearTo = (text: string, now: Day): readonly string[] =>
  nearDays(text, names, said => readPastDay(said, now) ?? readDayAhead(said, now)).map(
    ({ said, day }) => `${said} ${day}`,
  );

const anyDay = fc
  .date({ min: new Date('0020-01-01'), max: new Date('9980-12-31'), noInvalidDate: true })
  .map(date => dayOf(date.toISOString().slice(0, 10)));

describe('a day', () => {
  it.each(['2026-03-12', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('accepts %s', text => {
    expect(parseDay(text)).toBe(text);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-2',
    '26-01-02',
    '2026/01/02',
    '2026-01-02T00:00',
    ' 2026-01-02',
    '２０２６-01-02',
    '2026-01-0a',
    '-026-01-02',
    '',
  ])('"%s" is none', text => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('accepts exactly the days of the calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, date) => {
          const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
          const at = new Date(0);
          at.setUTCFullYear(year, month - 1, date);
          expect(parseDay(text) !== undefined).toBe(
            at.getUTCMonth() === month - 1 && at.getUTCDate() === date,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is reached by adding the days between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        const other = addDays(day, days);
        expect(daysBetween(day, other)).toBe(days);
        expect(addDays(other, -days)).toBe(day);
        expect(Math.abs((weekdayOf(other) - weekdayOf(day) - days) % 7)).toBe(0);
      }),
    );
  });

  it('has the weekday of the calendar', () => {
    expect(weekdayOf(dayOf('2026-03-12'))).toBe(4);
    expect(weekdayOf(dayOf('2026-03-15'))).toBe(0);
  });
});

describe('an instant', () => {
  it.each(['2026-03-12T19:04:55-05:00', '2026-03-12T19:04:55.120-05:00', '2026-03-12T19:04:55Z'])(
    'accepts %s and keeps its form',
    text => {
      expect(parseInstant(text)).toBe(text);
    },
  );

  it.each([
    '2026-03-12T19:04:55',
    '2026-02-30T19:04:55Z',
    '2026-03-12 19:04:55Z',
    '2026-03-12',
    '2026-03-12T29:04:55Z',
    '2026-03-12T19:64:55Z',
    '2026-03-12T19:04:55+99:00',
  ])('%s is none', text => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

// A Thursday.
const today = dayOf('2026-03-12');

describe('a whole month or year', () => {
  it.each([
    ['last month', '2026-02-01', '2026-02-28'],
    ['Last Month', '2026-02-01', '2026-02-28'],
    ['this month', '2026-03-01', '2026-03-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['this year', '2026-01-01', '2026-12-31'],
    ['march', '2026-03-01', '2026-03-31'],
    ['april', '2025-04-01', '2025-04-30'],
    ['february 2024', '2024-02-01', '2024-02-29'],
  ])('"%s" is %s to %s', (said, first, last) => {
    expect(readPeriod(said, today)).toEqual({ first, last });
  });

  it.each(['last week', 'last day', 'a month ago', '12 march', 'next month', 'motnh', 'march 26', ''])(
    '"%s" is none',
    said => {
      expect(readPeriod(said, today)).toBeUndefined();
    },
  );
});

describe('a misspelled day', () => {
  it.each([
    ['tomorow', ['tomorrow 2026-03-13']],
    ['last frday', ['last friday 2026-03-06']],
    ['yesteray', ['yesterday 2026-03-11']],
    ['12 mrach', ['12 march 2026-03-12']],
    ['tow weeks ago', ['two weeks ago 2026-02-26']],
    ['3 dys ago', ['3 days ago 2026-03-09']],
    ['thuesday', ['tuesday 2026-03-10', 'thursday 2026-03-05']],
    ['last tuesday', []],
    ['purple', []],
    ['', []],
    ['constructor', []],
    ['lsat frdya mornign xyzzy', []],
  ])('"%s" may be %j', (said, near) => {
    expect(nearTo(said, today)).toEqual(near);
  });
});

describe('readPastDay', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['2026-03-01', '2026-03-01'],
    ['2027-01-01', '2027-01-01'],
    ['today', '2026-03-12'],
    ['Yesterday', '2026-03-11'],
    ['  YESTERDAY ', '2026-03-11'],
    ['3 days ago', '2026-03-09'],
    ['1 day ago', '2026-03-11'],
    ['0 days ago', '2026-03-12'],
    ['a day ago', '2026-03-11'],
    ['one week ago', '2026-03-05'],
    ['a week ago', '2026-03-05'],
    ['2  weeks   ago', '2026-02-26'],
    ['tuesday', '2026-03-10'],
    ['tue', '2026-03-10'],
    ['last tuesday', '2026-03-10'],
    ['Last Tues', '2026-03-10'],
    ['last thursday', '2026-03-05'],
    ['thursday', '2026-03-05'],
    ['last friday', '2026-03-06'],
    ['wednesday', '2026-03-11'],
    ['the day before yesterday', '2026-03-10'],
    ['Day before yesterday', '2026-03-10'],
    ['two days ago', '2026-03-10'],
    ['twelve weeks ago', '2025-12-18'],
    ['an day ago', '2026-03-11'],
    ['3 months ago', '2025-12-12'],
    ['a year ago', '2025-03-12'],
    ['12 march', '2026-03-12'],
    ['March 12', '2026-03-12'],
    ['13 march', '2025-03-13'],
    ['1 jan', '2026-01-01'],
    ['31 dec', '2025-12-31'],
    ['sept 3', '2025-09-03'],
    ['12 mar 2024', '2024-03-12'],
    ['march 12, 2024', '2024-03-12'],
    ['march 12 2027', '2027-03-12'],
    ['24/12/2025', '2025-12-24'],
    ['24.12.2025', '2025-12-24'],
    ['12/24/2025', '2025-12-24'],
    ['24-12-2025', '2025-12-24'],
    ['5/5/2025', '2025-05-05'],
    ['24/12/2026', '2026-12-24'],
    ['03/04', undefined],
    ['3/4/2026', undefined],
    ['12/24', undefined],
    ['24/12', undefined],
    ['03/04/26', undefined],
    ['24/12.2025', undefined],
    ['2025/12/24', '2025-12-24'],
    ['31/31/2025', undefined],
    ['29 february', undefined],
    ['30 february', undefined],
    ['0 march', undefined],
    ['32 march', undefined],
    ['march', undefined],
    ['march 2026', undefined],
    ['12 march 26', undefined],
    ['march 12,', '2026-03-12'],
    ['12th march', '2026-03-12'],
    ['twelve march', undefined],
    ['12 march,2024', '2024-03-12'],
    ['thirteen days ago', undefined],
    ['3 days before', undefined],
    ['9999 years ago', undefined],
    ['99999 days ago', undefined],
    ['a fortnight ago', '2026-02-26'],
    ['this weekend', undefined],
    ['every monday', undefined],
    ['this monday', undefined],
    ['eod', undefined],
    ['someday', undefined],
    ['end of month', undefined],
    ['monday 3pm', undefined],
    ['3d', undefined],
    ['now', '2026-03-12'],
    ['next week', undefined],
    ['last week', '2026-03-05'],
    ['last month', undefined],
    ['this month', undefined],
    ['last year', undefined],
    ['a month ago', '2026-02-12'],
    ['tomorrow', undefined],
    ['day after tomorrow', undefined],
    ['next tuesday', undefined],
    ['the 3rd', '2026-03-03'],
    ['2026-02-30', undefined],
    ['2026-3-1', '2026-03-01'],
    ['ago', undefined],
    ['3 moons ago', undefined],
    ['-3 days ago', undefined],
    ['3 days', '2026-03-09'],
    ['in 3 days', undefined],
    ['last', undefined],
    ['last last tuesday', undefined],
    // With the day of the week, which has to be right
    ['Thu 12 March', '2026-03-12'],
    ['thu 12 mar 2026', '2026-03-12'],
    ['Thursday, March 12, 2026', '2026-03-12'],
    ['12 march, thursday', '2026-03-12'],
    ['Thu 2026-03-12', '2026-03-12'],
    ['Fri 12 March', undefined],
    ['fri 2026-03-12', undefined],
    ['Wed 12 March', '2025-03-12'],
    ['thu', '2026-03-05'],
    ['weds', '2026-03-11'],
    // Ordinals and small words
    ['march 12th', '2026-03-12'],
    ['the 12th of March', '2026-03-12'],
    ['March the 12th, 2024', '2024-03-12'],
    ['on tuesday', '2026-03-10'],
    ['12th', '2026-03-12'],
    ['on the 13th', '2026-02-13'],
    ['31st', '2026-01-31'],
    ['the 12', undefined],
    ['of', undefined],
    ['th', undefined],
    // Parts of the day
    ['last night', '2026-03-11'],
    ['week ago', '2026-03-05'],
    ['tonight', '2026-03-12'],
    ['this morning', '2026-03-12'],
    ['yesterday evening', '2026-03-11'],
    ['last tuesday afternoon', '2026-03-10'],
    ['tuesday night', '2026-03-10'],
    ['evening', undefined],
    ['tuesday 3pm', undefined],
    // The year first, and what programs write
    ['2026/03/12', '2026-03-12'],
    ['2026.3.1', '2026-03-01'],
    ['20260312', '2026-03-12'],
    ['2026–03–12', '2026-03-12'],
    ['2026-03-12T19:04:55.120-05:00', '2026-03-12'],
    ['2026-03-12 19:04', '2026-03-12'],
    ['2026/13/12', undefined],
    ['2026/3-12', undefined],
    ['20261312', undefined],
    ['2026031', undefined],
    // Periods
    ['12. march', '2026-03-12'],
    ['Mar. 12', '2026-03-12'],
    ['Tues.', '2026-03-10'],
    ['24. 12. 2025', '2025-12-24'],
    ['yesterday.', '2026-03-11'],
    ['constructor', undefined],
    ['1 constructor ago', undefined],
    ['constructor days ago', undefined],
    ['12 constructor', undefined],
    ['last constructor', undefined],
    ['', undefined],
    ['{n} {unit} ago', undefined],
  ];
  it.each(rows)('"%s" is %s', (said, day) => {
    expect(readPastDay(said, today)).toBe(day);
  });

  it('reads last sunday on a Sunday as a week before', () => {
    expect(readPastDay('last sunday', dayOf('2026-03-15'))).toBe('2026-03-08');
    expect(readPastDay('sunday', dayOf('2026-03-15'))).toBe('2026-03-08');
  });

  it('crosses months, leap days and years', () => {
    expect(readPastDay('yesterday', dayOf('2024-03-01'))).toBe('2024-02-29');
    expect(readPastDay('3 days ago', dayOf('2026-01-01'))).toBe('2025-12-29');
  });
});

describe('readDayAhead', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['2026-03-13', '2026-03-13'],
    ['tomorrow', '2026-03-13'],
    ['in 3 days', '2026-03-15'],
    ['in a week', '2026-03-19'],
    ['In 2 Weeks', '2026-03-26'],
    ['friday', '2026-03-13'],
    ['next friday', '2026-03-13'],
    ['thursday', '2026-03-19'],
    ['next thu', '2026-03-19'],
    ['wednesday', '2026-03-18'],
    ['2026-03-12', undefined],
    ['2026-03-11', undefined],
    ['today', undefined],
    ['yesterday', undefined],
    ['in 0 days', undefined],
    ['last friday', undefined],
    ['3 days ago', undefined],
    ['next week', '2026-03-19'],
    ['3 weeks', '2026-04-02'],
    ['the day after tomorrow', '2026-03-14'],
    ['day after tomorrow', '2026-03-14'],
    ['in two weeks', '2026-03-26'],
    ['in 2 months', '2026-05-12'],
    ['in a year', '2027-03-12'],
    ['13 march', '2026-03-13'],
    ['12 march', '2027-03-12'],
    ['december 24', '2026-12-24'],
    ['24/12/2026', '2026-12-24'],
    ['fri 13 march', '2026-03-13'],
    ['fri 12 march', '2027-03-12'],
    ['the 13th', '2026-03-13'],
    ['31st', '2026-03-31'],
    ['12th', '2026-04-12'],
    ['tomorrow evening', '2026-03-13'],
    ['next tuesday morning', '2026-03-17'],
    ['a month from now', '2026-04-12'],
    ['tonight', undefined],
    ['Thu 12 March 2026', undefined],
    ['03/04', undefined],
    ['12/24', undefined],
    ['24/12/2025', undefined],
    ['this weekend', undefined],
    ['every monday', undefined],
    ['eod', undefined],
    ['end of month', undefined],
    ['in a fortnight', '2026-03-26'],
    ['someday', undefined],
    ['later', undefined],
    ['next tuesday 3pm', undefined],
    ['in 9999 years', undefined],
    ['in 1 constructor', undefined],
    ['2026-02-30', undefined],
    ['', undefined],
  ];
  it.each(rows)('"%s" is %s', (said, day) => {
    expect(readDayAhead(said, today)).toBe(day);
  });

  it('is always after today, and a past day in words never is', () => {
    const said = fc.constantFrom(
      'tomorrow',
      'in 3 days',
      'in a week',
      'friday',
      'next mon',
      'yesterday',
      'last tue',
      '3 days ago',
      'sun',
      'today',
    );
    fc.assert(
      fc.property(said, anyDay, (text, day) => {
        expect(daysBetween(day, readDayAhead(text, day) ?? addDays(day, 1))).toBeGreaterThan(0);
        expect(daysBetween(day, readPastDay(text, day) ?? day)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('a day as the program writes it', () => {
  it('is parsed again', () => {
    const nowadays = anyDay.map(day => dayOf(`20${day.slice(2, 8)}01`));
    fc.assert(
      fc.property(nowadays, fc.integer({ min: -900, max: 900 }), (now, away) => {
        const day = addDays(now, away);
        const written = [longDay(day, now, words), shortDay(day, now, words), fullDay(day, words), day];
        const read = written.map(text => [readPastDay(text, now), readDayAhead(text, now)]);
        const found = read.map(([before, after]) => (before === day ? before : after));
        expect(found).toEqual(written.map(() => day));
      }),
      { numRuns: 2000 },
    );
  });

  it('is returned with its real weekday if the given one is wrong', () => {
    expect(dayOfOtherWeekday('Fri 12 March', today, names)).toBe('2026-03-12');
    expect(dayOfOtherWeekday('Thu 12 March', today, names)).toBeUndefined();
    expect(dayOfOtherWeekday('Thu 12 March 2026', today, names)).toBeUndefined();
    expect(dayOfOtherWeekday('Fri eleven', today, names)).toBeUndefined();
    expect(dayOfOtherWeekday('12 March', today, names)).toBeUndefined();
  });
});

describe('a day in numbers', () => {
  it('is not parsed if ambiguous, and both readings are returned', () => {
    expect(twoReadings('03/04', today)).toEqual(['2026-04-03', '2026-03-04']);
    expect(twoReadings(' 3.4.2025 ', today)).toEqual(['2025-04-03', '2025-03-04']);
    for (const text of ['24/12/2026', '05/05', '12/24', '13/13', '3/4/26', '3 april', ''])
      expect(twoReadings(text, today)).toBeUndefined();
  });

  it('is parsed only if it has one reading', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 32 }),
        fc.constantFrom('/', '.', '-'),
        anyDay,
        (one, other, mark, now) => {
          const text = `${one}${mark}${other}${mark}${now.slice(0, 4)}`;
          const two = twoReadings(text, now);
          const read = readPastDay(text, now);
          expect(two === undefined || read === undefined).toBe(true);
          const numbers =
            read === undefined ? [one, other] : [Number(read.slice(8)), Number(read.slice(5, 7))];
          expect(numbers.toSorted((a, b) => a - b)).toEqual([one, other].toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('any input', () => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 9999 }).map(String),
    fc.constantFrom(...Object.keys(names.numbers)),
  );
  const unit = fc.constantFrom(...Object.keys(names.units));
  const month = fc.constantFrom(...Object.keys(names.months));
  const weekday = fc.constantFrom(...Object.keys(names.weekdays));
  const date = fc.integer({ min: 0, max: 33 });
  const said = fc.oneof(
    fc.tuple(number, unit).map(([n, of]) => `${n} ${of} ago`),
    fc.tuple(number, unit).map(([n, of]) => `in ${n} ${of}`),
    fc.tuple(date, month).map(([at, of]) => `${at} ${of}`),
    fc.tuple(month, date).map(([of, at]) => `${of} ${at}`),
    fc.tuple(date, month, fc.integer({ min: 0, max: 99999 })).map(all => all.join(' ')),
    weekday,
    weekday.map(day => `last ${day}`),
    weekday.map(day => `next ${day}`),
    fc.constantFrom('today', 'yesterday', 'tomorrow', 'the day before yesterday', 'the day after tomorrow'),
    fc.string({ maxLength: 30 }),
  );

  it('only yields real days', () => {
    let days = 0;
    fc.assert(
      fc.property(said, anyDay, (text, now) => {
        const read = [readPastDay(text, now), readDayAhead(text, now)].filter(day => day !== undefined);
        if (read.length > 0) days += 1;
        expect(read.map(parseDay)).toEqual(read);
      }),
      { numRuns: 5000 },
    );
    // Most of these texts can be read, so the test is not empty.
    expect(days).toBeGreaterThan(2000);
  });

  it('without a year, a past day is not after today, and a named day is near today', () => {
    fc.assert(
      fc.property(
        weekday,
        fc.tuple(date, month).map(([at, of]) => `${at} ${of}`),
        anyDay,
        (day, dated, now) => {
          const last = readPastDay(`last ${day}`, now);
          const next = readDayAhead(`next ${day}`, now);
          expect(last === undefined ? 0 : daysBetween(last, now)).toBeGreaterThanOrEqual(1);
          expect(last === undefined ? 9 : daysBetween(last, now)).toBeLessThanOrEqual(7);
          expect(next === undefined ? 9 : daysBetween(now, next)).toBeLessThanOrEqual(7);
          expect(last === undefined || next === undefined ? -1 : weekdayOf(last) - weekdayOf(next)).toBe(0);
          const past = readPastDay(dated, now) ?? now;
          expect([daysBetween(past, now) >= 0, daysBetween(past, now) < 731]).toEqual([true, true]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('adds calendar months, and uses the last day of a shorter one', () => {
    expect(readPastDay('a month ago', dayOf('2026-03-31'))).toBe('2026-02-28');
    expect(readDayAhead('in a month', dayOf('2024-01-30'))).toBe('2024-02-29');
    expect(readPastDay('3 months ago', dayOf('2026-01-15'))).toBe('2025-10-15');
    expect(readPastDay('a year ago', dayOf('2024-02-29'))).toBe('2023-02-28');
  });
});

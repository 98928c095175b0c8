import type { DayReading } from './entry.ts';
import { monthNumber } from './month-names.ts';
import type { ClockTime, When, Zone } from './zones.ts';
import { dayOf, whenAt, whenOn, withOffset, utcOf } from './zones.ts';

/** A date found in a text, with the time that follows it, if any; `start` and `end` are offsets. */
export interface FoundWhen {
  readonly when: When;
  readonly start: number;
  readonly end: number;
}

interface FoundDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly start: number;
  readonly end: number;
  /** Whether it is written without separators: `20240312`. */
  readonly isCompact: boolean;
}

/** Only this much of a text is searched, in characters. */
const longest = 300;

const yearFirst = /(?<![\d.])(\d{4})([-/._ ])(\d{1,2})\2(\d{1,2})(?!\d)/gu;
const eastAsian = /(?<!\d)(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]/gu;
const compact = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?=(?:[T_-]?\d{4}(?:\d{2})?Z?)?(?!\d))/gu;
const yearLast = /(?<![\d.])(\d{1,2})([-/._]|\. )(\d{1,2})\2(\d{4})(?!\.?\d)/gu;
const ordinal = '(?:st|nd|rd|th|er|º|ª|\\.)?';
const gap = '[ \\u00a0\\u202f_-]+';
const dateFirst = new RegExp(
  `(?<!\\d)(\\d{1,2})${ordinal}${gap}(?:of${gap}|de${gap})?(\\p{L}{3,12})\\.?,?` +
    `${gap}(?:del?${gap})?(\\d{4})(?!\\d)`,
  'giu',
);
const monthFirst = new RegExp(
  `(?<!\\p{L})(\\p{L}{3,12})\\.?${gap}(\\d{1,2})${ordinal},?${gap}(\\d{4})(?!\\d)`,
  'giu',
);
const monthWithin = new RegExp(`(?<!\\d)(\\d{4})${gap}(\\p{L}{3,12})\\.?${gap}(\\d{1,2})(?!\\d)`, 'giu');

const time = new RegExp(
  [
    '^(?:T|,?[ \\u00a0]+(?:at[ ]|um[ ]|à[ ]|a las[ ])?|_)',
    '(\\d{1,2})[:.h](\\d{2})(?:[:.m](\\d{2})(?:[.,]\\d+)?)?(?!\\d)',
    '(?:[ \\u00a0\\u202f]?([ap])\\.?m\\b\\.?)?',
    '(?:[ ]?(Z|UTC|(?:GMT|UTC)?[+-]\\d{2}:?\\d{2})(?![\\p{L}\\d]))?',
  ].join(''),
  'iu',
);
const compactTime = /^[T_-]?(\d{2})(\d{2})(\d{2})?(Z)?(?!\d)/u;
const timeInName = /^[ T_-]+(\d{2})[-.:_h](\d{2})(?:[-.:_m](\d{2}))?(?!\d)s?/u;

/**
 * Finds the first date in a text (`2024-03-12`, `20240312`, `12.03.2024`, `March 12th, 2024`, `12 mars 2024`
 * and the like) and the time after it. UTC times are converted to this machine's day; for other offsets the
 * written day counts. Returns undefined if there is no date or it is ambiguous.
 */
export function findWhen(text: string, reading: DayReading): FoundWhen | undefined {
  const cut = text.slice(0, longest);
  const found = findDate(cut, reading);
  if (found === undefined) return undefined;
  const rest = cut.slice(found.end);
  const clock = (found.isCompact ? compactTime.exec(rest) : null) ?? time.exec(rest) ?? timeInName.exec(rest);
  const day = dayOf(found);
  if (day === undefined) return undefined;
  if (clock === null) return { when: { day }, start: found.start, end: found.end };
  const when = whenOf(found, clock, reading);
  if (when === undefined) return { when: { day }, start: found.start, end: found.end };
  return { when, start: found.start, end: found.end + clock[0].length };
}

/** Parses a date value: whatever `findWhen` reads, or a Unix time in seconds or milliseconds. */
export function readWhen(value: string, reading: DayReading): When | undefined {
  const plain = value.trim();
  if (/^\d{10}$/.test(plain)) return whenAt(Number(plain) * 1000, reading.zone);
  if (/^\d{13}$/.test(plain)) return whenAt(Number(plain), reading.zone);
  return findWhen(plain, reading)?.when;
}

/**
 * Returns whether day or month comes first in dates like `03-04-2026`, if some date in the set has only one
 * valid reading.
 */
export function orderIn(texts: readonly string[]): 'day' | 'month' | undefined {
  const orders = new Set(
    texts.flatMap(text =>
      [...text.matchAll(yearLast)].flatMap(([, first, , second]) => {
        if (Number(first) > 12 && Number(second) <= 12) return ['day' as const];
        return Number(first) <= 12 && Number(second) > 12 ? ['month' as const] : [];
      }),
    ),
  );
  const [order] = orders;
  return orders.size === 1 ? order : undefined;
}

function findDate(text: string, reading: DayReading): FoundDate | undefined {
  const all = [
    ...datesIn(text, yearFirst, ([, year, , month, date]) => [year, month, date]),
    ...datesIn(text, eastAsian, ([, year, month, date]) => [year, month, date]),
    ...datesIn(text, compact, ([, year, month, date]) => [year, month, date]),
    ...datesIn(text, yearLast, ([, first, between, second, year]) => {
      const isDayFirst = dayComesFirst(Number(first), Number(second), { between, order: reading.order });
      if (isDayFirst === undefined) return undefined;
      return isDayFirst ? [year, second, first] : [year, first, second];
    }),
    ...datesIn(text, dateFirst, ([, date, name, year]) => named(year, name, date, reading)),
    ...datesIn(text, monthFirst, ([, name, date, year]) => named(year, name, date, reading)),
    ...datesIn(text, monthWithin, ([, year, name, date]) => named(year, name, date, reading)),
  ];
  return all.sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

type Parts = readonly (string | number | undefined)[];

function datesIn(
  text: string,
  pattern: RegExp,
  partsOf: (match: RegExpExecArray) => Parts | undefined,
): readonly FoundDate[] {
  return [...text.matchAll(pattern)].flatMap(match => {
    const [year = 0, month = 0, date = 0] = (partsOf(match) ?? []).map(Number);
    const end = match.index + match[0].length;
    const found = { year, month, date, start: match.index, end, isCompact: pattern === compact };
    return year >= 1900 && year < 2200 && dayOf(found) !== undefined ? [found] : [];
  });
}

function named(
  year: string | undefined,
  name: string | undefined,
  date: string | undefined,
  reading: DayReading,
): Parts | undefined {
  const month = name === undefined ? undefined : monthNumber(name, reading);
  return month === undefined ? undefined : [year, month, date];
}

interface Order {
  readonly between?: string;
  readonly order?: 'day' | 'month';
}

/** With dots, the day always comes first. Returns undefined if both readings are possible. */
function dayComesFirst(first: number, second: number, { between, order }: Order): boolean | undefined {
  if (between?.startsWith('.') === true) return true;
  if (first > 12 || second > 12) return first > 12;
  if (first === second) return true;
  return order === undefined ? undefined : order === 'day';
}

function whenOf(found: FoundDate, match: RegExpExecArray, { zone }: DayReading): When | undefined {
  // After the seconds: AM or PM, then an offset. A compact time may end in Z.
  const [, hours, minutes, seconds = '0', half = '', offset = half] = match;
  const { year, month, date } = found;
  const clock = {
    year,
    month,
    date,
    hour: hourOf(Number(hours), half),
    minute: Number(minutes),
    second: Number(seconds),
  };
  if (/^(?:Z|UTC)$/i.test(offset)) return whenInUtc(clock, zone);
  const [, sign, ahead, more] = /([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  if (sign === undefined) return whenOn(clock, zone);
  return withOffset(clock, (sign === '-' ? -1 : 1) * (Number(ahead) * 60 + Number(more)));
}

/** Exactly midnight UTC usually means a plain date that a program serialised as a moment; keep its day. */
function whenInUtc(clock: ClockTime, zone: Zone): When | undefined {
  const day = dayOf(clock);
  if (day === undefined || withOffset(clock, 0) === undefined) return undefined;
  if (clock.hour === 0 && clock.minute === 0 && clock.second === 0) return { day };
  return whenAt(utcOf(clock), zone);
}

function hourOf(hour: number, half: string): number {
  const sign = half.toLowerCase();
  if (sign === 'p') return hour === 12 ? 12 : hour + 12;
  return sign === 'a' && hour === 12 ? 0 : hour;
}

import type { Day, Instant } from '../../dates/day.ts';
import { parseDay, parseInstant } from '../../dates/day.ts';

/** A time zone; `offsetAt` returns the minutes ahead of UTC at a Unix time in milliseconds. */
export interface Zone {
  readonly offsetAt: (ms: number) => number;
}

/** A day and, if the time of day is known, the moment. */
export interface When {
  readonly day: Day;
  readonly created?: Instant;
}

/** A local date and time without a zone. `month` is 1 to 12. */
export interface ClockTime {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const minuteMs = 60_000;

/** Returns this machine's time zone. */
export function machineZone(): Zone {
  return { offsetAt: ms => -new Date(ms).getTimezoneOffset() };
}

/**
 * Returns the time zone with a name such as `America/New_York` or `GMT-0500`, or undefined if it is unknown.
 */
export function zoneNamed(name: string): Zone | undefined {
  const [, sign, hours, minutes = '0'] = /^(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?$/.exec(name) ?? [];
  if (sign !== undefined)
    return {
      offsetAt: () => (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)),
    };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const offsetAt = (ms: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Math.round((utcOf({ year, month, date: day, hour, minute, second }) - ms) / minuteMs);
  };
  return { offsetAt };
}

/** Converts a Unix time in milliseconds to local time in a zone; undefined outside the years 0 to 9999. */
export function whenAt(ms: number, zone: Zone): When | undefined {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8e15) return undefined;
  return whenWithOffset(ms, zone.offsetAt(ms));
}

/** Interprets a local time in a zone; undefined for an invalid date or time. */
export function whenOn(clock: ClockTime, zone: Zone): When | undefined {
  const ms = utcOf(clock);
  // Look up the offset twice, because clocks may change on that day.
  const first = ms - zone.offsetAt(ms) * minuteMs;
  return withOffset(clock, zone.offsetAt(ms - zone.offsetAt(first) * minuteMs));
}

/** Interprets a local time with an offset in minutes; undefined for an invalid date or time. */
export function withOffset(clock: ClockTime, offset: number): When | undefined {
  const { hour, minute, second } = clock;
  if (dayOf(clock) === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  return whenWithOffset(utcOf(clock) - offset * minuteMs, offset);
}

/** Returns the date part; undefined for an invalid date. */
export function dayOf({ year, month, date }: Pick<ClockTime, 'year' | 'month' | 'date'>): Day | undefined {
  return parseDay([String(year).padStart(4, '0'), two(month), two(date)].join('-'));
}

/** Returns the Unix time in milliseconds of a UTC date and time. */
export function utcOf({ year, month, date, hour, minute, second }: ClockTime): number {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  at.setUTCHours(hour, minute, second);
  return at.getTime();
}

function whenWithOffset(ms: number, offset: number): When | undefined {
  const local = new Date(ms + offset * minuteMs).toISOString().slice(0, -1);
  const day = parseDay(local.slice(0, 10));
  if (day === undefined) return undefined;
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const created = parseInstant(`${local}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`);
  return created === undefined ? { day } : { day, created };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

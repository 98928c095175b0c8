/** A calendar day as YYYY-MM-DD; the person's local day, never shifted by a time zone. */
export type Day = string & { readonly day: unique symbol };

/**
 * A moment in time as the person's clock shows it: RFC 3339 with milliseconds and the offset,
 * `2026-03-12T19:04:55.120-05:00`.
 */
export type Instant = string & { readonly instant: unique symbol };

/** The current time: an instant, its local day, and milliseconds since 1970 for measuring durations. */
export interface Now {
  readonly instant: Instant;
  readonly day: Day;
  readonly ms: number;
}

const isoInstant =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const dayMs = 86_400_000;
// Fast path for nearly all days: no month has fewer than 28.
const certainDay = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/** Parses YYYY-MM-DD. Returns undefined for any other form, or a day that does not exist. */
export function parseDay(text: string): Day | undefined {
  if (certainDay.test(text)) return text as Day;
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const date = digits(text, 8, 10);
  if (year < 0 || month < 1 || month > 12 || date < 1 || date > lengthOf(month, year)) return undefined;
  return text as Day;
}

/** Parses the digits between two offsets as a number; returns -1 if there is any other character. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function lengthOf(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Parses an RFC 3339 instant and returns it unchanged; undefined if it is invalid. */
export function parseInstant(text: string): Instant | undefined {
  return isoInstant.test(text) && parseDay(text.slice(0, 10)) !== undefined ? (text as Instant) : undefined;
}

/**
 * Parses a time without an offset, as notes apps write it (`2026-03-12T19:04` or `2026-03-12 19:04:55`), in
 * this machine's time zone. Returns undefined if it is invalid.
 */
export function localInstant(text: string): Instant | undefined {
  const [, day = '', time = '', seconds = ''] =
    /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/.exec(text) ?? [];
  const at = new Date(`${day}T${time}${seconds}`);
  if (parseDay(day) === undefined || Number.isNaN(at.getTime())) return undefined;
  const minutesBehindUtc = at.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(minutesBehindUtc) / 60), Math.abs(minutesBehindUtc) % 60].map(
    part => String(part).padStart(2, '0'),
  );
  return parseInstant(
    `${day}T${time}${seconds || ':00'}${minutesBehindUtc > 0 ? '-' : '+'}${hours}:${minutes}`,
  );
}

/** Returns the day that is `days` days later, or earlier if `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(utc(day) + days * dayMs).toISOString().slice(0, 10) as Day;
}

/** Returns the number of days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / dayMs);
}

/** Returns the weekday of a day, 0 (Sunday) to 6. */
export function weekdayOf(day: Day): number {
  return new Date(utc(day)).getUTCDay();
}

function utc(day: Day): number {
  const [year, month, date] = day.split('-').map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year ?? 0, (month ?? 1) - 1, date ?? 1);
  return at.getTime();
}

/** A calendar day as YYYY-MM-DD; the person's local day, never shifted by a time zone. */
export type Day = string & { readonly day: unique symbol };

/** A moment in time as the person's clock shows it: RFC 3339 with milliseconds and the offset, `2026-03-12T19:04:55.120-05:00`. */
export type Instant = string & { readonly instant: unique symbol };

/** What the clock says: an instant, the local day it falls on, and milliseconds for measuring spans. */
export interface Now {
  readonly instant: Instant;
  readonly day: Day;
  readonly ms: number;
}

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/** Parses YYYY-MM-DD; undefined when it is not written so, or when there is no such day. */
export function parseDay(text: string): Day | undefined {
  const parts = isoDay.exec(text);
  if (parts === null) return undefined;
  const ms = utc(text as Day);
  return new Date(ms).toISOString().slice(0, 10) === text ? (text as Day) : undefined;
}

/** Parses an RFC 3339 instant and keeps it as it was written; undefined when it is none. */
export function parseInstant(text: string): Instant | undefined {
  return isoInstant.test(text) && parseDay(text.slice(0, 10)) !== undefined ? (text as Instant) : undefined;
}

export function addDays(day: Day, days: number): Day {
  return new Date(utc(day) + days * dayMs).toISOString().slice(0, 10) as Day;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / dayMs);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utc(day)).getUTCDay();
}

function utc(day: Day): number {
  const [year, month, date] = day.split('-').map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year ?? 0, (month ?? 1) - 1, date ?? 1);
  return at.getTime();
}

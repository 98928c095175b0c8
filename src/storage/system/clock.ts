import type { Day, Instant, Now } from '../../core/dates/day.ts';

/**
 * Returns the current time. The day and the offset are those of the system's time zone; `ms` is since 1970.
 */
export function readClock(): Now {
  const at = new Date();
  const offset = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const pad = (number: number): string => String(number).padStart(2, '0');
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return { instant: `${local}${zone}` as Instant, day: local.slice(0, 10) as Day, ms: at.getTime() };
}

import { addDays, type Now } from './day.ts';

const latest = 12 * 60;

/**
 * Reads the hour at which a day ends, `4:00`, `04:30`, `4` or `4 am`, in minutes after midnight; undefined
 * when it is none, or not in the small hours and the morning. 0 is midnight.
 */
export function readDayEnds(text: string): number | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?am)?$/i.exec(text.trim());
  if (found === null) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const all = hours * 60 + minutes;
  return minutes < 60 && all < latest ? all : undefined;
}

/** Counts the hours before a day ends, as `readDayEnds` reads it, to the day before; the instant stays. */
export function withDayEnds(now: Now, dayEnds: string | undefined): Now {
  const minutes = Number(now.instant.slice(11, 13)) * 60 + Number(now.instant.slice(14, 16));
  const ends = dayEnds === undefined ? 0 : (readDayEnds(dayEnds) ?? 0);
  return minutes < ends ? { ...now, day: addDays(now.day, -1) } : now;
}

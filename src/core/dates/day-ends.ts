import { addDays, type Now } from './day.ts';

/** In minutes after midnight, exclusive. */
const latest = 12 * 60;

/**
 * Parses the time at which a day ends (`4:00`, `04:30`, `4` or `4 am`) and returns minutes after midnight, 0
 * for midnight. Returns undefined if it is not a time before noon.
 */
export function readDayEnds(text: string): number | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?am)?$/i.exec(text.trim());
  if (found === null) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const all = hours * 60 + minutes;
  return minutes < 60 && all < latest ? all : undefined;
}

/** Moves `day` to the previous day if the time is before `dayEnds` (see `readDayEnds`); keeps the instant. */
export function withDayEnds(now: Now, dayEnds: string | undefined): Now {
  const minutes = Number(now.instant.slice(11, 13)) * 60 + Number(now.instant.slice(14, 16));
  const ends = dayEnds === undefined ? 0 : (readDayEnds(dayEnds) ?? 0);
  return minutes < ends ? { ...now, day: addDays(now.day, -1) } : now;
}

import type { Day } from './day.ts';
import { parseDay } from './day.ts';

/** Finds the day in a heading such as `Prepared on 2026-03-19`; `pattern` is the same with `{day}` in its place. */
export function dayInHeading(heading: string, pattern: string): Day | undefined {
  const [before = '', after = ''] = pattern.split('{day}');
  if (!heading.startsWith(before) || !heading.endsWith(after)) return undefined;
  return parseDay(heading.slice(before.length, heading.length - after.length));
}

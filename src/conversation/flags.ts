import type { Day } from '../core/day.ts';
import type { Status } from '../core/status.ts';
import { parseStatus } from '../core/status.ts';
import { readNamed } from '../core/named-picks.ts';
import { nearest } from '../core/suggest.ts';
import type { Option } from '../core/template.ts';
import { Exit, Problem } from '../errors.ts';
import { longDay } from '../report/dates.ts';
import type { World } from '../world.ts';
import { anyDay, pastDay, periodIn } from './session-day.ts';

/**
 * Reads a flag that takes a past day, or a whole month or year, of which it gives the first day. Echoes what
 * was understood from words.
 */
export function pastDayFlag(world: World, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  return echoed(world, text, begun(world, text) ?? pastDay(world, text));
}

/**
 * Reads a flag that takes any day (a past one where both are possible), or a whole month or year, of which it
 * gives the last day. Echoes what was understood from words.
 */
export function anyDayFlag(world: World, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  return echoed(world, text, periodIn(world, text)?.last ?? anyDay(world, text));
}

/** The first day of a month or year that has begun; undefined for anything else. */
function begun(world: World, text: string): Day | undefined {
  const first = periodIn(world, text)?.first;
  if (first !== undefined && first > world.now().day) {
    throw new Problem('cli.day-ahead', { day: first }, { exit: Exit.misused });
  }
  return first;
}

function echoed({ now, words, talk }: World, text: string, day: Day): Day {
  if (day !== text) talk.say(words('cli.day', { day: longDay(day, now().day, words) }));
  return day;
}

/** Reads a flag that takes one of a few words. */
export function choiceFlag(flag: string, text: string | undefined, known: readonly string[]): string | undefined {
  if (text === undefined || known.includes(text)) return text;
  throw new Problem('cli.bad-choice', { flag, text, known: known.join(', ') }, { exit: Exit.misused });
}

/** Reads a flag that takes a whole number. */
export function wholeFlag(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Problem('cli.bad-number', { flag, text, least, most }, { exit: Exit.misused });
}

/**
 * Reads statuses, separated by commas, out of those that make sense here: by key or as the screens call them.
 * An unknown one is a Problem (exit 2) that names the nearest, or all.
 */
export async function readStatuses(
  world: World,
  text: string,
  allowed: readonly Status[],
): Promise<readonly Status[]> {
  const exact = parseStatus(text);
  if (exact !== undefined && allowed.includes(exact)) return [exact];
  const labels = labelsOf(await world.templates.list('status'));
  const { keys, unknown } = readNamed(
    text,
    allowed.map((key) => ({ key, label: labels[key] ?? key })),
  );
  if (unknown === undefined) return keys.flatMap((key) => parseStatus(key) ?? []);
  const near = nearest(unknown, [...allowed, ...allowed.flatMap((key) => labels[key] ?? [])]);
  throw near === undefined
    ? new Problem('cli.unknown-status', { text: unknown, known: allowed.join(', ') }, { exit: Exit.misused })
    : new Problem('cli.unknown-status-near', { text: unknown, near }, { exit: Exit.misused });
}

/** Gives the labels of a list's options by key. */
export function labelsOf(options: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

import type { Day } from '../core/day.ts';
import type { Status } from '../core/status.ts';
import { parseStatus } from '../core/status.ts';
import { nearest } from '../core/suggest.ts';
import type { Option } from '../core/template.ts';
import { Exit, Problem } from '../errors.ts';
import { longDay } from '../report/dates.ts';
import type { World } from '../world.ts';
import { pastDay } from './session-day.ts';

/** Reads a flag that takes a past day, and echoes what was understood from words. */
export function pastDayFlag(world: World, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  const today = world.now().day;
  const day = pastDay(text, today);
  if (day !== text) world.talk.say(world.words('cli.day', { day: longDay(day, today, world.words) }));
  return day;
}

/** Reads a flag that takes a whole number. */
export function wholeFlag(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Problem('cli.bad-number', { flag, text, least, most }, { exit: Exit.misused });
}

/** Reads a flag that takes statuses, separated by commas, out of those that make sense here. */
export function statusesFlag(text: string | undefined, allowed: readonly Status[]): readonly Status[] | undefined {
  return text?.split(',').map((one) => readStatus(one.trim(), allowed));
}

/** Reads a status; an unknown one names the nearest, or all. */
export function readStatus(text: string, allowed: readonly Status[]): Status {
  const status = parseStatus(text);
  if (status !== undefined && allowed.includes(status)) return status;
  const near = nearest(text, allowed);
  throw near === undefined
    ? new Problem('cli.unknown-status', { text, known: allowed.join(', ') }, { exit: Exit.misused })
    : new Problem('cli.unknown-status-near', { text, near }, { exit: Exit.misused });
}

/** Gives the labels of a list's options by key. */
export function labelsOf(options: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

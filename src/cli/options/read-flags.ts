import type { Day } from '../../core/dates/day.ts';
import type { Status } from '../../core/notes/status.ts';
import { parseStatus } from '../../core/notes/status.ts';
import { bareNames, keyNamed, nearestNamed, readNamed } from '../../core/text/named-picks.ts';
import type { Named } from '../../core/text/named-picks.ts';
import type { Option } from '../../core/template/template.ts';
import { Exit, Problem } from '../../errors.ts';
import { longDay } from '../../report/text/dates.ts';
import type { Words, World, ClockPort, WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';
import { anyDay, pastDay, periodIn } from './day-flags.ts';

/**
 * Reads a flag with a past day, or with a whole month or year, which means its first day. Says which day was
 * understood.
 */
export function pastDayFlag(
  world: ClockPort & WordsPort & OutputPort,
  text: string | undefined,
): Day | undefined {
  if (text === undefined) return undefined;
  return echoIfDifferent(world, text, periodStart(world, text) ?? pastDay(world, text));
}

/**
 * Reads a flag with any day (a past one if both are possible), or with a whole month or year, which means its
 * last day. Says which day was understood.
 */
export function anyDayFlag(
  world: ClockPort & WordsPort & OutputPort,
  text: string | undefined,
): Day | undefined {
  if (text === undefined) return undefined;
  return echoIfDifferent(world, text, periodIn(world, text)?.last ?? anyDay(world, text));
}

/**
 * Returns the first day of a month or year that has begun; undefined for any other text. Throws a Problem
 * (exit 2) for a period in the future.
 */
function periodStart(world: ClockPort & WordsPort, text: string): Day | undefined {
  const first = periodIn(world, text)?.first;
  if (first !== undefined && first > world.now().day) {
    throw new Problem('cli.day-ahead', { day: first }, { exit: Exit.misused });
  }
  return first;
}

function echoIfDifferent(
  { now, words, messages: talk }: ClockPort & WordsPort & OutputPort,
  text: string,
  day: Day,
): Day {
  if (day !== text) talk.say(words('cli.day', { day: longDay(day, now().day, words) }));
  return day;
}

/** Returns the format that fits the output: Markdown in a pipe, a page or plain text on a terminal. */
export function fittingFormat({ out, plain }: OutputPort): 'markdown' | 'plain' | 'page' {
  if (!out.isTerminal) return 'markdown';
  return plain() ? 'plain' : 'page';
}

/**
 * Reads a flag with one of a few words, in any case. Throws a Problem (exit 2) that names the nearest and
 * lists all.
 */
export function choiceFlag<Key extends string>(
  { words }: Pick<World, 'words'>,
  flag: string,
  text: string | undefined,
  known: readonly Key[],
): Key | undefined {
  if (text === undefined) return undefined;
  const named = bareNames(known);
  const key = keyNamed(text, named);
  if (key !== undefined) return key;
  throw new Problem('cli.bad-choice', { flag, text, ...offer(words, text, named) }, { exit: Exit.misused });
}

/** Returns the end of an error about an unknown name: `hint` suggests the nearest, `known` lists the keys. */
export function offer(
  words: Words,
  text: string,
  known: readonly Named[],
): { readonly hint: string; readonly known: string } {
  const near = nearestNamed(text, known);
  return {
    hint: near === undefined ? '' : words('cli.hint', { near }),
    known: [...new Set(known.map(({ key }) => key))].join(', '),
  };
}

/** Reads a flag with a whole number from `least` to `most`. Throws a Problem (exit 2) for anything else. */
export function wholeFlag(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Problem('cli.bad-number', { flag, text, least, most }, { exit: Exit.misused });
}

/** The statuses of a filter, and whether it includes notes that rest until a day. */
export interface StatusFilter {
  readonly statuses: readonly Status[];
  readonly resting: boolean;
}

/**
 * Reads the statuses of a filter, separated by commas, by key or label; `resting` means notes that rest until
 * a day. Throws a Problem (exit 2) for an unknown status, which names the nearest and lists all.
 */
export async function readStatuses(
  world: WordsPort & TemplatesPort,
  text: string,
  allowed: readonly Status[],
): Promise<StatusFilter> {
  const exact = parseStatus(text);
  if (exact !== undefined && allowed.includes(exact)) return { statuses: [exact], resting: false };
  const known: readonly Named[] = [
    ...(await statusNames(world, allowed)),
    { key: 'resting', label: world.words('list.resting') },
  ];
  const { keys, unknown } = readNamed(text, known);
  if (unknown !== undefined) throw unknownStatus(world, unknown, known);
  return { statuses: keys.flatMap(key => parseStatus(key) ?? []), resting: keys.includes('resting') };
}

/** Returns statuses with their labels. */
export async function statusNames(
  world: TemplatesPort,
  allowed: readonly Status[],
): Promise<readonly Named<Status>[]> {
  const labels = labelsOf(await world.templates.list('status'));
  return allowed.map(key => ({ key, label: labels[key] ?? key }));
}

/** Returns the Problem (exit 2) for a text that names no status. */
export function unknownStatus({ words }: WordsPort, text: string, known: readonly Named[]): Problem {
  return new Problem('cli.unknown-status', { text, ...offer(words, text, known) }, { exit: Exit.misused });
}

/** Returns the labels of a list's options by key. */
export function labelsOf(options: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

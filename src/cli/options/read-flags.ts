import type { Day } from '../../core/dates/day.ts';
import type { Status } from '../../core/notes/status.ts';
import { parseStatus } from '../../core/notes/status.ts';
import { bareNames, keyNamed, nearestNamed, readNamed } from '../../core/text/named-picks.ts';
import type { Named } from '../../core/text/named-picks.ts';
import type { Option } from '../../core/template/template.ts';
import { Exit, Problem } from '../../errors.ts';
import { longDay } from '../../report/text/dates.ts';
import type { Words, World } from '../../world/world.ts';
import { anyDay, pastDay, periodIn } from './day-flags.ts';

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

function echoed({ now, words, messages: talk }: World, text: string, day: Day): Day {
  if (day !== text) talk.say(words('cli.day', { day: longDay(day, now().day, words) }));
  return day;
}

/** Gives the format for where the output goes: Markdown in a pipe, a page or plain text on a terminal. */
export function fittingFormat({ out, plain }: World): 'markdown' | 'plain' | 'page' {
  if (!out.isTerminal) return 'markdown';
  return plain() ? 'plain' : 'page';
}

/**
 * Reads a flag that takes one of a few words, in any case. Throws a Problem (exit 2) that names the nearest
 * and lists them.
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

/**
 * The end of a refusal of a text that names none of these: `hint` asks for the nearest, `known` lists the
 * keys.
 */
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

/** Reads a flag that takes a whole number. */
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

/** Statuses that somebody asked for, and whether notes that rest until a day are asked for too. */
export interface StatusFilter {
  readonly statuses: readonly Status[];
  readonly resting: boolean;
}

/**
 * Reads the statuses of a filter, separated by commas, by key or label; `resting` stands for notes that
 * rest until a day. Throws a Problem (exit 2) for an unknown one, which names the nearest and lists all.
 */
export async function readStatuses(
  world: World,
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

/** Gives statuses with their labels on the screens. */
export async function statusNames(
  world: World,
  allowed: readonly Status[],
): Promise<readonly Named<Status>[]> {
  const labels = labelsOf(await world.templates.list('status'));
  return allowed.map(key => ({ key, label: labels[key] ?? key }));
}

/** The Problem (exit 2) of a text that names no status. */
export function unknownStatus({ words }: World, text: string, known: readonly Named[]): Problem {
  return new Problem('cli.unknown-status', { text, ...offer(words, text, known) }, { exit: Exit.misused });
}

/** Gives the labels of a list's options by key. */
export function labelsOf(options: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

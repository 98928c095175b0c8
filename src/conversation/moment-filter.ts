import { keyOf } from '../core/answer.ts';
import type { MomentFilter } from '../core/list.ts';
import { statuses } from '../core/status.ts';
import type { Status } from '../core/status.ts';
import { nearest } from '../core/suggest.ts';
import type { Moment } from '../core/summary.ts';
import { Exit, Problem } from '../errors.ts';
import type { World } from '../world.ts';
import { anyDayFlag, pastDayFlag, statusesFlag } from './flags.ts';

/** The flags that say which moments are meant, as they stand on the command line. */
export interface FilterOptions {
  readonly status?: string;
  readonly since?: string;
  readonly until?: string;
  readonly with?: string;
  readonly kind?: string;
  readonly feeling?: string;
  readonly includeSetAside?: boolean;
}

/**
 * Gives the key of the words for an empty list: there is nothing yet, nothing matches what was asked for, or
 * nothing is in sight.
 */
export function emptyListKey(options: FilterOptions, moments: readonly Moment[]): string {
  if (moments.length === 0) return 'list.empty';
  const { since, until, with: who, status, kind, feeling } = options;
  const isNarrowed = [since, until, who, status, kind, feeling].some((flag) => flag !== undefined);
  return isNarrowed ? 'list.nothing' : 'list.none_shown';
}

/**
 * Reads the flags. A kind or a feeling is one of the shipped lists, or one that stands in a moment (own sequences have their own).
 * What is unknown is a Problem (exit 2) that names the nearest.
 */
export async function momentFilter(world: World, options: FilterOptions, moments: readonly Moment[]): Promise<MomentFilter> {
  const { includeSetAside } = options;
  return {
    since: pastDayFlag(world, options.since),
    until: anyDayFlag(world, options.until),
    with: options.with,
    statuses: readStatuses(options.status, includeSetAside === true),
    kinds: await readPicks(world, 'kinds', options.kind, moments),
    feelings: await readPicks(world, 'feelings', options.feeling, moments),
    includeSetAside,
  };
}

function readStatuses(text: string | undefined, includeSetAside: boolean): readonly Status[] | undefined {
  const wanted = statusesFlag(text, statuses);
  if (wanted?.includes('set-aside') === true && !includeSetAside) throw new Problem('cli.set-aside-hidden', {}, { exit: Exit.misused });
  return wanted;
}

async function readPicks(world: World, list: 'kinds' | 'feelings', text: string | undefined, moments: readonly Moment[]): Promise<readonly string[] | undefined> {
  if (text === undefined) return undefined;
  const shipped = (await world.templates.list(list)).map(({ key }) => key);
  const known = new Set([...shipped, ...moments.flatMap(({ head }) => head[list].map(keyOf))]);
  return text.split(',').map((one) => readPick(list, one.trim().toLowerCase(), [...known]));
}

function readPick(list: 'kinds' | 'feelings', text: string, known: readonly string[]): string {
  const found = known.find((key) => key.toLowerCase() === text);
  if (found !== undefined) return found;
  const near = nearest(text, known);
  if (near !== undefined) throw new Problem(list === 'kinds' ? 'cli.unknown-kind-near' : 'cli.unknown-feeling-near', { text, near }, { exit: Exit.misused });
  throw new Problem(list === 'kinds' ? 'cli.unknown-kind' : 'cli.unknown-feeling', { text, known: known.join(', ') }, { exit: Exit.misused });
}

import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { MomentFilter } from '../../core/search/list-notes.ts';
import { readNamed, type Named } from '../../core/text/named-picks.ts';
import { statuses } from '../../core/notes/status.ts';
import type { Moment } from '../../core/search/summary.ts';
import { Exit, Problem } from '../../errors.ts';
import type { ClockPort, WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';
import { anyDayFlag, offer, pastDayFlag, readStatuses } from './read-flags.ts';

/** The flags that filter notes, as typed on the command line. */
export interface FilterOptions {
  readonly status?: string;
  readonly since?: string;
  readonly until?: string;
  readonly with?: string;
  readonly kind?: string;
  readonly feeling?: string;
  readonly tag?: string;
  readonly includeSetAside?: boolean;
}

/**
 * Returns the message key for an empty list: there are no notes, no note matches the filter, or no note may
 * be shown.
 */
export function emptyListKey(options: FilterOptions, moments: readonly Moment[]): string {
  if (moments.length === 0) return 'list.empty';
  const { since, until, with: therapist, status, kind, feeling, tag } = options;
  const isNarrowed = [since, until, therapist, status, kind, feeling, tag].some(flag => flag !== undefined);
  return isNarrowed ? 'list.nothing' : 'list.none_shown';
}

/**
 * Reads the flags. A kind or a feeling is in the shipped lists or in a note (own sequences have their own),
 * and is given by its key or its label. Throws a Problem (exit 2) that names the nearest for an unknown
 * value, a wrong day or a hidden status.
 */
export async function momentFilter(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  options: FilterOptions,
  moments: readonly Moment[],
): Promise<MomentFilter> {
  const { includeSetAside } = options;
  return {
    since: pastDayFlag(world, options.since),
    until: anyDayFlag(world, options.until),
    with: options.with,
    ...(await statusesIn(world, options.status, { includesSetAside: includeSetAside === true })),
    kinds: await readPicks(world, 'kinds', options.kind, moments),
    feelings: await readPicks(world, 'feelings', options.feeling, moments),
    includeSetAside,
  };
}

async function statusesIn(
  world: ClockPort & WordsPort & TemplatesPort,
  text: string | undefined,
  { includesSetAside }: { readonly includesSetAside: boolean },
): Promise<Pick<MomentFilter, 'statuses' | 'restingOn'>> {
  if (text === undefined) return {};
  const wanted = await readStatuses(world, text, statuses);
  if (wanted.statuses.includes('set-aside') && !includesSetAside)
    throw new Problem('cli.set-aside-hidden', {}, { exit: Exit.misused });
  return { statuses: wanted.statuses, ...(wanted.resting ? { restingOn: world.now().day } : {}) };
}

type List = 'kinds' | 'feelings';

const unknownPick = { kinds: 'cli.unknown-kind', feelings: 'cli.unknown-feeling' };

async function readPicks(
  world: WordsPort & TemplatesPort,
  list: List,
  text: string | undefined,
  moments: readonly Moment[],
): Promise<readonly string[] | undefined> {
  if (text === undefined) return undefined;
  const shipped: readonly Named[] = await world.templates.list(list);
  const isShipped = new Set(shipped.map(({ key }) => key));
  const inMoments = new Set(moments.flatMap(({ head }) => head[list]));
  // Own words are found without their key: `other: the fan was loud` as “the fan was loud”.
  const own = [...inMoments].flatMap((pick): readonly Named[] => {
    const typedWords = ownWords(pick);
    if (typedWords !== undefined) return [{ key: pick, label: typedWords }];
    return isShipped.has(pick) ? [] : [{ key: pick, label: pick }];
  });
  const others = [...inMoments]
    .map(keyOf)
    .filter(key => !isShipped.has(key))
    .map(key => ({ key, label: key }));
  const known = [...own, ...others, ...shipped];
  const { keys, unknown } = readNamed(text, known);
  if (unknown === undefined) return keys;
  const named = [...shipped, ...own, ...others].map(({ key, label }) => ({ key: keyOf(key), label }));
  throw new Problem(
    unknownPick[list],
    { text: unknown, ...offer(world.words, unknown, named) },
    { exit: Exit.misused },
  );
}

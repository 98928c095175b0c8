import { keyOf, ownWords as wordsIn } from '../../core/notes/answer.ts';
import { splitPartialList } from '../../core/template/partial-list.ts';
import type { Option } from '../../core/template/template.ts';
import type { Screen } from '../../world/world.ts';

/** An item of a list that can have the focus. */
export type Item =
  | { readonly is: 'option'; readonly option: Option; readonly group?: string }
  | { readonly is: 'all' }
  | { readonly is: 'skip' };

/**
 * The ticked options' keys in the order in which they were ticked, each with the person's own words (or '').
 */
export type Picks = ReadonlyMap<string, string>;

/**
 * Returns the visible items of a list. A long list that is not expanded shows its `first` options and the
 * ticked ones, then "Show all", then the options that exclude all others (*Rather not say*), so that these
 * are always in reach.
 */
export function itemsOf(
  screen: Screen,
  { all, picks }: { readonly all: boolean; readonly picks: Picks },
): readonly Item[] {
  const isLong =
    screen.options.some(option => option.first) &&
    screen.options.some(option => !option.first && !option.alone);
  const skip: readonly Item[] = hasSkip(screen) ? [{ is: 'skip' }] : [];
  if (all || !isLong) return [...screen.options.map(item), ...skip];
  const first = screen.options.filter(option => !option.alone && (option.first || picks.has(option.key)));
  const alone = screen.options.filter(option => option.alone);
  return [...first.map(item), { is: 'all' }, ...alone.map(item), ...skip];
}

// A choice of one with an option that stores nothing ("Not now") does not need a second way to skip.
function hasSkip({ kind, skippable, options }: Screen): boolean {
  return kind !== 'multi' && skippable && options.every(option => option.stores);
}

function item(option: Option): Item {
  return { is: 'option', option, group: option.group };
}

/**
 * Ticks or unticks an option; an option that excludes all others unticks them. Returns undefined if that
 * exceeds the limit.
 */
export function toggle(screen: Screen, picks: Picks, option: Option, ownWords = ''): Picks | undefined {
  const next = new Map(picks);
  if (next.delete(option.key)) return next;
  if (option.alone) return new Map([[option.key, ownWords]]);
  for (const other of screen.options) if (other.alone) next.delete(other.key);
  if (screen.limit !== undefined && next.size >= screen.limit) return undefined;
  return next.set(option.key, ownWords);
}

/** Returns the picks as an answer: keys in the order in which they were ticked, own words after a colon. */
export function answerOf(screen: Screen, picks: Picks): readonly string[] {
  return [...picks].flatMap(([key, words]) => {
    const option = screen.options.find(candidate => candidate.key === key);
    return option === undefined ? [] : [pickOf(option, words)];
  });
}

/**
 * Returns the given answer as picks, without keys of unknown options. A half-typed text has one pick a line.
 */
export function givenPicks({ given, options }: Screen): Picks {
  const isPick = (pick: string): boolean => options.some(({ key }) => key === keyOf(pick));
  return new Map(
    listOf(given)
      .filter(isPick)
      .map(pick => [keyOf(pick), wordsIn(pick) ?? '']),
  );
}

function listOf(given: Screen['given']): readonly string[] {
  if (typeof given === 'string') return given.split('\n');
  if (typeof given === 'boolean') return [given ? 'yes' : 'no'];
  return Array.isArray(given) ? given : [];
}

/**
 * Returns the words that were typed at a list in an earlier run, if `given` is a half-typed text: all its
 * lines that are not picks. An earlier answer (`kept`) never counts, even if the question has no such option
 * any more.
 */
export function givenWords({ given, options, kept }: Screen): string {
  return typeof given === 'string' && kept !== true ? splitPartialList(given, options).words : '';
}

/** Returns an option as a pick: its key, with the person's own words after a colon if it takes them. */
export function pickOf(option: Option, ownWords: string): string {
  const words = ownWords.replace(/\s+/g, ' ').trim();
  return option.asksWords && words !== '' ? `${option.key}: ${words}` : option.key;
}

import { normalizeForSearch } from '../../core/text/normalize-for-search.ts';
import type { Screen } from '../../world/world.ts';
import type { Item } from './choice-items.ts';

/** What words typed at a list leave of it. */
export interface Left {
  /**
   * The options that have the words anywhere in their label, then the one that takes the person's own words.
   * All items, where that leaves nothing.
   */
  readonly items: readonly Item[];
  /** How many options have the words. */
  readonly count: number;
  /** The index of the item that Enter takes; absent where it takes none. */
  readonly pointed?: number;
  /** True where the words are in the label of the option that takes own words: they name it. */
  readonly namesOwn: boolean;
}

/**
 * Filters a list by typed words, whatever their case and accents; `items` are those shown without them. Enter
 * takes the option that is the only one left, whose label the words are, or that alone begins with them. A
 * single letter goes to the first option that begins with it.
 */
export function leftBy({ options }: Screen, text: string, items: readonly Item[]): Left {
  const words = normalizeForSearch(text).trim();
  const labels = new Map(options.map(option => [option, normalizeForSearch(option.label)]));
  const found = options.filter(option => labels.get(option)?.includes(words));
  const own = options.filter(option => option.asksWords && !found.includes(option));
  const shown = [...found, ...own];
  const begun = found.filter(option => labels.get(option)?.startsWith(words));
  const exact = found.find(option => labels.get(option) === words);
  const first = begun.length === 1 || [...words].length === 1 ? begun[0] : undefined;
  const only = found.length === 1 ? found[0] : undefined;
  const taken = exact ?? only ?? first ?? (found.length === 0 ? own[0] : undefined);
  return {
    items: shown.length === 0 ? items : shown.map(option => ({ is: 'option', option })),
    count: found.length,
    pointed: taken === undefined ? undefined : shown.indexOf(taken),
    namesOwn: found.some(option => option.asksWords),
  };
}

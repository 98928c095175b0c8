import { normalizeForSearch } from '../../core/text/normalize-for-search.ts';
import type { Screen } from '../../world/world.ts';
import type { Item } from './choice-items.ts';

/** The items of a list that match typed words. */
export interface Matches {
  /**
   * The options whose labels contain the words, then the option for the person's own words. All items, if
   * there are none.
   */
  readonly items: readonly Item[];
  /** How many labels contain the words. */
  readonly count: number;
  /** The index of the item that Enter chooses; undefined if it chooses none. */
  readonly pointed?: number;
  /** True if the words are in the label of the option for own words: they name that option. */
  readonly namesOwn: boolean;
}

/**
 * Filters a list by typed words, ignoring case and accents. `items` are the items shown without typed words.
 * Enter chooses the option whose label equals the words, or that is the only match, or the only one that
 * begins with them. A single letter chooses the first option that begins with it.
 */
export function filterItems({ options }: Screen, text: string, items: readonly Item[]): Matches {
  const words = normalizeForSearch(text).trim();
  const labels = new Map(options.map(option => [option, normalizeForSearch(option.label)]));
  const found = options.filter(option => labels.get(option)?.includes(words));
  const own = options.filter(option => option.asksWords && !found.includes(option));
  const shown = [...found, ...own];
  const startsWithWords = found.filter(option => labels.get(option)?.startsWith(words));
  const exact = found.find(option => labels.get(option) === words);
  const first = startsWithWords.length === 1 || [...words].length === 1 ? startsWithWords[0] : undefined;
  const only = found.length === 1 ? found[0] : undefined;
  const chosen = exact ?? only ?? first ?? (found.length === 0 ? own[0] : undefined);
  return {
    items: shown.length === 0 ? items : shown.map(option => ({ is: 'option', option })),
    count: found.length,
    pointed: chosen === undefined ? undefined : shown.indexOf(chosen),
    namesOwn: found.some(option => option.asksWords),
  };
}

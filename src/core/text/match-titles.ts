import { normalizeForSearch } from './normalize-for-search.ts';

/**
 * Returns the items whose title contains every word of `text`, in their order, ignoring case, accents and
 * punctuation. Words match the starts of words; if that finds no title, they match anywhere. If the text is
 * the whole title of exactly one item, returns only that item.
 */
export function matchTitles<T>(
  items: readonly T[],
  titleOf: (item: T) => string,
  text: string,
): readonly T[] {
  const queryWords = wordsOf(text);
  if (queryWords.length === 0) return [];
  const titled = items.map(item => ({ item, title: wordsOf(titleOf(item)).join(' ') }));
  const matching = (fits: (title: string, word: string) => boolean): readonly T[] =>
    titled.filter(({ title }) => queryWords.every(word => fits(title, word))).map(({ item }) => item);
  const [exact, ...others] = titled.filter(({ title }) => title === queryWords.join(' '));
  if (exact !== undefined && others.length === 0) return [exact.item];
  const atWordStarts = matching((title, word) => ` ${title}`.includes(` ${word}`));
  return atWordStarts.length > 0 ? atWordStarts : matching((title, word) => title.includes(word));
}

/** Splits a text into normalized words. Apostrophes are removed, so `dont` matches `don't`. */
function wordsOf(text: string): readonly string[] {
  return normalizeForSearch(text)
    .replace(/'/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(word => word !== '');
}

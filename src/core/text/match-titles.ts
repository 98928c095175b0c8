import { normalizeForSearch } from './normalize-for-search.ts';

/**
 * Gives the items whose title has every word of `text`, in their order. Case, accents and punctuation make
 * no difference. Words match the beginnings of words in a title; where no title has all of them like that,
 * they match anywhere in it. A text that is the whole title of one item means that item alone.
 */
export function matchTitles<T>(
  items: readonly T[],
  titleOf: (item: T) => string,
  text: string,
): readonly T[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return [];
  const titled = items.map(item => ({ item, title: wordsOf(titleOf(item)).join(' ') }));
  const matching = (fits: (title: string, word: string) => boolean): readonly T[] =>
    titled.filter(({ title }) => wanted.every(word => fits(title, word))).map(({ item }) => item);
  const [whole, ...others] = titled.filter(({ title }) => title === wanted.join(' '));
  if (whole !== undefined && others.length === 0) return [whole.item];
  const begun = matching((title, word) => ` ${title}`.includes(` ${word}`));
  return begun.length > 0 ? begun : matching((title, word) => title.includes(word));
}

/** The words of a text, folded. An apostrophe is part of its word and left out: `dont` is `don't`. */
function wordsOf(text: string): readonly string[] {
  return normalizeForSearch(text)
    .replace(/'/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(word => word !== '');
}

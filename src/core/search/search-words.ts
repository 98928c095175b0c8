import { normalizeForSearch } from '../text/normalize-for-search.ts';

/** A phrase in straight or typographic quotation marks. */
const quoted = /^(?:"(.*)"|'(.*)'|“(.*)”|„(.*)[“”]|«(.*)»|»(.*)«)$/su;

/**
 * Removes quotation marks around a phrase, such as `"late again"` inside the shell's own quotes. Returns the
 * text unchanged if it has none, or nothing searchable inside them.
 */
export function unquoted(typed: string): string {
  const inner = quoted
    .exec(typed.trim())
    ?.slice(1)
    .find(phrase => phrase !== undefined);
  return inner === undefined || normalizeForSearch(inner).trim() === '' ? typed : inner;
}

/**
 * Whether a word starts at an offset: no letter or digit comes before it. Always true in scripts that put no
 * spaces between words.
 */
export function beginsWord(normalized: string, at: number): boolean {
  return (
    at === 0 ||
    !/[\p{L}\p{N}]$/u.test(normalized.slice(Math.max(0, at - 2), at)) ||
    unspaced.test(normalized.slice(at, at + 2))
  );
}

const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

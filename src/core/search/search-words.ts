import { normalizeForSearch } from '../text/normalize-for-search.ts';

/** Quotation marks around a phrase, opening and closing: those of a keyboard and those of print. */
const quoted = /^(?:"(.*)"|'(.*)'|“(.*)”|„(.*)[“”]|«(.*)»|»(.*)«)$/su;

/**
 * Takes the quotation marks off a phrase that has them around it: `"late again"` within the shell's own
 * quotes.
 */
export function unquoted(said: string): string {
  const inner = quoted
    .exec(said.trim())
    ?.slice(1)
    .find(one => one !== undefined);
  return inner === undefined || normalizeForSearch(inner).trim() === '' ? said : inner;
}

/**
 * Says whether no letter and no digit stands before a place. Scripts without spaces have no words to begin.
 */
export function beginsWord(normalized: string, at: number): boolean {
  return (
    at === 0 ||
    !/[\p{L}\p{N}]$/u.test(normalized.slice(Math.max(0, at - 2), at)) ||
    unspaced.test(normalized.slice(at, at + 2))
  );
}

const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

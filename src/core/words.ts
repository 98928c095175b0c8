import type { Params } from '../errors.ts';

/** What stands behind the keys of a language's `words/`: a text, a plural, or more keys. */
export type WordTree = { readonly [key: string]: string | WordTree };

/**
 * Finds the words behind `key` (dots go down the tree) and fills the places. Where the tree has `one` and `other`, `params.n`
 * chooses. Throws when there is no such key or a place stays empty: both are bugs.
 */
export function findWords(tree: WordTree, key: string, params: Params = {}): string {
  let at: string | WordTree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  if (typeof at === 'object' && typeof at['other'] === 'string') at = params['n'] === 1 ? at['one'] ?? at['other'] : at['other'];
  if (typeof at !== 'string') throw new Error(`no words for ${key}`);
  return fill(at, params, key);
}

/** True when the key leads to a text or a plural. */
export function hasWords(tree: WordTree, key: string): boolean {
  let at: string | WordTree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' || (typeof at === 'object' && typeof at['other'] === 'string');
}

function fill(text: string, params: Params, key: string): string {
  if (!text.includes('{')) return text;
  // A function, since a replacement string would read `$&` in a person's words.
  return text.replace(/\{([a-z_]+)\}/g, (_place, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`no {${name}} for ${key}`);
    return String(value);
  });
}

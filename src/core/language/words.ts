import type { Params } from '../../errors.ts';

/** What stands behind the keys of a language's `words/`: a text, a plural, or more keys. */
export type WordTree = { readonly [key: string]: string | WordTree };

/** A text in pieces: words, the name of a place, words, and so on. */
type Pieces = readonly string[];

interface Found {
  /** For `n: 1`, where the tree tells one from many. */
  readonly one?: Pieces;
  readonly other: Pieces;
}

// The line ends that the output leaves alone; it shows the others as `\u{d}`. A file name or a title from
// elsewhere must not begin a line of its own.
const lineEnds = /[\n\u2028\u2029]+/g;

// A list of a thousand moments says the same few things a thousand times.
const found = new WeakMap<WordTree, Map<string, Found>>();

/**
 * Finds the words behind `key` (dots go down the tree) and fills the places. Where the tree has `one` and
 * `other`, `params.n` chooses; a text is filled in on one line. Throws when there is no such key or a place
 * stays empty: both are bugs.
 */
export function findWords(tree: WordTree, key: string, params: Params = {}): string {
  const known = found.get(tree) ?? new Map<string, Found>();
  found.set(tree, known);
  const at = known.get(key) ?? lookUp(tree, key);
  known.set(key, at);
  return fill(params['n'] === 1 ? (at.one ?? at.other) : at.other, params, key);
}

function lookUp(tree: WordTree, key: string): Found {
  let at: string | WordTree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  if (typeof at === 'string') return { other: inPieces(at) };
  if (typeof at !== 'object' || typeof at['other'] !== 'string') throw new Error(`no words for ${key}`);
  return {
    ...(typeof at['one'] === 'string' ? { one: inPieces(at['one']) } : {}),
    other: inPieces(at['other']),
  };
}

function inPieces(text: string): Pieces {
  return text.split(/\{([a-z_]+)\}/);
}

/** True when the key leads to a text or a plural. */
export function hasWords(tree: WordTree, key: string): boolean {
  let at: string | WordTree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' || (typeof at === 'object' && typeof at['other'] === 'string');
}

function fill(pieces: Pieces, params: Params, key: string): string {
  let text = pieces[0] ?? '';
  for (let at = 1; at < pieces.length; at += 2) {
    const value = params[pieces[at] ?? ''];
    if (value === undefined) throw new Error(`no {${pieces[at]}} for ${key}`);
    text += `${typeof value === 'string' ? value.replace(lineEnds, ' ') : value}${pieces[at + 1] ?? ''}`;
  }
  return text;
}

import type { Params } from '../../errors.ts';

/** The messages of a language's `words/`: nested keys that lead to a text or a plural (`one` and `other`). */
export type WordTree = { readonly [key: string]: string | WordTree };

/** A text split at its placeholders: text, placeholder name, text, and so on. */
type Pieces = readonly string[];

interface Message {
  /** For `n: 1`, if the message has a singular. */
  readonly one?: Pieces;
  readonly other: Pieces;
}

// Removed from params, so that a file name or a title can't start a new line. The output escapes all other
// line ends, such as `\u{d}`.
const lineEnds = /[\n\u2028\u2029]+/g;

// Cached, because a list of a thousand moments uses the same few messages a thousand times.
const cache = new WeakMap<WordTree, Map<string, Message>>();

/**
 * Returns the message for a dotted key with its placeholders filled in; each param is put on one line. For a
 * plural, `params.n` chooses between `one` and `other`. Throws if the key or a param is missing, which is a
 * bug.
 */
export function findWords(tree: WordTree, key: string, params: Params = {}): string {
  const known = cache.get(tree) ?? new Map<string, Message>();
  cache.set(tree, known);
  const message = known.get(key) ?? lookUp(tree, key);
  known.set(key, message);
  return fill(params['n'] === 1 ? (message.one ?? message.other) : message.other, params, key);
}

function lookUp(tree: WordTree, key: string): Message {
  let at: string | WordTree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  if (typeof at === 'string') return { other: splitPlaceholders(at) };
  if (typeof at !== 'object' || typeof at['other'] !== 'string') throw new Error(`no words for ${key}`);
  return {
    ...(typeof at['one'] === 'string' ? { one: splitPlaceholders(at['one']) } : {}),
    other: splitPlaceholders(at['other']),
  };
}

function splitPlaceholders(text: string): Pieces {
  return text.split(/\{([a-z_]+)\}/);
}

/** Whether a dotted key leads to a text or a plural. */
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

import { normalizeForSearch } from './normalize-for-search.ts';
import { matchTitles } from './match-titles.ts';
import { nearest } from './nearest-words.ts';

/** An item that a person can name by its key or by its label on the screen. */
export interface Named<Key extends string = string> {
  readonly key: Key;
  readonly label: string;
}

/**
 * Parses a comma-separated list of keys and labels: `misread, Too fast, too slow, too much, or pushed`. A
 * label may contain commas itself. Ignores case, accents and punctuation. Returns the keys; stops at the
 * first name that is not known and returns it as `unknown`.
 */
export function readNamed(
  text: string,
  known: readonly Named[],
): { readonly keys: readonly string[]; readonly unknown?: string } {
  const byForm = new Map([
    ...known.map(({ key, label }) => [formOf(label), key] as const),
    ...known.map(({ key }) => [formOf(key), key] as const),
  ]);
  const parts = text.split(',');
  const keys: string[] = [];
  for (let at = 0; at < parts.length;) {
    const length = longestAt(parts, at, byForm);
    if (length === 0) return { keys, unknown: (parts[at] ?? '').trim() };
    keys.push(byForm.get(formOf(parts.slice(at, at + length).join(','))) ?? '');
    at += length;
  }
  return { keys };
}

/** Returns the number of parts from `at` on that form the longest name; 0 if there is none. */
function longestAt(parts: readonly string[], at: number, byForm: ReadonlyMap<string, string>): number {
  for (let length = parts.length - at; length > 0; length -= 1) {
    if (byForm.has(formOf(parts.slice(at, at + length).join(',')))) return length;
  }
  return 0;
}

/**
 * Finds an item by its key or label and returns its key, or undefined. Ignores case, accents, spaces and
 * punctuation: `Not addressed` is `not-addressed`.
 */
export function keyNamed<Key extends string>(text: string, known: readonly Named<Key>[]): Key | undefined {
  const form = formOf(text);
  const byKey = known.find(({ key }) => formOf(key) === form);
  return (byKey ?? known.find(({ label }) => formOf(label) === form))?.key;
}

/** Returns the key or label most similar to a text that names no item; undefined if none is similar. */
export function nearestNamed(text: string, known: readonly Named[]): string | undefined {
  const names = [...new Set(known.flatMap(({ key, label }) => [key, label]))];
  const byForm = new Map(names.map(name => [normalizeForSearch(name), name]));
  const near = byForm.get(nearest(normalizeForSearch(text).trim(), [...byForm.keys()]) ?? '');
  if (near !== undefined || text.trim().length < 3) return near;
  // Suggest a label that contains the word, such as `cancelled`, if it is the only one.
  const [only, ...others] = matchTitles(known, ({ label }) => label, text);
  return others.length === 0 ? only?.label : undefined;
}

/** Makes items from keys, with each key as its own label. */
export function bareNames<Key extends string>(keys: readonly Key[]): readonly Named<Key>[] {
  return keys.map(key => ({ key, label: key }));
}

/** Removes case, accents, spaces and punctuation, unless nothing would remain, as of an emoji. */
function formOf(name: string): string {
  const normalized = normalizeForSearch(name).trim();
  const bare = normalized.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  return bare === '' ? normalized : bare;
}

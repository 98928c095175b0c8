import { normalizeForSearch } from './normalize-for-search.ts';
import { matchTitles } from './match-titles.ts';
import { nearest } from './nearest-words.ts';

/** Something that can be named by its key, or by its label on the screens. */
export interface Named<Key extends string = string> {
  readonly key: Key;
  readonly label: string;
}

/**
 * Reads keys and labels that stand in a row with commas between them: `misread, Too fast, too slow, too much,
 * or pushed`. A label may have commas of its own. Case, accents and marks make no difference. What is not
 * known is given as `unknown`.
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

/** How many parts from `at` on are one name, as many as can be; 0 where none begins there. */
function longestAt(parts: readonly string[], at: number, byForm: ReadonlyMap<string, string>): number {
  for (let length = parts.length - at; length > 0; length -= 1) {
    if (byForm.has(formOf(parts.slice(at, at + length).join(',')))) return length;
  }
  return 0;
}

/**
 * Finds the key that a text names, by key or by label. Case, accents, spaces and punctuation make no
 * difference: `Not addressed` and `not-addressed` are the same. Undefined where it names none.
 */
export function keyNamed<Key extends string>(text: string, known: readonly Named<Key>[]): Key | undefined {
  const form = formOf(text);
  const byKey = known.find(({ key }) => formOf(key) === form);
  return (byKey ?? known.find(({ label }) => formOf(label) === form))?.key;
}

/** Gives the key or label that is nearest to a text which names none; undefined where none is near. */
export function nearestNamed(text: string, known: readonly Named[]): string | undefined {
  const names = [...new Set(known.flatMap(({ key, label }) => [key, label]))];
  const byFold = new Map(names.map(name => [normalizeForSearch(name), name]));
  const near = byFold.get(nearest(normalizeForSearch(text).trim(), [...byFold.keys()]) ?? '');
  if (near !== undefined || text.trim().length < 3) return near;
  // `cancelled` is no name, and a word of one label alone.
  const [only, ...others] = matchTitles(known, ({ label }) => label, text);
  return others.length === 0 ? only?.label : undefined;
}

/** Names without labels, as keys that are their own labels. */
export function bareNames<Key extends string>(keys: readonly Key[]): readonly Named<Key>[] {
  return keys.map(key => ({ key, label: key }));
}

/**
 * A name without case, accents, spaces and punctuation. A name that is nothing else, such as an emoji,
 * stays.
 */
function formOf(name: string): string {
  const normalized = normalizeForSearch(name).trim();
  const bare = normalized.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  return bare === '' ? normalized : bare;
}

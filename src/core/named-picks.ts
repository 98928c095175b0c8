import { foldText } from './fold.ts';

/** Something that can be named by its key, or by what the screens call it. */
export interface Named {
  readonly key: string;
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

/** A name without case, accents and marks; `not-addressed` and `Not addressed` are the same. */
function formOf(name: string): string {
  return foldText(name).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

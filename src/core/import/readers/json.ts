import type { SourceFile } from '../entry.ts';

const parsed = new WeakMap<SourceFile, { readonly value: unknown }>();

/** Gives what stands in a file of JSON; undefined where it is none. It is parsed once. */
export function jsonOf(file: SourceFile): unknown {
  const known = parsed.get(file);
  if (known !== undefined) return known.value;
  const value = /^\s*[[{]/.test(file.text) ? tryParse(file.text) : undefined;
  parsed.set(file, { value });
  return value;
}

/** Gives an object's own properties; undefined for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/** Gives the properties of a text that is an object of JSON; none for anything else. */
export function jsonFields(text: string): Readonly<Record<string, unknown>> {
  return recordOf(tryParse(text)) ?? {};
}

/** Gives the objects in a list; none where it is no list. */
export function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf).filter((one) => one !== undefined) : [];
}

/** Gives the texts in a list; none where it is no list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one: unknown): one is string => typeof one === 'string') : [];
}

/** Gives a text; an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

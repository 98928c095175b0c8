import type { SourceFile } from './entry.ts';

const parsed = new WeakMap<SourceFile, { readonly value: unknown }>();

/** Parses a JSON file, once; returns undefined if it is not JSON. */
export function jsonOf(file: SourceFile): unknown {
  const known = parsed.get(file);
  if (known !== undefined) return known.value;
  const value = /^\s*[[{]/.test(file.text) ? tryParse(file.text) : undefined;
  parsed.set(file, { value });
  return value;
}

/** Returns an object's own properties, or undefined for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/** Parses a text and returns its properties if it is a JSON object, else none. */
export function jsonFields(text: string): Readonly<Record<string, unknown>> {
  return recordOf(tryParse(text)) ?? {};
}

/** Returns the objects in a list; none if it is not a list. */
export function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf).filter(record => record !== undefined) : [];
}

/** Returns the strings in a list; none if it is not a list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item: unknown): item is string => typeof item === 'string')
    : [];
}

/** Returns a string, or an empty one for anything else. */
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

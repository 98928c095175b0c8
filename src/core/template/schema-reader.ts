import type { Fault, YamlNode, YamlEntry } from './located.ts';
import { nearest } from '../text/nearest-words.ts';

/**
 * Reads a map with known keys from a tree of `YamlNode`s. Adds every fault to `faults` with its line and goes
 * on with a harmless value, so that one pass reports all faults.
 */
export interface SchemaReader {
  readonly line: number;
  readonly has: (key: string) => boolean;
  readonly at: (key: string) => YamlNode | undefined;
  /** A text; undefined when the key is absent. */
  readonly text: (key: string) => string | undefined;
  /** A required text, not blank. Returns '' after a fault. */
  readonly needText: (key: string) => string;
  /** A boolean; `otherwise` when the key is absent. */
  readonly flag: (key: string, otherwise: boolean) => boolean;
  /** A whole number from 0; undefined when the key is absent. */
  readonly count: (key: string) => number | undefined;
  /** A list of texts; a single text counts as a list of one. */
  readonly texts: (key: string) => readonly string[];
  /** The items of a list; none when the key is absent. */
  readonly items: (key: string) => readonly YamlNode[];
}

/**
 * Returns a reader for the map `at`, or undefined (with a fault) if it is not a map. Adds a fault for each
 * key that is not in `known`. `what` names the map in faults.
 */
export function openSchemaReader(
  at: YamlNode,
  what: string,
  known: readonly string[],
  faults: Fault[],
): SchemaReader | undefined {
  if (at.is !== 'map') {
    faults.push({ line: at.line, key: 'templates.expected-map', params: { what } });
    return undefined;
  }
  const entries = new Map<string, YamlEntry>();
  for (const entry of at.entries) {
    if (known.includes(entry.key)) entries.set(entry.key, entry);
    else faults.push(unknown(entry.key, what, known, entry.line));
  }
  const valueAt = (key: string): YamlNode | undefined => entries.get(key)?.value;
  const wrong = (key: string, expected: Expected): void => {
    const line = entries.get(key)?.line ?? at.line;
    faults.push({ line, key: 'templates.wrong-type', params: { key, expected, what } });
  };
  const text = (key: string): string | undefined => textOf(valueAt(key), () => wrong(key, 'text'));
  return {
    line: at.line,
    has: key => entries.has(key),
    at: valueAt,
    text,
    needText: key => {
      const found = text(key);
      const isMissing = found === undefined ? !entries.has(key) : found.trim() === '';
      if (isMissing) faults.push({ line: at.line, key: 'templates.missing-key', params: { key, what } });
      return found ?? '';
    },
    flag: (key, otherwise) => flagOf(valueAt(key), () => wrong(key, 'flag')) ?? otherwise,
    count: key => countOf(valueAt(key), () => wrong(key, 'number')),
    texts: key => textsOf(valueAt(key), () => wrong(key, 'texts')),
    items: key => itemsOf(valueAt(key), () => wrong(key, 'list')),
  };
}

/** The types that a fault of key `templates.wrong-type` can name. */
type Expected = 'text' | 'flag' | 'number' | 'texts' | 'list';

function textOf(value: YamlNode | undefined, wrong: () => void): string | undefined {
  if (value === undefined) return undefined;
  if (value.is === 'scalar' && typeof value.value === 'string') return value.value;
  // YAML reads `size: no` and `label: 7` as a boolean and a number; here they are texts.
  if (value.is === 'scalar' && value.value !== null) return value.source;
  wrong();
  return undefined;
}

function flagOf(value: YamlNode | undefined, wrong: () => void): boolean | undefined {
  if (value === undefined) return undefined;
  if (value.is === 'scalar' && typeof value.value === 'boolean') return value.value;
  wrong();
  return undefined;
}

function countOf(value: YamlNode | undefined, wrong: () => void): number | undefined {
  if (value === undefined) return undefined;
  const number = value.is === 'scalar' ? value.value : undefined;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  wrong();
  return undefined;
}

function itemsOf(value: YamlNode | undefined, wrong: () => void): readonly YamlNode[] {
  if (value === undefined) return [];
  if (value.is === 'list') return value.items;
  wrong();
  return [];
}

/** Returns the texts of a list or of a single scalar. Calls `wrong` for each item that is anything else. */
export function textsOf(value: YamlNode | undefined, wrong: () => void): readonly string[] {
  if (value === undefined) return [];
  const items = value.is === 'list' ? value.items : [value];
  return items.flatMap(item => {
    if (item.is === 'scalar' && item.value !== null)
      return [typeof item.value === 'string' ? item.value : item.source];
    wrong();
    return [];
  });
}

/** Returns the fault for a key that is not in `known`. It names the nearest known key, or all of them. */
export function unknown(key: string, what: string, known: readonly string[], line: number): Fault {
  const near = nearest(key, known);
  return near === undefined
    ? { line, key: 'templates.unknown-key', params: { key, what, known: known.join(', ') } }
    : { line, key: 'templates.unknown-key-near', params: { key, what, near } };
}

import type { Fault, YamlNode, YamlEntry } from './located.ts';
import { nearest } from '../text/nearest-words.ts';

/**
 * Reads maps with known keys out of a `Located` tree. Everything that is wrong goes to `faults` with its
 * line, and reading goes on with a harmless value, so that one pass names all faults.
 */
export interface SchemaReader {
  readonly line: number;
  readonly has: (key: string) => boolean;
  readonly at: (key: string) => YamlNode | undefined;
  /** A text; undefined when the key is absent. */
  readonly text: (key: string) => string | undefined;
  /** A text that has to be there and not be blank. */
  readonly needText: (key: string) => string;
  readonly flag: (key: string, otherwise: boolean) => boolean;
  readonly count: (key: string) => number | undefined;
  /** A list of texts; a single text counts as a list of one. */
  readonly texts: (key: string) => readonly string[];
  /** The items of a list; none when the key is absent. */
  readonly items: (key: string) => readonly YamlNode[];
}

/**
 * Opens a map whose keys are all in `known`; undefined if it is not a map. `what` names the map in a fault.
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

/** The types that a fault can ask for, as its words name them. */
type Expected = 'text' | 'flag' | 'number' | 'texts' | 'list';

function textOf(value: YamlNode | undefined, wrong: () => void): string | undefined {
  if (value === undefined) return undefined;
  if (value.is === 'scalar' && typeof value.value === 'string') return value.value;
  // `size: no` and `label: 7` are texts, although YAML reads them as a boolean and a number.
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

/** Gives the texts of a list, or of a single scalar; `wrong` is called when there is anything else. */
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

/** Makes the fault of a key that is not among `known`; the nearest of them is named, or all. */
export function unknown(key: string, what: string, known: readonly string[], line: number): Fault {
  const near = nearest(key, known);
  return near === undefined
    ? { line, key: 'templates.unknown-key', params: { key, what, known: known.join(', ') } }
    : { line, key: 'templates.unknown-key-near', params: { key, what, near } };
}

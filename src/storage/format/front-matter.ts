import type { YamlNode } from '../../core/template/located.ts';
import type { FrontValue } from '../../core/notes/reflection.ts';
import { normalizeFront, knownKey, normalizeValue } from './normalize-front.ts';
import { plainValue, readPlainEntries, readPlainFront, type FrontKeys } from './read-plain-front.ts';
import { findFront, type FrontSpan } from './front-span.ts';
import { checkHead, hasOurKey, type HeadRead } from './check-head.ts';
import { fault, type StorageFault } from '../fs/problems.ts';
import type { KeyPlace, YamlRead } from './yaml.ts';

/**
 * `readYaml` of `yaml.ts`: slow, so it is loaded only if a file needs it. Faults show `place` as the path.
 */
export type YamlReader = (text: string, place: string) => YamlRead;

/** The offset, in characters, by which front matter must end to be read. */
const longestFront = 64 * 1024;

// Keys whose values are always text, even if they look like numbers to YAML: an id of digits, a title `2026`.
const textKeys = new Set([
  'id',
  'title',
  'with',
  'template',
  'repeat_of',
  'session',
  'created',
  'rest_until',
]);

export type FrontRead =
  | {
      readonly is: 'keys';
      readonly keys: FrontKeys;
      readonly span: FrontSpan;
      readonly lineOf: (key: string) => number;
      readonly places?: readonly KeyPlace[];
    }
  | { readonly is: 'fault'; readonly fault: StorageFault; readonly broken: boolean }
  /** The text has no front matter. */
  | { readonly is: 'none' }
  /** The YAML reader is needed, but was not passed. */
  | { readonly is: 'unsure' };

export type NoteHead = HeadRead | { readonly is: 'foreign' } | { readonly is: 'unsure' };

/**
 * Reads the keys of a text's front matter. `path` is the path that faults show. The result is 'unsure' only
 * without `readYaml`.
 */
export function readFront(text: string, path: string, readYaml?: YamlReader): FrontRead {
  const span = findFront(text);
  if (span === 'none') return { is: 'none' };
  if (span === 'open')
    return { is: 'fault', fault: fault('storage.front-open', { path, line: 1 }), broken: true };
  if (span.end > longestFront)
    return { is: 'fault', fault: fault('storage.data-too-long', { place: path, line: 1 }), broken: true };
  const plain = readPlainFront(text.slice(span.start, span.end));
  if (plain !== undefined) {
    return {
      is: 'keys',
      keys: hasOurKey(plain) ? normalizeFront(plain) : asTexts(plain),
      span,
      lineOf: key => lineOfKey(text, span, key),
    };
  }
  if (readYaml === undefined) return { is: 'unsure' };
  // Keep the opening dashes, so that line numbers match the file; cut off a BOM.
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const read = readYaml(text.slice(bom, span.end), path);
  if (read.is === 'fault') return { is: 'fault', fault: read.fault, broken: true };
  const { value } = read;
  if (value.is !== 'map')
    return { is: 'fault', fault: fault('storage.front-not-keys', { path, line: value.line }), broken: true };
  const nameOf = keyNormalizer(value.entries.map(({ key }) => key));
  const entries = value.entries.map(({ key, value: node, line }) => ({
    key: nameOf(key),
    value: node,
    line,
  }));
  const keys = Object.fromEntries(
    entries.map(({ key, value: node }) => [key, textKeys.has(key) ? asSource(node) : yamlValue(node)]),
  );
  const lines = new Map(entries.map(({ key, line }) => [key, line]));
  const places = read.keys.map(place => ({ ...shift(place, bom), key: nameOf(place.key) }));
  return {
    is: 'keys',
    keys: hasOurKey(keys) ? normalizeFront(keys) : keys,
    span,
    lineOf: key => lines.get(key) ?? 1,
    places,
  };
}

/**
 * Reads and checks the front matter of a note. A file without our key is foreign, even if its front matter is
 * broken, unless its name is like a note's; then the result is a fault.
 */
export function readHead(
  text: string,
  path: string,
  isNamedLikeNote: boolean,
  readYaml?: YamlReader,
): NoteHead {
  const plain = readPlainHead(text, path);
  if (plain !== undefined) return plain;
  const front = readFront(text, path, readYaml);
  if (front.is === 'unsure') return front;
  if (front.is === 'none')
    return isNamedLikeNote
      ? { is: 'fault', fault: fault('storage.front-missing', { path }) }
      : { is: 'foreign' };
  if (front.is === 'fault')
    return isNamedLikeNote || hasOurMark(text) ? { is: 'fault', fault: front.fault } : { is: 'foreign' };
  if (!hasOurKey(front.keys))
    return isNamedLikeNote
      ? { is: 'fault', fault: fault('storage.front-missing', { path }) }
      : { is: 'foreign' };
  const { keys } = front;
  return checkHead({ path, lineOf: front.lineOf, valueOf: key => keys[key], readKeys: () => keys });
}

/**
 * Reads a head without the YAML reader. Returns undefined if that is impossible or the file is not a note of
 * this program. The head keeps the front matter's text for reading the remaining keys later, which takes less
 * memory than the keys themselves.
 */
function readPlainHead(text: string, path: string): HeadRead | undefined {
  const span = findFront(text);
  if (typeof span === 'string' || span.end > longestFront) return undefined;
  const front = text.slice(span.start, span.end);
  const entries = readPlainEntries(front);
  if (entries === undefined || !entries.has('rupture')) return undefined;
  const valueOf = (key: string): FrontValue | undefined => {
    const written = entries.get(key);
    return written === undefined ? undefined : normalizeValue(key, plainValue(written));
  };
  const readKeys = keysReader(front);
  return checkHead({ path, lineOf: key => lineOfKey(text, span, key), valueOf, readKeys });
}

/**
 * Returns what reads all keys of plain front matter later. A function of its own, so that it keeps only the
 * text: next to `valueOf` it would keep the entries of every note too, 25 MB of 10,000 notes.
 */
function keysReader(front: string): () => FrontKeys {
  return () => normalizeFront(readPlainFront(front) ?? {});
}

/** Whether a file name has the form that this program gives to notes: `2026-03-12-k3f9qa.md`. */
export function isNoteFileName(name: string): boolean {
  return name.length === 20 && /^\d{4}-\d\d-\d\d-[a-z0-9]{6}\.md$/.test(name);
}

/** Whether a text, whose front matter may be broken, has a line that begins with `rupture:`. */
export function hasOurMark(text: string): boolean {
  return /\n["']?rupture["']?[ \t]*:/i.test(text.slice(0, longestFront));
}

/**
 * Returns a function that maps each key to its standard name: `Status` becomes `status`, unless the front
 * matter already has that key.
 */
function keyNormalizer(keys: readonly string[]): (key: string) => string {
  const renamed = new Map<string, string>();
  const taken = new Set(keys);
  // Never rename keys in another program's file.
  if (!keys.some(key => (knownKey(key) ?? key) === 'rupture')) return key => key;
  for (const key of keys) {
    const name = knownKey(key);
    if (name === undefined || taken.has(name)) continue;
    renamed.set(key, name);
    taken.add(name);
  }
  return key => renamed.get(key) ?? key;
}

function lineOfKey(text: string, span: FrontSpan, key: string): number {
  const lines = text.slice(span.start, span.end).split('\n');
  return lines.findIndex(line => line.startsWith(`${key}:`)) + 2;
}

function shift(place: KeyPlace, by: number): KeyPlace {
  if (by === 0) return place;
  return {
    ...place,
    keyStart: place.keyStart + by,
    keyEnd: place.keyEnd + by,
    valueStart: place.valueStart + by,
    valueEnd: place.valueEnd + by,
    items: place.items.map(({ start, end }) => ({ start: start + by, end: end + by })),
  };
}

/** Turns numbers of text keys back into texts. The plain reader accepts no number that this would change. */
function asTexts(keys: FrontKeys): FrontKeys {
  let changed: Record<string, FrontValue> | undefined;
  for (const key of ['id', 'title', 'with', 'template', 'repeat_of']) {
    const value = keys[key];
    if (typeof value === 'number') (changed ??= { ...keys })[key] = String(value);
  }
  return changed ?? keys;
}

function asSource(value: YamlNode): FrontValue {
  if (value.is !== 'scalar') return yamlValue(value);
  const isEmpty = value.value === null && (value.source === '' || value.source === '~');
  return isEmpty ? null : value.source;
}

function yamlValue(value: YamlNode): FrontValue {
  switch (value.is) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(yamlValue);
    // `fromEntries` creates own properties for every name, even `__proto__`.
    case 'map':
      return Object.fromEntries(value.entries.map(entry => [entry.key, yamlValue(entry.value)]));
  }
}

import type { FrontValue, Section } from '../../core/notes/reflection.ts';
import type { Revision } from '../../world/world.ts';
import { readFront, type FrontRead, type YamlReader } from './front-matter.ts';
import { formatEntry, formatHistory, formatValue, orderKeys, type FrontWritable } from './write-front.ts';
import { formatSections, parseSections } from './note-text.ts';
import { fault, problemOf } from '../fs/problems.ts';
import type { KeyPlace } from './yaml.ts';

type ReadKeys = Extract<FrontRead, { is: 'keys' }>;

/**
 * Returns a note's text with a revision applied and nothing else changed, not even comments or line ends.
 * Returns undefined if the YAML reader is needed but was not passed. Throws a Problem if the front matter
 * can't be read, or if reading the result would not yield exactly the revision.
 */
export function reviseText(
  text: string,
  revision: Revision,
  path: string,
  readYaml?: YamlReader,
): string | undefined {
  const before = readFront(text, path, readYaml);
  if (before.is === 'unsure') return undefined;
  if (before.is === 'fault') throw problemOf(before.fault);
  if (before.is === 'none') throw problemOf(fault('storage.front-missing', { path }));
  const { lineEnd } = before.span;
  let revised = text;
  for (const [key, value] of Object.entries(revision.front)) {
    if (sameValue(before.keys[key], value)) continue;
    const now = readAgain(revised, path, readYaml);
    const at = placesIn(revised, now).find(place => place.key === key);
    if (value === undefined) revised = at === undefined ? revised : removeKey(revised, at);
    else
      revised =
        at === undefined
          ? insertKey(revised, now, { key, value }, lineEnd)
          : setValue(revised, at, key, value);
  }
  if (revision.history !== undefined)
    revised = addHistory(revised, readAgain(revised, path, readYaml), revision.history, lineEnd);
  revised += formatAppended(revised, revision.append, lineEnd);
  if (!showsChange({ text, before, revised, after: readAgain(revised, path, readYaml), revision }))
    throw problemOf(fault('storage.cannot-revise', { path }));
  return revised;
}

function readAgain(text: string, path: string, readYaml: YamlReader | undefined): ReadKeys {
  const read = readFront(text, path, readYaml);
  // A revision should never make plain front matter unreadable; if it does, leave the file alone.
  if (read.is !== 'keys') throw problemOf(fault('storage.cannot-revise', { path }));
  return read;
}

function placesIn(text: string, read: ReadKeys): readonly KeyPlace[] {
  return read.places ?? plainPlaces(text, read.span.start, read.span.end);
}

/**
 * Returns the locations of the keys in plain front matter: each key has its own line, with list items on the
 * lines below.
 */
function plainPlaces(text: string, start: number, end: number): readonly KeyPlace[] {
  const places: { -readonly [name in keyof KeyPlace]: KeyPlace[name] }[] = [];
  let items: { start: number; end: number }[] = [];
  for (let at = start; at < end;) {
    const stop = lineStop(text, at);
    const dash = dashIn(text, at);
    const last = places.at(-1);
    if (dash >= 0 && last !== undefined) {
      if (items.length === 0) last.valueStart = dash;
      items.push({ start: dash + 2, end: stop });
      last.valueEnd = stop;
      last.isBlockList = true;
    } else {
      const colon = text.indexOf(':', at);
      const valueStart = colon + 1 === stop ? stop : colon + 2;
      items = [];
      places.push({
        key: text.slice(at, colon),
        keyStart: at,
        keyEnd: colon,
        valueStart,
        valueEnd: stop,
        isBlockList: false,
        items,
      });
    }
    at = stop + 1;
  }
  return places;
}

/** Returns the offset of the list item's dash in the line that starts at `at`, or -1. */
function dashIn(text: string, at: number): number {
  if (text.startsWith('- ', at)) return at;
  return text.startsWith('  - ', at) ? at + 2 : -1;
}

function setValue(text: string, at: KeyPlace, key: string, value: FrontWritable): string {
  if (key === 'history') {
    const [, ...lines] = formatEntry(key, value);
    return `${text.slice(0, text.indexOf(':', at.keyEnd) + 1)}\n${lines.join('\n')}${text.slice(at.valueEnd)}`;
  }
  const old = text.slice(at.valueStart, at.valueEnd);
  const written = formatValue(key, value);
  if (!old.includes('\n') && !at.isBlockList) {
    const gap = at.valueStart === at.valueEnd && text.charCodeAt(at.valueStart - 1) === 58 ? ' ' : '';
    return `${text.slice(0, at.valueStart)}${gap}${written}${text.slice(at.valueEnd)}`;
  }
  // Replace a value of several lines with a single line, but keep its last line end.
  const tail = /\r?\n$/.exec(old)?.[0] ?? '';
  return `${text.slice(0, text.indexOf(':', at.keyEnd) + 1)} ${written}${tail}${text.slice(at.valueEnd)}`;
}

function removeKey(text: string, at: KeyPlace): string {
  return text.slice(0, at.keyStart) + text.slice(offsetAfterKey(text, at));
}

/** Returns the offset after the last line of a key's value. */
function offsetAfterKey(text: string, at: KeyPlace): number {
  const last = Math.max(at.keyEnd, at.valueEnd);
  return last > at.keyEnd && text.charCodeAt(last - 1) === 10 ? last : lineStop(text, last) + 1;
}

function insertKey(
  text: string,
  read: ReadKeys,
  { key, value }: { readonly key: string; readonly value: FrontWritable },
  lineEnd: string,
): string {
  const places = placesIn(text, read);
  const order = orderKeys([...places.map(place => place.key), key]);
  const rank = new Map(order.map((name, at) => [name, at]));
  const ownRank = rank.get(key) ?? 0;
  // Insert after the nearest key that belongs before it, and leave the person's order of keys alone.
  let previous: KeyPlace | undefined;
  for (const place of places) {
    const at = rank.get(place.key) ?? 0;
    if (at < ownRank && at >= (rank.get(previous?.key ?? '') ?? -1)) previous = place;
  }
  const offset = previous === undefined ? read.span.start : offsetAfterKey(text, previous);
  return (
    text.slice(0, offset) +
    formatEntry(key, value)
      .map(line => line + lineEnd)
      .join('') +
    text.slice(offset)
  );
}

function addHistory(text: string, read: ReadKeys, line: string, lineEnd: string): string {
  const at = placesIn(text, read).find(place => place.key === 'history');
  if (at === undefined) return insertKey(text, read, { key: 'history', value: [line] }, lineEnd);
  const last = at.items.at(-1);
  if (at.isBlockList && last !== undefined) {
    const stop = offsetAfterKey(text, { ...at, valueEnd: last.end });
    const from = text.lastIndexOf('\n', last.start - 1) + 1;
    return `${text.slice(0, stop)}${text.slice(from, last.start)}${formatHistory(line)}${lineEnd}${text.slice(stop)}`;
  }
  const old = text.slice(at.valueStart, at.valueEnd);
  if (last !== undefined)
    return `${text.slice(0, last.end)}, ${formatValue('', [line]).slice(1, -1)}${text.slice(last.end)}`;
  if (old.trim() === '' || old.startsWith('[')) {
    const begin = text.indexOf(':', at.keyEnd) + 1;
    return `${text.slice(0, begin)}${lineEnd}  - ${formatHistory(line)}${text.slice(at.valueEnd)}`;
  }
  return text;
}

function formatAppended(text: string, sections: readonly Section[], lineEnd: string): string {
  if (sections.length === 0) return '';
  const missingLineEnd = text.endsWith('\n') ? '' : '\n';
  return (missingLineEnd + formatSections(sections)).replaceAll('\n', lineEnd);
}

interface Revised {
  /** The text before the revision, with its front matter in `before`. */
  readonly text: string;
  readonly before: ReadKeys;
  /** The text after the revision, with its front matter in `after`, read as later runs will read it. */
  readonly revised: string;
  readonly after: ReadKeys;
  readonly revision: Revision;
}

/** Whether the revised text differs from the original by exactly the revision. */
function showsChange({ text, before, revised, after, revision }: Revised): boolean {
  const expected = new Map(Object.entries(before.keys));
  for (const [key, value] of Object.entries(revision.front)) {
    if (value === undefined) expected.delete(key);
    else expected.set(key, value);
  }
  if (revision.history !== undefined) {
    const lines = expected.get('history');
    expected.set('history', [...(Array.isArray(lines) ? lines : []), revision.history]);
  }
  const found = new Map(Object.entries(after.keys));
  const keysMatch =
    found.size === expected.size &&
    [...expected].every(([key, value]) => found.has(key) && sameValue(found.get(key), value));
  const sections = [...parseSections(text), ...parseSections(formatSections(revision.append))];
  return keysMatch && sameValue(sections.map(toFields), parseSections(revised).map(toFields));
}

function toFields({ level, heading, text }: Section): string[] {
  return [String(level), heading, text];
}

function sameValue(a: FrontValue | undefined, b: FrontValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function lineStop(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop;
}

import type { FrontValue, Section } from '../../core/notes/reflection.ts';
import type { Revision } from '../../world/world.ts';
import { readFront, type FrontRead, type YamlReader } from './front-matter.ts';
import { formatEntry, formatHistory, formatValue, orderKeys, type FrontWritable } from './write-front.ts';
import { formatSections, parseSections } from './note-text.ts';
import { fault, problemOf } from '../fs/problems.ts';
import type { KeyPlace } from './yaml.ts';

type ReadKeys = Extract<FrontRead, { is: 'keys' }>;

/**
 * Applies a revision to a note's text and touches nothing else: not a comment, not a line end. Undefined when
 * the slow reader is needed and was not given. Throws a Problem when the front matter can't be read, or would
 * not show the change afterwards.
 */
export function reviseText(
  text: string,
  revision: Revision,
  path: string,
  slow?: YamlReader,
): string | undefined {
  const before = readFront(text, path, slow);
  if (before.is === 'unsure') return undefined;
  if (before.is === 'fault') throw problemOf(before.fault);
  if (before.is === 'none') throw problemOf(fault('storage.front-missing', { path }));
  const { lineEnd } = before.span;
  let revised = text;
  for (const [key, value] of Object.entries(revision.front)) {
    if (sameValue(before.keys[key], value)) continue;
    const now = readAgain(revised, path, slow);
    const at = placesIn(revised, now).find(place => place.key === key);
    if (value === undefined) revised = at === undefined ? revised : removeKey(revised, at);
    else
      revised =
        at === undefined
          ? insertKey(revised, now, { key, value }, lineEnd)
          : setValue(revised, at, key, value);
  }
  if (revision.history !== undefined)
    revised = addHistory(revised, readAgain(revised, path, slow), revision.history, lineEnd);
  revised += added(revised, revision.append, lineEnd);
  if (!showsChange({ text, before, revised, after: readAgain(revised, path, slow), revision }))
    throw problemOf(fault('storage.cannot-revise', { path }));
  return revised;
}

function readAgain(text: string, path: string, slow: YamlReader | undefined): ReadKeys {
  const read = readFront(text, path, slow);
  // A change never makes a plain front matter unusual; should it do so, the file is left alone.
  if (read.is !== 'keys') throw problemOf(fault('storage.cannot-revise', { path }));
  return read;
}

function placesIn(text: string, read: ReadKeys): readonly KeyPlace[] {
  return read.places ?? plainPlaces(text, read.span.start, read.span.end);
}

/**
 * The places in a front matter that the plain reader has accepted: each key on a line of its own, items on
 * the lines below.
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

/** The offset of the dash of a list item in the line that starts at `at`, or -1. */
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
  // A value of several lines gives way to one line; its last line end stays.
  const tail = /\r?\n$/.exec(old)?.[0] ?? '';
  return `${text.slice(0, text.indexOf(':', at.keyEnd) + 1)} ${written}${tail}${text.slice(at.valueEnd)}`;
}

function removeKey(text: string, at: KeyPlace): string {
  return text.slice(0, at.keyStart) + text.slice(lineEndBehind(text, at));
}

/** The offset behind the last line of a key's value. */
function lineEndBehind(text: string, at: KeyPlace): number {
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
  const own = rank.get(key) ?? 0;
  // Behind the nearest key that belongs before it; a person's own order of the others is theirs.
  let before: KeyPlace | undefined;
  for (const place of places) {
    const at = rank.get(place.key) ?? 0;
    if (at < own && at >= (rank.get(before?.key ?? '') ?? -1)) before = place;
  }
  const offset = before === undefined ? read.span.start : lineEndBehind(text, before);
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
    const stop = lineEndBehind(text, { ...at, valueEnd: last.end });
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

function added(text: string, sections: readonly Section[], lineEnd: string): string {
  if (sections.length === 0) return '';
  const open = text.endsWith('\n') ? '' : '\n';
  return (open + formatSections(sections)).replaceAll('\n', lineEnd);
}

interface Revised {
  /** The text before the revision, and its front matter. */
  readonly text: string;
  readonly before: ReadKeys;
  /** The text after it, and its front matter, read as any later run reads it. */
  readonly revised: string;
  readonly after: ReadKeys;
  readonly revision: Revision;
}

/** Whether the revised text differs from the text before by exactly the revision. */
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
  const keysHold =
    found.size === expected.size &&
    [...expected].every(([key, value]) => found.has(key) && sameValue(found.get(key), value));
  const sections = [...parseSections(text), ...parseSections(formatSections(revision.append))];
  return keysHold && sameValue(sections.map(flat), parseSections(revised).map(flat));
}

function flat({ level, heading, text }: Section): string[] {
  return [String(level), heading, text];
}

function sameValue(one: FrontValue | undefined, other: FrontValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function lineStop(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop;
}

import { localInstant, parseDay, parseInstant, type Day, type Instant } from '../../core/dates/day.ts';
import { oneLine } from '../../core/text/one-line.ts';
import type { FrontValue, Head } from '../../core/notes/reflection.ts';
import { parseStatus, type Status } from '../../core/notes/status.ts';
import type { FrontKeys } from './read-plain-front.ts';
import { fault, type StorageFault } from '../fs/problems.ts';

/** Front matter to check. */
export interface FrontToCheck {
  /** The path that faults show. */
  readonly path: string;
  /** Returns the line of a key, from 1. */
  readonly lineOf: (key: string) => number;
  readonly valueOf: (key: string) => FrontValue | undefined;
  /** Reads all keys. */
  readonly readKeys: () => FrontKeys;
}

export type HeadRead =
  | { readonly is: 'head'; readonly head: Head }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/** The version of the note format that this program reads and writes. */
export const formatVersion = 1;

/**
 * Whether front matter contains the `rupture` key, which marks a note of this program, whatever its version.
 */
export function hasOurKey(keys: FrontKeys): boolean {
  return Object.hasOwn(keys, 'rupture');
}

type HeadFields = Omit<Head, 'keys'>;

/** The checked front matter that lists of notes need. Reads the remaining keys on first access. */
class FrontHead implements Head {
  readonly id: string;
  readonly session: Day;
  readonly created: Instant | undefined;
  readonly status: Status | undefined;
  readonly title: string | undefined;
  readonly with: string | undefined;
  readonly kinds: readonly string[];
  readonly feelings: readonly string[];
  readonly size: number | undefined;
  readonly restUntil: Day | undefined;
  readonly template: string | undefined;
  readonly #readKeys: () => FrontKeys;
  #keys: FrontKeys | undefined;

  constructor(fields: HeadFields, readKeys: () => FrontKeys) {
    this.id = fields.id;
    this.session = fields.session;
    this.created = fields.created;
    this.status = fields.status;
    this.title = fields.title;
    this.with = fields.with;
    this.kinds = fields.kinds;
    this.feelings = fields.feelings;
    this.size = fields.size;
    this.restUntil = fields.restUntil;
    this.template = fields.template;
    this.#readKeys = readKeys;
  }

  get keys(): FrontKeys {
    return (this.#keys ??= this.#readKeys());
  }
}

interface PlaceOfKey {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

/** Checks the front matter of one note. Returns its head, or the first fault found. */
export function checkHead(front: FrontToCheck): HeadRead {
  const { path, lineOf, valueOf, readKeys } = front;
  const at = (name: string): PlaceOfKey => ({ path, line: lineOf(name), name });
  const version = versionOf(valueOf('rupture'));
  if (version !== formatVersion) return faultRead(versionFault(version, { path, line: lineOf('rupture') }));
  const id = textOf(valueOf('id'));
  if (id === undefined) return faultRead(fault('storage.id-missing', { path }));
  if (!isId(id)) return faultRead(fault('storage.id-bad', { path, line: lineOf('id') }));
  const sessionValue = valueOf('session');
  if (textOf(sessionValue) === undefined) return faultRead(fault('storage.session-missing', { path }));
  const session = dayOf(sessionValue);
  if (session === undefined) return faultRead(fault('storage.day-bad', at('session')));
  const createdText = textOf(valueOf('created'));
  const created = createdText === undefined ? undefined : instantOf(createdText);
  if (createdText !== undefined && created === undefined && parseDay(createdText.slice(0, 10)) === undefined)
    return faultRead(fault('storage.day-bad', at('created')));
  const restValue = valueOf('rest_until');
  const restUntil = dayOf(restValue);
  if (restUntil === undefined && textOf(restValue) !== undefined)
    return faultRead(fault('storage.day-bad', at('rest_until')));
  const statusText = valueOf('status') ?? undefined;
  const status = typeof statusText === 'string' ? parseStatus(statusText) : undefined;
  if (statusText !== undefined && status === undefined)
    return faultRead(fault('storage.status-unknown', { path, line: lineOf('status') }));
  const size = valueOf('size') ?? undefined;
  if (!isSize(size)) return faultRead(fault('storage.size-bad', { path, line: lineOf('size') }));
  const title = valueOf('title');
  if (isNested(title)) return faultRead(fault('storage.text-expected', at('title')));
  const who = valueOf('with');
  if (isNested(who)) return faultRead(fault('storage.text-expected', at('with')));
  const kinds = textsOf(valueOf('kinds'));
  if (kinds === undefined) return faultRead(fault('storage.list-expected', at('kinds')));
  const feelings = textsOf(valueOf('feelings'));
  if (feelings === undefined) return faultRead(fault('storage.list-expected', at('feelings')));
  const fields = {
    id,
    session,
    created,
    status,
    title: onOneLine(title),
    with: onOneLine(who),
    kinds,
    feelings,
    size,
    restUntil,
    template: textOf(valueOf('template')),
  };
  return { is: 'head', head: new FrontHead(fields, readKeys) };
}

function versionFault(
  version: number,
  place: { readonly path: string; readonly line: number },
): StorageFault {
  const isNewer = Number.isInteger(version) && version > formatVersion;
  return isNewer
    ? fault('storage.newer-version', { ...place, version })
    : fault('storage.bad-version', place);
}

function isSize(value: FrontValue | undefined): value is number | undefined {
  if (value === undefined) return true;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10;
}

/**
 * Parses an instant, or a local time: notes apps drop the offset or the time when a person edits the value.
 */
function instantOf(text: string): Instant | undefined {
  return parseInstant(text) ?? localInstant(text);
}

/** Returns the number, quoted or not; NaN for anything else, including `true` and `[1]`. */
function versionOf(value: FrontValue | undefined): number {
  return typeof value === 'number' || (typeof value === 'string' && /^[0-9]+$/.test(value))
    ? Number(value)
    : Number.NaN;
}

function faultRead(found: StorageFault): HeadRead {
  return { is: 'fault', fault: found };
}

function isNested(value: FrontValue | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

/** Returns a scalar value as text; undefined for empty values, lists and maps. */
function textOf(value: FrontValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Returns a scalar value as text on one line, without line breaks. */
function onOneLine(value: FrontValue | undefined): string | undefined {
  const found = textOf(value);
  return found === undefined ? undefined : oneLine(found) || undefined;
}

/**
 * Returns a list of texts, each on one line. A single text becomes a list with one item, as notes apps write
 * it. Returns undefined for anything else.
 */
function textsOf(value: FrontValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return isNested(value) ? undefined : [oneLine(String(value))];
  const found: string[] = [];
  for (const item of value) {
    const itemText = textOf(item);
    if (itemText === undefined) return undefined;
    found.push(oneLine(itemText));
  }
  return found;
}

function isList(value: FrontValue): value is readonly FrontValue[] {
  return Array.isArray(value);
}

function dayOf(value: FrontValue | undefined): Day | undefined {
  return typeof value === 'string' ? parseDay(value) : undefined;
}

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a text is a valid id. Ids appear in file names, so only 1 to 64 letters, digits, `-` and `_`. */
export function isId(id: string): boolean {
  return idPattern.test(id);
}

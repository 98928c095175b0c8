import { localInstant, parseDay, parseInstant, type Day, type Instant } from '../core/day.ts';
import { oneLine } from '../core/one-line.ts';
import type { FrontValue, Head } from '../core/reflection.ts';
import { parseStatus, type Status } from '../core/status.ts';
import type { FrontKeys } from './front-read.ts';
import { fault, type StorageFault } from './problems.ts';

/** Where a front matter stands: its path as it is told, and the line of a key. */
export interface HeadPlace {
  readonly path: string;
  readonly lineOf: (key: string) => number;
}

export type HeadRead =
  | { readonly is: 'head'; readonly head: Head }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/** The version of the format that is read and written. */
export const formatVersion = 1;

/** Says whether a front matter marks its file as the tool's, of whatever version. */
export function isOurs(keys: FrontKeys): boolean {
  return Object.hasOwn(keys, 'rupture');
}

type HeadFields = Omit<Head, 'keys'>;

/**
 * What every list of notes needs of a note. The rest of its front matter is read when it is first asked for.
 */
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
    this.#readKeys = readKeys;
  }

  get keys(): FrontKeys {
    return (this.#keys ??= this.#readKeys());
  }
}

/**
 * Checks the front matter of one moment; the first thing that is wrong is the fault. `keys` needs to hold
 * only what `headKeys` names, and `readKeys` gives all of it.
 */
export function checkHead(keys: FrontKeys, place: HeadPlace, readKeys: () => FrontKeys): HeadRead {
  const { path } = place;
  const version = versionOf(keys['rupture']);
  if (version !== formatVersion) {
    const line = place.lineOf('rupture');
    const newer = Number.isInteger(version) && version > formatVersion;
    return wrong(
      newer
        ? fault('storage.newer-version', { path, line, version })
        : fault('storage.bad-version', { path, line }),
    );
  }
  const id = text(keys['id']);
  if (id === undefined) return wrong(fault('storage.id-missing', { path }));
  if (!isId(id)) return wrong(fault('storage.id-bad', { path, line: place.lineOf('id') }));
  if (text(keys['session']) === undefined) return wrong(fault('storage.session-missing', { path }));
  const session = day(keys['session']);
  if (session === undefined)
    return wrong(fault('storage.day-bad', { path, line: place.lineOf('session'), name: 'session' }));

  const createdText = text(keys['created']);
  const created =
    createdText === undefined ? undefined : (parseInstant(createdText) ?? localInstant(createdText));
  // Notes apps drop the offset, or the whole time, when a person touches it; the day alone has to be right.
  if (
    createdText !== undefined &&
    created === undefined &&
    parseDay(createdText.slice(0, 10)) === undefined
  ) {
    return wrong(fault('storage.day-bad', { path, line: place.lineOf('created'), name: 'created' }));
  }
  const restUntil = day(keys['rest_until']);
  if (restUntil === undefined && text(keys['rest_until']) !== undefined) {
    return wrong(fault('storage.day-bad', { path, line: place.lineOf('rest_until'), name: 'rest_until' }));
  }
  const statusText = keys['status'] ?? undefined;
  const status = typeof statusText === 'string' ? parseStatus(statusText) : undefined;
  if (statusText !== undefined && status === undefined)
    return wrong(fault('storage.status-unknown', { path, line: place.lineOf('status') }));
  const size = keys['size'] ?? undefined;
  if (size !== undefined && (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > 10)) {
    return wrong(fault('storage.size-bad', { path, line: place.lineOf('size') }));
  }
  for (const name of ['title', 'with']) {
    if (isNested(keys[name]))
      return wrong(fault('storage.text-expected', { path, line: place.lineOf(name), name }));
  }
  const kinds = texts(keys['kinds']);
  if (kinds === undefined)
    return wrong(fault('storage.list-expected', { path, line: place.lineOf('kinds'), name: 'kinds' }));
  const feelings = texts(keys['feelings']);
  if (feelings === undefined)
    return wrong(fault('storage.list-expected', { path, line: place.lineOf('feelings'), name: 'feelings' }));
  const [title, who] = [onOneLine(keys['title']), onOneLine(keys['with'])];
  const fields = { id, session, created, status, title, with: who, kinds, feelings, size, restUntil };
  return { is: 'head', head: new FrontHead(fields, readKeys) };
}

/**
 * A number, as it is or in quotes: `true` and a list count for 1 when they are made a number, and mean
 * nothing.
 */
function versionOf(value: FrontValue | undefined): number {
  return typeof value === 'number' || (typeof value === 'string' && /^[0-9]+$/.test(value))
    ? Number(value)
    : Number.NaN;
}

function wrong(found: StorageFault): HeadRead {
  return { is: 'fault', fault: found };
}

function isNested(value: FrontValue | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

/** The text of a value, whatever it looked like; undefined when there is none. */
function text(value: FrontValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The text of a value on one line, whatever line ends it has in the file. */
function onOneLine(value: FrontValue | undefined): string | undefined {
  const found = text(value);
  return found === undefined ? undefined : oneLine(found) || undefined;
}

/**
 * A list of texts, each on one line; a lone text is a list of one, as notes apps write it. Undefined when
 * it is anything else.
 */
function texts(value: FrontValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isList(value)) return isNested(value) ? undefined : [oneLine(String(value))];
  const found: string[] = [];
  for (const item of value) {
    const one = text(item);
    if (one === undefined) return undefined;
    found.push(oneLine(one));
  }
  return found;
}

function isList(value: FrontValue): value is readonly FrontValue[] {
  return Array.isArray(value);
}

function day(value: FrontValue | undefined): Day | undefined {
  return typeof value === 'string' ? parseDay(value) : undefined;
}

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** An id names files too: letters, digits, `-` and `_`, at most 64. */
export function isId(id: string): boolean {
  return idPattern.test(id);
}

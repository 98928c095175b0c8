import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { Day } from '../core/day.ts';
import type { Head } from '../core/reflection.ts';
import type { Status } from '../core/status.ts';
import type { Shelf, Shelved, Unreadable, Wants } from '../world.ts';
import { whichCounts, type CopyName } from './copies.ts';
import { glanceHead, glanceText } from './front-glance.ts';
import { isNamedLikeOurs, readHead, saysOurs, type NoteHead, type SlowReader } from './front-matter.ts';
import { frontEndsAt, opensFront } from './front-span.ts';
import { toldInside } from './inside.ts';
import { parseSections } from './note-text.ts';
import { fault, type StorageFault } from './problems.ts';
import { openHeadReader, readLimit, tooLarge, type ReadHead } from './safe-read.ts';
import { clearName, currentPath, isSealedName, sealedName } from './sealed-name.ts';
import type { ReadData, Texts } from './texts.ts';
import { hasNamedFile, walkNotes, type Walked } from './walk.ts';

const isEnough = (bytes: Buffer, length: number): boolean =>
  !opensFront(bytes, length) || frontEndsAt(bytes, length) >= 0;

export interface ShelfNeeds {
  /** Gives the YAML reader; called when a file needs it. */
  readonly openSlow: () => Promise<SlowReader>;
  /** Reads what is sealed. */
  readonly openSealed: Texts['open'];
  /**
   * Says what is wanted where the beginning is the whole file: most notes are short, and a second reading
   * costs more than the first.
   */
  readonly wants?: Wants;
}

/** Reads the beginning of every note below `folder`. */
export async function readShelf(folder: string, { openSlow, openSealed, wants }: ShelfNeeds): Promise<Shelf> {
  const walked = walkNotes(folder);
  const told = (path: string): string => toldInside(folder, path);
  const unreadable: Unreadable[] = walked.faults.map(({ path, fault: found }) =>
    unreadableOf(told(path), found),
  );
  const all: Met[] = [];
  const readFile = openHeadReader();
  let slow: SlowReader | undefined;
  const files = [...walked.files];
  for (const path of files) {
    // A walk puts a slash everywhere.
    const given = path.slice(path.lastIndexOf('/') + 1);
    const isSealed = isSealedName(given);
    const name = isSealed ? clearName(given) : given;
    const sealed = isSealed ? asHead(await openSealed(path)) : undefined;
    let read = sealed ?? readFile(path, isEnough);
    const quick = wants !== undefined && 'byText' in wants ? metByText(path, read, wants) : undefined;
    if (quick !== undefined) {
      all.push(quick);
      continue;
    }
    let head = headOf(read, path, name, slow);
    if (head.is === 'unsure') {
      slow ??= await openSlow();
      read = sealed ?? readFile(path, isEnough);
      head = headOf(read, path, name, slow);
    }
    if (head.is === 'head')
      all.push(wants === undefined ? { path, head: head.head } : metWith(path, read, head.head, wants));
    else if (head.is === 'fault') {
      // Another command encrypted or decrypted it since the folder was listed.
      const current = head.fault.key === 'storage.read-missing' ? currentPath(path) : path;
      if (current === path) unreadable.push(unreadableOf(told(path), head.fault));
      else if (!files.includes(current)) files.push(current);
    }
  }
  return { ...eachOnce(all), unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/**
 * True when there is at least one file that is ours, whole or broken. Where there are many, only the first
 * names are read.
 */
export function hasNotes(folder: string): boolean {
  if (hasNamedFile(folder, name => isNamedLikeOurs(clearName(name)))) return true;
  const readFile = openHeadReader();
  const { files, faults } = walkNotes(folder);
  return (
    faults.some(isNotHere) ||
    files.some(path => {
      const name = basename(path);
      return (
        isNamedLikeOurs(name) ||
        isSealedName(name) ||
        headOf(readFile(path, isEnough), path, name, undefined).is !== 'foreign'
      );
    })
  );
}

// How a front matter of ours begins. Where the line stands there, no other can say the status: a key that
// stands twice is an error.
const withStatus =
  /^---\nrupture: 1\nid: [a-z0-9]+\nsession: [0-9-]+\n(?:created: [^\n]+\n)?status: ([a-z-]+)\n/;
const longestStart = 200;

/**
 * Says whether a note may have this status: looks at the beginnings alone, and reads no front matter. True is
 * no promise; false is.
 */
export function mayHaveStatus(folder: string, status: Status): boolean {
  const readFile = openHeadReader();
  const { files, faults } = walkNotes(folder);
  return (
    faults.some(isNotHere) ||
    files.some(path => {
      if (isSealedName(path)) return true;
      const read = readFile(path, () => true);
      if (read.is === 'fault' || !opensFront(read.bytes, read.length)) return false;
      const said = withStatus.exec(
        read.bytes.toString('latin1', 0, Math.min(read.length, longestStart)),
      )?.[1];
      if (said !== undefined) return said === status;
      const end = frontEndsAt(read.bytes, read.length);
      const text = read.bytes.toString('latin1', 0, end < 0 ? read.length : end).toLowerCase();
      // A longer front matter goes on; YAML can write a letter as a number. Others write "Not addressed".
      return (end < 0 && !read.whole) || text.replace(/[\s_]+/g, '-').includes(status) || text.includes('\\');
    })
  );
}

/** Says whether a file is elsewhere only: nobody knows what is in it. */
function isNotHere({ fault: { key } }: Walked['faults'][number]): boolean {
  return key === 'storage.read-not-here';
}

/** Says whether nothing was ever written into a file, or nothing of it came: it is empty, or all zeros. */
function isBlank(bytes: Buffer, length: number): boolean {
  return bytes.subarray(0, length).every(byte => byte === 0);
}

function headOf(read: ReadHead, path: string, name: string, slow: SlowReader | undefined): NoteHead {
  if (read.is === 'fault') return { is: 'fault', fault: read.fault };
  const { bytes, length } = read;
  const named = isNamedLikeOurs(name);
  if (!opensFront(bytes, length)) {
    if (!named) return { is: 'foreign' };
    if (read.size <= readLimit && isBlank(bytes, length))
      return wrong(fault('storage.front-empty', { path }));
    return wrong(read.size > readLimit ? tooLarge(path) : fault('storage.front-missing', { path }));
  }
  const found = frontEndsAt(bytes, length);
  const end = found < 0 ? length : found;
  const text = bytes.toString('utf8', 0, end);
  const ours = named || saysOurs(text);
  if (found < 0 && !read.whole)
    return ours ? wrong(fault('storage.front-open', { path, line: 1 })) : { is: 'foreign' };
  // U+FFFD can have been typed; only then the bytes are looked at.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(0, end)))
    return ours ? wrong(fault('storage.read-not-text', { path })) : { is: 'foreign' };
  const glanced =
    found < 0 || read.size > readLimit || !text.startsWith('---\n') || !text.endsWith('\n---\n')
      ? undefined
      : glanceHead(text.slice(4, -4));
  if (glanced !== undefined) return { is: 'head', head: glanced };
  const head = readHead(text, path, named, slow);
  // It would be listed and then not be shown.
  return read.size > readLimit && head.is === 'head' ? wrong(tooLarge(path)) : head;
}

/** A moment of which nothing is wanted but its name: ten thousand heads would stay in memory for nothing. */
interface PassedOver {
  readonly path: string;
  readonly id: string;
  readonly session: Day;
}

type Met = Shelved | PassedOver;

function metWith(path: string, read: ReadHead, head: Head, wants: Wants): Met {
  if (read.is === 'fault' || !read.whole) return { path, head };
  if ('byHead' in wants && wants.byHead(head) === 'head') return { path, head, texts: 'unwanted' };
  const text = textOf(read);
  // What can't be read is named by whoever reads it whole.
  if (text === undefined) return { path, head };
  return metOf(
    path,
    head,
    text,
    'byText' in wants ? wants.byText(text, text.length === read.length) : 'texts',
  );
}

/**
 * Where the text is looked at in any case, a head that is as we write it is read out of it; undefined for any
 * other.
 */
function metByText(
  path: string,
  read: ReadHead,
  { byText }: Extract<Wants, { byText: unknown }>,
): Met | undefined {
  if (read.is === 'fault' || !read.whole || read.size > readLimit) return undefined;
  const text = textOf(read);
  const head = text === undefined ? undefined : glanceText(text);
  return text === undefined || head === undefined
    ? undefined
    : metOf(path, head, text, byText(text, text.length === read.length));
}

function metOf(path: string, head: Head, text: string, wanted: 'texts' | 'head' | 'nothing'): Met {
  if (wanted === 'nothing') return { path, id: head.id, session: head.session };
  return { path, head, texts: wanted === 'texts' ? { text, sections: parseSections(text) } : 'unwanted' };
}

/** Undefined for what is no UTF-8. A letter that is not ASCII takes more bytes than places in the text. */
function textOf({ bytes, length }: Extract<ReadHead, { is: 'head' }>): string | undefined {
  const text = bytes.toString('utf8', 0, length);
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(0, length)) ? undefined : text;
}

function asHead(read: ReadData): ReadHead {
  if (read.is === 'fault') return read;
  const bytes = Buffer.from(read.text, 'utf8');
  return { is: 'head', bytes, length: bytes.length, whole: true, size: bytes.length };
}

function wrong(found: StorageFault): NoteHead {
  return { is: 'fault', fault: found };
}

/** Names a file that can't be read; `path` is relative to the folder. */
export function unreadableOf(path: string, { line, key, params }: StorageFault): Unreadable {
  return { path, line, key, params: relativeParams(params, path) };
}

function relativeParams(params: StorageFault['params'], path: string): StorageFault['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === 'path' || name === 'place' ? path : value]),
  );
}

/** Each id once: of several files with one id the others are copies. */
function eachOnce(all: readonly Met[]): Pick<Shelf, 'moments' | 'copies'> {
  const winners = new Map<string, Met>();
  const others: Met[] = [];
  for (const met of all) {
    const id = idOf(met);
    const there = winners.get(id);
    if (there === undefined) {
      winners.set(id, met);
    } else if (whichCounts(copyName(there), copyName(met)).path === there.path) {
      others.push(met);
    } else {
      winners.set(id, met);
      others.push(there);
    }
  }
  const copies = others.map(met => ({ path: met.path, of: winners.get(idOf(met))?.path ?? met.path }));
  const isShelved = (met: Met): met is Shelved => 'head' in met;
  return {
    moments: all.filter(
      copies.length === 0
        ? isShelved
        : (met): met is Shelved => isShelved(met) && winners.get(idOf(met)) === met,
    ),
    copies,
  };
}

function idOf(met: Met): string {
  return 'head' in met ? met.head.id : met.id;
}

function copyName(met: Met): CopyName {
  const { path } = met;
  const canonical = `${'head' in met ? met.head.session : met.session}-${idOf(met)}.md`;
  return { path, name: basename(path), canonical: isSealedName(path) ? sealedName(canonical) : canonical };
}

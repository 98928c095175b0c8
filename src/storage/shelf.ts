import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { Head } from '../core/reflection.ts';
import type { Shelf, Shelved, Unreadable, WantsText } from '../world.ts';
import { whichCounts, type CopyName } from './copies.ts';
import { glanceHead } from './front-glance.ts';
import { isNamedLikeOurs, readHead, saysOurs, type NoteHead, type SlowReader } from './front-matter.ts';
import { frontEndsAt, opensFront } from './front-span.ts';
import { toldInside } from './inside.ts';
import { parseSections } from './note-text.ts';
import { fault, type StorageFault } from './problems.ts';
import { openHeadReader, readLimit, tooLarge, type ReadHead } from './safe-read.ts';
import { clearName, isSealedName, sealedName } from './sealed-name.ts';
import type { ReadData, Texts } from './texts.ts';
import { hasNamedFile, walkNotes } from './walk.ts';

const isEnough = (bytes: Buffer, length: number): boolean => !opensFront(bytes, length) || frontEndsAt(bytes, length) >= 0;

export interface ShelfNeeds {
  /** Gives the YAML reader; called when a file needs it. */
  readonly openSlow: () => Promise<SlowReader>;
  /** Reads what is sealed. */
  readonly openSealed: Texts['open'];
  /** Says whose texts are wanted too, where the beginning is the whole file: most notes are short, and a second reading costs more than the first. */
  readonly wants?: WantsText;
}

/** Reads the beginning of every note below `folder`. */
export async function readShelf(folder: string, { openSlow, openSealed, wants }: ShelfNeeds): Promise<Shelf> {
  const walked = walkNotes(folder);
  const told = (path: string): string => toldInside(folder, path);
  const unreadable: Unreadable[] = walked.faults.map(({ path, fault: found }) => unreadableOf(told(path), found));
  const moments: Shelved[] = [];
  const readFile = openHeadReader();
  let slow: SlowReader | undefined;
  for (const path of walked.files) {
    // A walk puts a slash everywhere.
    const given = path.slice(path.lastIndexOf('/') + 1);
    const isSealed = isSealedName(given);
    const name = isSealed ? clearName(given) : given;
    const sealed = isSealed ? asHead(await openSealed(path)) : undefined;
    let read = sealed ?? readFile(path, isEnough);
    let head = headOf(read, path, name, slow);
    if (head.is === 'unsure') {
      slow ??= await openSlow();
      read = sealed ?? readFile(path, isEnough);
      head = headOf(read, path, name, slow);
    }
    if (head.is === 'head') {
      const texts = wants && textsOf(read, head.head, wants);
      moments.push(texts === undefined ? { path, head: head.head } : { path, head: head.head, texts });
    }
    else if (head.is === 'fault') unreadable.push(unreadableOf(told(path), head.fault));
  }
  return { ...eachOnce(moments), unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** True when there is at least one file that is ours, whole or broken. Where there are many, only the first names are read. */
export function hasNotes(folder: string): boolean {
  if (hasNamedFile(folder, (name) => isNamedLikeOurs(clearName(name)))) return true;
  const readFile = openHeadReader();
  return walkNotes(folder).files.some((path) => {
    const name = basename(path);
    return isNamedLikeOurs(name) || isSealedName(name) || headOf(readFile(path, isEnough), path, name, undefined).is !== 'foreign';
  });
}

function headOf(read: ReadHead, path: string, name: string, slow: SlowReader | undefined): NoteHead {
  if (read.is === 'fault') return { is: 'fault', fault: read.fault };
  const { bytes, length } = read;
  const named = isNamedLikeOurs(name);
  if (!opensFront(bytes, length)) {
    if (!named) return { is: 'foreign' };
    return wrong(read.size > readLimit ? tooLarge(path) : fault('storage.front-missing', { path }));
  }
  const found = frontEndsAt(bytes, length);
  const end = found < 0 ? length : found;
  const text = bytes.toString('utf8', 0, end);
  const ours = named || saysOurs(text);
  if (found < 0 && !read.whole) return ours ? wrong(fault('storage.front-open', { path, line: 1 })) : { is: 'foreign' };
  // U+FFFD can have been typed; only then the bytes are looked at.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(0, end))) return ours ? wrong(fault('storage.read-not-text', { path })) : { is: 'foreign' };
  const glanced = found < 0 || read.size > readLimit || !text.startsWith('---\n') || !text.endsWith('\n---\n') ? undefined : glanceHead(text.slice(4, -4));
  if (glanced !== undefined) return { is: 'head', head: glanced };
  const head = readHead(text, path, named, slow);
  // It would be listed and then not be shown.
  return read.size > readLimit && head.is === 'head' ? wrong(tooLarge(path)) : head;
}

/** Undefined where the texts of a note are not to be had without reading it again. */
function textsOf(read: ReadHead, head: Head, wants: WantsText): Shelved['texts'] {
  if (read.is === 'fault' || !read.whole) return undefined;
  const { bytes, length } = read;
  let text: string | undefined;
  const textOf = (): string => (text ??= bytes.toString('utf8', 0, length));
  // A letter of another kind takes more bytes than places in a text.
  const isWanted = wants(head, textOf, () => textOf().length === length && !textOf().includes('\ufffd'));
  if (!isWanted && text === undefined) return 'unwanted';
  // What can't be read is named by whoever reads it whole.
  if (textOf().includes('\ufffd') && !isUtf8(bytes.subarray(0, length))) return undefined;
  return isWanted ? { text: textOf(), sections: parseSections(textOf()) } : 'unwanted';
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
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, name === 'path' || name === 'place' ? path : value]));
}

/** Each id once: of several files with one id the others are copies. */
function eachOnce(all: readonly Shelved[]): Pick<Shelf, 'moments' | 'copies'> {
  const winners = new Map<string, Shelved>();
  const others: Shelved[] = [];
  for (const moment of all) {
    const there = winners.get(moment.head.id);
    if (there === undefined) {
      winners.set(moment.head.id, moment);
    } else if (whichCounts(copyName(there), copyName(moment)).path === there.path) {
      others.push(moment);
    } else {
      winners.set(moment.head.id, moment);
      others.push(there);
    }
  }
  if (others.length === 0) return { moments: all, copies: [] };
  const moments = all.filter((moment) => winners.get(moment.head.id) === moment);
  return { moments, copies: others.map(({ path, head }) => ({ path, of: winners.get(head.id)?.path ?? path })) };
}

function copyName({ path, head }: Shelved): CopyName {
  const canonical = `${head.session}-${head.id}.md`;
  return { path, name: basename(path), canonical: isSealedName(path) ? sealedName(canonical) : canonical };
}

import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { Head } from '../../core/notes/reflection.ts';
import type { NoteIndex, NoteSummary, NeedsText, Unreadable } from '../../world/world.ts';
import { whichCounts, type CopyName } from './sync-copies.ts';
import {
  isNoteFileName,
  readHead,
  hasOurMark,
  type NoteHead,
  type YamlReader,
} from '../format/front-matter.ts';
import { frontEndsAt, opensFront } from '../format/front-span.ts';
import { relativePath } from '../fs/relative-path.ts';
import { parseSections } from '../format/note-text.ts';
import { fault, type StorageFault } from '../fs/problems.ts';
import { openHeadReader, readLimit, tooLarge, type ReadHead } from '../fs/read-file.ts';
import { plaintextName, currentPath, isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import { hasNamedFile, listNoteFiles, type ListedFiles } from '../fs/list-note-files.ts';

const isEnough = (bytes: Buffer, length: number): boolean =>
  !opensFront(bytes, length) || frontEndsAt(bytes, length) >= 0;

export interface ScanNeeds {
  /** Gives the YAML reader; called when a file needs it. */
  readonly loadYamlReader: () => Promise<YamlReader>;
  /** Reads what is sealed. */
  readonly openSealed: EncryptedFiles['read'];
  /** Says of which notes the texts are wanted too. */
  readonly needsText?: NeedsText;
}

/** Reads the beginning of every note below `folder`. */
export async function scanNotes(
  folder: string,
  { loadYamlReader, openSealed, needsText }: ScanNeeds,
): Promise<NoteIndex> {
  const walked = listNoteFiles(folder);
  const shownPath = (path: string): string => relativePath(folder, path);
  const unreadable: Unreadable[] = walked.faults.map(({ path, fault: found }) =>
    unreadableOf(shownPath(path), found),
  );
  const all: NoteSummary[] = [];
  const readFile = openHeadReader();
  let slow: YamlReader | undefined;
  const files = [...walked.files];
  for (const path of files) {
    // A walk puts a slash everywhere.
    const given = path.slice(path.lastIndexOf('/') + 1);
    const isSealed = isEncryptedName(given);
    const name = isSealed ? plaintextName(given) : given;
    const encrypted = isSealed ? asHead(await openSealed(path)) : undefined;
    let read = encrypted ?? readFile(path, isEnough);
    let head = headOf(read, path, name, slow);
    if (head.is === 'unsure') {
      slow ??= await loadYamlReader();
      read = encrypted ?? readFile(path, isEnough);
      head = headOf(read, path, name, slow);
    }
    if (head.is === 'head') {
      all.push(
        needsText === undefined ? { path, head: head.head } : withTexts(path, read, head.head, needsText),
      );
    }
    if (head.is === 'fault') {
      // Another command encrypted or decrypted it since the folder was listed.
      const current = head.fault.key === 'storage.read-missing' ? currentPath(path) : path;
      if (current === path) unreadable.push(unreadableOf(shownPath(path), head.fault));
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
  if (hasNamedFile(folder, name => isNoteFileName(plaintextName(name)))) return true;
  const readFile = openHeadReader();
  const { files, faults } = listNoteFiles(folder);
  return (
    faults.some(isNotHere) ||
    files.some(path => {
      const name = basename(path);
      return (
        isNoteFileName(name) ||
        isEncryptedName(name) ||
        headOf(readFile(path, isEnough), path, name, undefined).is !== 'foreign'
      );
    })
  );
}

/** Says whether a file is elsewhere only: nobody knows what is in it. */
function isNotHere({ fault: { key } }: ListedFiles['faults'][number]): boolean {
  return key === 'storage.read-not-here';
}

/** Says whether nothing was ever written into a file, or nothing of it came: it is empty, or all zeros. */
function isBlank(bytes: Buffer, length: number): boolean {
  return bytes.subarray(0, length).every(byte => byte === 0);
}

function headOf(read: ReadHead, path: string, name: string, slow: YamlReader | undefined): NoteHead {
  if (read.is === 'fault') return { is: 'fault', fault: read.fault };
  const { bytes, length } = read;
  const named = isNoteFileName(name);
  if (!opensFront(bytes, length)) {
    if (!named) return { is: 'foreign' };
    if (read.size <= readLimit && isBlank(bytes, length))
      return wrong(fault('storage.front-empty', { path }));
    return wrong(read.size > readLimit ? tooLarge(path) : fault('storage.front-missing', { path }));
  }
  const found = frontEndsAt(bytes, length);
  const end = found < 0 ? length : found;
  const text = bytes.toString('utf8', 0, end);
  const ours = named || hasOurMark(text);
  if (found < 0 && !read.whole)
    return ours ? wrong(fault('storage.front-open', { path, line: 1 })) : { is: 'foreign' };
  // U+FFFD can have been typed; only then the bytes are looked at.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(0, end)))
    return ours ? wrong(fault('storage.read-not-text', { path })) : { is: 'foreign' };
  const head = readHead(text, path, named, slow);
  // It would be listed and then not be shown.
  return read.size > readLimit && head.is === 'head' ? wrong(tooLarge(path)) : head;
}

/** Takes the texts of a note along where they are wanted and the beginning is the whole file. */
function withTexts(path: string, read: ReadHead, head: Head, needsText: NeedsText): NoteSummary {
  if (read.is === 'fault' || !read.whole) return { path, head };
  let text: string | undefined;
  let isText = true;
  const readText = (): string => {
    text ??= textOf(read);
    isText = text !== undefined;
    return text ?? '';
  };
  if (!needsText(head, readText)) return isText ? { path, head, texts: 'not-needed' } : { path, head };
  const whole = readText();
  // Whoever reads a file whole names what is wrong with it.
  return isText ? { path, head, texts: { text: whole, sections: parseSections(whole) } } : { path, head };
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
function eachOnce(all: readonly NoteSummary[]): Pick<NoteIndex, 'moments' | 'copies'> {
  const winners = new Map<string, NoteSummary>();
  const others: NoteSummary[] = [];
  for (const found of all) {
    const { id } = found.head;
    const there = winners.get(id);
    if (there === undefined) {
      winners.set(id, found);
    } else if (whichCounts(copyName(there), copyName(found)).path === there.path) {
      others.push(found);
    } else {
      winners.set(id, found);
      others.push(there);
    }
  }
  const copies = others.map(({ path, head }) => ({ path, of: winners.get(head.id)?.path ?? path }));
  return { moments: copies.length === 0 ? all : all.filter(one => winners.get(one.head.id) === one), copies };
}

function copyName({ path, head }: NoteSummary): CopyName {
  const canonical = `${head.session}-${head.id}.md`;
  return {
    path,
    name: basename(path),
    canonical: isEncryptedName(path) ? encryptedName(canonical) : canonical,
  };
}

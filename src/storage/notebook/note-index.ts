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

/** Whether the bytes read contain all of the front matter, or there is none. */
const hasWholeFront = (bytes: Buffer, length: number): boolean =>
  !opensFront(bytes, length) || frontEndsAt(bytes, length) >= 0;

export interface ScanNeeds {
  /** Returns the YAML reader. Called only if a file needs it. */
  readonly loadYamlReader: () => Promise<YamlReader>;
  /** Reads and decrypts an encrypted file. */
  readonly openSealed: EncryptedFiles['read'];
  /** Whether the index should include a note's text. Without it, the index includes no texts. */
  readonly needsText?: NeedsText;
}

/**
 * Reads the front matter of every note below `folder`. Files that can't be read are listed in `unreadable`,
 * sorted by path.
 */
export async function scanNotes(
  folder: string,
  { loadYamlReader, openSealed, needsText }: ScanNeeds,
): Promise<NoteIndex> {
  const listed = listNoteFiles(folder);
  const shownPath = (path: string): string => relativePath(folder, path);
  const unreadable: Unreadable[] = listed.faults.map(({ path, fault: found }) =>
    unreadableOf(shownPath(path), found),
  );
  const all: NoteSummary[] = [];
  const readFile = openHeadReader();
  let readYaml: YamlReader | undefined;
  const files = [...listed.files];
  for (const path of files) {
    // Listed paths use slashes on every system.
    const fileName = path.slice(path.lastIndexOf('/') + 1);
    const isEncrypted = isEncryptedName(fileName);
    const name = isEncrypted ? plaintextName(fileName) : fileName;
    const encrypted = isEncrypted ? asHead(await openSealed(path)) : undefined;
    let read = encrypted ?? readFile(path, hasWholeFront);
    let head = headOf(read, path, name, readYaml);
    if (head.is === 'unsure') {
      readYaml ??= await loadYamlReader();
      read = encrypted ?? readFile(path, hasWholeFront);
      head = headOf(read, path, name, readYaml);
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
  return { ...separateCopies(all), unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/**
 * Whether `folder` contains at least one note, damaged notes included. Stops at the first file named like a
 * note, so that a large folder is quick.
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
        headOf(readFile(path, hasWholeFront), path, name, undefined).is !== 'foreign'
      );
    })
  );
}

/** Whether a file exists only online, so that its content is unknown: it could be a note. */
function isNotHere({ fault: { key } }: ListedFiles['faults'][number]): boolean {
  return key === 'storage.read-not-here';
}

/** Whether a file is empty or all zeros: never written, or never downloaded. */
function isBlank(bytes: Buffer, length: number): boolean {
  return bytes.subarray(0, length).every(byte => byte === 0);
}

function headOf(read: ReadHead, path: string, name: string, readYaml: YamlReader | undefined): NoteHead {
  if (read.is === 'fault') return { is: 'fault', fault: read.fault };
  const { bytes, length } = read;
  const isNamedLikeNote = isNoteFileName(name);
  if (!opensFront(bytes, length)) {
    if (!isNamedLikeNote) return { is: 'foreign' };
    if (read.size <= readLimit && isBlank(bytes, length))
      return faultHead(fault('storage.front-empty', { path }));
    return faultHead(read.size > readLimit ? tooLarge(path) : fault('storage.front-missing', { path }));
  }
  const found = frontEndsAt(bytes, length);
  const end = found < 0 ? length : found;
  const text = bytes.toString('utf8', 0, end);
  const isOurNote = isNamedLikeNote || hasOurMark(text);
  if (found < 0 && !read.whole)
    return isOurNote ? faultHead(fault('storage.front-open', { path, line: 1 })) : { is: 'foreign' };
  // U+FFFD marks a decoding error, but a person can type it too: check the bytes.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(0, end)))
    return isOurNote ? faultHead(fault('storage.read-not-text', { path })) : { is: 'foreign' };
  const head = readHead(text, path, isNamedLikeNote, readYaml);
  // Report a file over the limit now: it would be listed and then fail to open.
  return read.size > readLimit && head.is === 'head' ? faultHead(tooLarge(path)) : head;
}

/** Adds the note's text to its summary if the query needs it and the whole file was read. */
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
  const fullText = readText();
  // Without texts, the caller reads the file itself and reports what is wrong with it.
  return isText
    ? { path, head, texts: { text: fullText, sections: parseSections(fullText) } }
    : { path, head };
}

/** Returns the file's text, or undefined if it is not UTF-8. */
function textOf({ bytes, length }: Extract<ReadHead, { is: 'head' }>): string | undefined {
  const text = bytes.toString('utf8', 0, length);
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(0, length)) ? undefined : text;
}

function asHead(read: ReadData): ReadHead {
  if (read.is === 'fault') return read;
  const bytes = Buffer.from(read.text, 'utf8');
  return { is: 'head', bytes, length: bytes.length, whole: true, size: bytes.length };
}

function faultHead(found: StorageFault): NoteHead {
  return { is: 'fault', fault: found };
}

/** Returns the report of a file that can't be read; `path` is relative to the folder of the notes. */
export function unreadableOf(path: string, { line, key, params }: StorageFault): Unreadable {
  return { path, line, key, params: relativeParams(params, path) };
}

function relativeParams(params: StorageFault['params'], path: string): StorageFault['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === 'path' || name === 'place' ? path : value]),
  );
}

/** Keeps one file for each id and returns the other files with that id as copies. */
function separateCopies(all: readonly NoteSummary[]): Pick<NoteIndex, 'moments' | 'copies'> {
  const winners = new Map<string, NoteSummary>();
  const duplicates: NoteSummary[] = [];
  for (const found of all) {
    const { id } = found.head;
    const current = winners.get(id);
    if (current === undefined) {
      winners.set(id, found);
    } else if (whichCounts(copyName(current), copyName(found)).path === current.path) {
      duplicates.push(found);
    } else {
      winners.set(id, found);
      duplicates.push(current);
    }
  }
  const copies = duplicates.map(({ path, head }) => ({ path, of: winners.get(head.id)?.path ?? path }));
  return {
    moments: copies.length === 0 ? all : all.filter(note => winners.get(note.head.id) === note),
    copies,
  };
}

function copyName({ path, head }: NoteSummary): CopyName {
  const canonical = `${head.session}-${head.id}.md`;
  return {
    path,
    name: basename(path),
    canonical: isEncryptedName(path) ? encryptedName(canonical) : canonical,
  };
}

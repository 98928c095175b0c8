import { readdirSync, rmdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removeAllFiles } from '../fs/move-files.ts';
import { relativePath } from '../fs/relative-path.ts';
import type { UndoLog } from './undo-log.ts';
import { isRealFolder } from '../folder/own-folders.ts';
import type { Writer } from '../fs/write-file.ts';
import { plaintextName, isEncryptedName } from '../fs/encrypted-name.ts';
import type { ReadData } from '../encryption/encrypted-files.ts';
import type { TrashFolder } from './trash.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

export interface EraseNeeds {
  readonly folder: string;
  /** `.rupture`. */
  readonly own: string;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  /** What lies at each of `filesToRead`. */
  readonly found: ReadonlyMap<string, ReadData>;
  readonly writer: Writer;
}

/** Patterns that recognise a file about one of the notes. */
interface About {
  /** A file name that begins with the name of a note. */
  readonly beginsWithName: RegExp;
  /** A file name that holds the id of a note. */
  readonly hasId: RegExp;
  /** A text that holds the id of a note as a value. */
  readonly saysId: RegExp;
}

/**
 * Erases notes and every file of ours about them: trash, undo log, drafts, copies set aside, and the leftovers
 * of editors and of interrupted writes. Needs the lock.
 */
export function eraseNotes(
  { folder, own, undoLog, trash, found, writer }: EraseNeeds,
  notes: readonly { readonly id: string; readonly path: string }[],
): void {
  const ids = new Set(notes.map(({ id }) => id));
  const paths = new Set(notes.map(({ path }) => path));
  const shownPath = new Set([...paths].map(path => relativePath(folder, path)));
  const names = [...paths].map(nameOf);
  const about: About = {
    beginsWithName: new RegExp(`^${anyOf(names)}`),
    hasId: new RegExp(anyOf(ids)),
    saysId: sayingId(ids),
  };
  const half = new RegExp(`^${anyOf(names.map(name => `.${name}`.slice(0, 50)))}`);
  const isMeant = ({ id, path }: { readonly id: string; readonly path: string }): boolean =>
    ids.has(id) || shownPath.has(path);
  const traces = filesBelow(own).filter(path => isAbout(path, own, about, found));
  // What could bring them back goes first: an end in the middle leaves the notes, and the same command again.
  undoLog.forget(isMeant);
  trash.erase(trash.list().filter(isMeant));
  removeAllFiles(writer, [
    ...traces,
    ...[...new Set([...paths].map(path => dirname(path)))]
      .flatMap(halvesIn)
      .filter(path => half.test(basename(path))),
  ]);
  removeEmpty(join(own, 'editor'));
  removeAllFiles(writer, [...paths]);
}

/**
 * Erases all that is ours besides the notes: everything in `.rupture` but the lock, and halves of writing
 * beside the notes. The keys stay while an encrypted note is left that was not erased. Wants the lock.
 */
export function eraseOwn(folder: string, own: string, writer: Writer, noteFolders: readonly string[]): void {
  const isLeft = listNoteFiles(folder).files.some(isEncryptedName);
  const stays = (path: string): boolean =>
    path === join(own, 'lock') || (isLeft && keyNames.test(path.slice(own.length + 1)));
  // Most notes lie in the same few folders.
  const folders = [...new Set([folder, ...noteFolders])];
  removeAllFiles(writer, [...folders.flatMap(halvesIn), ...filesBelow(own).filter(path => !stays(path))]);
}

const keyNames = /^(?:identity\.age|former-key-.*\.age|recipient\.txt|sealing)$/;

/** The files of ours that may be about one of the notes and have to be read to know. */
export function filesToRead(own: string, notes: readonly { readonly path: string }[]): readonly string[] {
  const beginsWithName = new RegExp(`^${anyOf(notes.map(({ path }) => nameOf(path)))}`);
  return filesBelow(own).filter(
    path =>
      maySay(path, own) &&
      !(isCopyOfNote(path, own) && beginsWithName.test(basename(path).replace(/^\./, ''))),
  );
}

function nameOf(path: string): string {
  return basename(plaintextName(path), '.md');
}

function placeIn(own: string, path: string): string | undefined {
  return path.slice(own.length + 1).split(/[/\\]/)[0];
}

function isCopyOfNote(path: string, own: string): boolean {
  const place = placeIn(own, path);
  return place === 'kept' || (place === 'trash' && !path.endsWith('.json'));
}

function maySay(path: string, own: string): boolean {
  const place = placeIn(own, path);
  return isCopyOfNote(path, own) || place === 'drafts' || place === 'editor' || path.endsWith('.tmp');
}

function isAbout(path: string, own: string, about: About, found: EraseNeeds['found']): boolean {
  if (isCopyOfNote(path, own) && about.beginsWithName.test(basename(path).replace(/^\./, ''))) return true;
  return maySay(path, own) && saysAny(path, about, found.get(path));
}

// A draft names its own id and the ids of the notes it is about, a copy of a note has its id in the front
// matter, and the leftover of an interrupted write holds the beginning of either.
function saysAny(path: string, { hasId, saysId }: About, read: ReadData | undefined): boolean {
  return hasId.test(basename(path)) || (read?.is === 'text' && saysId.test(read.text));
}

/**
 * Gives a pattern for texts that hold one of the ids as a whole word: right after a double quote, or as the
 * `id` of a front matter.
 */
export function sayingId(ids: Iterable<string>): RegExp {
  return new RegExp(`(?:"|\\nid: *["']?)${anyOf(ids)}\\b`);
}

/** Gives the source of a pattern for any one of the texts; it matches nothing if there are none. */
function anyOf(texts: Iterable<string>): string {
  const sources = [...texts].map(text => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return sources.length === 0 ? '(?!)' : `(?:${sources.join('|')})`;
}

/** Finds what interrupted writes have left in a folder. */
function halvesIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter(entry => entry.isFile() && /^\..+\.md(?:\.age)?\.\d+-[0-9a-f]{12}\.tmp$/.test(entry.name))
    .map(({ name }) => join(folder, name));
}

function filesBelow(folder: string): readonly string[] {
  if (!isRealFolder(folder)) return [];
  return entriesOf(folder).flatMap(entry =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Removes a folder and those in it, as far as they are empty. */
export function removeEmpty(folder: string): void {
  if (!isRealFolder(folder)) return;
  for (const entry of entriesOf(folder)) if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies in it, or it was never there.
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

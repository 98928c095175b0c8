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
  /** The content of each of `filesToRead`, by path. */
  readonly found: ReadonlyMap<string, ReadData>;
  readonly writer: Writer;
}

/** Patterns that recognise a file about one of the notes. */
interface About {
  /** A file name that begins with the name of a note. */
  readonly beginsWithName: RegExp;
  /** A file name that contains the id of a note. */
  readonly hasId: RegExp;
  /** A text that contains the id of a note as a value. */
  readonly containsIdValue: RegExp;
}

/**
 * Erases notes and every file of the program about them: trash, undo log, drafts, conflict copies, and
 * leftovers of editors and of interrupted writes. Needs the lock.
 */
export function eraseNotes(
  { folder, own, undoLog, trash, found, writer }: EraseNeeds,
  notes: readonly { readonly id: string; readonly path: string }[],
): void {
  const ids = new Set(notes.map(({ id }) => id));
  const paths = new Set(notes.map(({ path }) => path));
  const relativePaths = new Set([...paths].map(path => relativePath(folder, path)));
  const names = [...paths].map(nameOf);
  const about: About = {
    beginsWithName: new RegExp(`^${anyOf(names)}`),
    hasId: new RegExp(anyOf(ids)),
    containsIdValue: sayingId(ids),
  };
  const leftoverName = new RegExp(`^${anyOf(names.map(name => `.${name}`.slice(0, 50)))}`);
  const isErased = ({ id, path }: { readonly id: string; readonly path: string }): boolean =>
    ids.has(id) || relativePaths.has(path);
  const relatedFiles = filesBelow(own).filter(path => isAbout(path, own, about, found));
  // Erase the notes last: after an interruption they are still listed, and the same command finishes.
  undoLog.forget(isErased);
  trash.erase(trash.list().filter(isErased));
  removeAllFiles(writer, [
    ...relatedFiles,
    ...[...new Set([...paths].map(path => dirname(path)))]
      .flatMap(partialWritesIn)
      .filter(path => leftoverName.test(basename(path))),
  ]);
  removeEmpty(join(own, 'editor'));
  removeAllFiles(writer, [...paths]);
}

/**
 * Erases the program's own files: everything in `.rupture` except the lock, and the leftovers of interrupted
 * writes beside the notes. Spares the keys if an encrypted note remains. Needs the lock.
 */
export function eraseOwn(folder: string, own: string, writer: Writer, noteFolders: readonly string[]): void {
  const hasEncryptedNotes = listNoteFiles(folder).files.some(isEncryptedName);
  const stays = (path: string): boolean =>
    path === join(own, 'lock') || (hasEncryptedNotes && keyNames.test(path.slice(own.length + 1)));
  // Most notes share a few folders.
  const folders = [...new Set([folder, ...noteFolders])];
  removeAllFiles(writer, [
    ...folders.flatMap(partialWritesIn),
    ...filesBelow(own).filter(path => !stays(path)),
  ]);
}

const keyNames = /^(?:identity\.age|former-key-.*\.age|recipient\.txt|sealing)$/;

/** Returns the program's own files that must be read to know whether they are about one of the notes. */
export function filesToRead(own: string, notes: readonly { readonly path: string }[]): readonly string[] {
  const beginsWithName = new RegExp(`^${anyOf(notes.map(({ path }) => nameOf(path)))}`);
  return filesBelow(own).filter(
    path =>
      mayContainId(path, own) &&
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

function mayContainId(path: string, own: string): boolean {
  const place = placeIn(own, path);
  return isCopyOfNote(path, own) || place === 'drafts' || place === 'editor' || path.endsWith('.tmp');
}

function isAbout(path: string, own: string, about: About, found: EraseNeeds['found']): boolean {
  if (isCopyOfNote(path, own) && about.beginsWithName.test(basename(path).replace(/^\./, ''))) return true;
  return mayContainId(path, own) && containsId(path, about, found.get(path));
}

// A draft contains its own id and the ids of the notes it is about, a copy of a note has the id in its front
// matter, and the leftover of an interrupted write contains the beginning of one of these.
function containsId(path: string, { hasId, containsIdValue }: About, read: ReadData | undefined): boolean {
  return hasId.test(basename(path)) || (read?.is === 'text' && containsIdValue.test(read.text));
}

/**
 * Returns a pattern for texts that contain one of the ids as a whole word: right after a double quote, or as
 * the `id` in front matter.
 */
export function sayingId(ids: Iterable<string>): RegExp {
  return new RegExp(`(?:"|\\nid: *["']?)${anyOf(ids)}\\b`);
}

/** Returns the source of a pattern that matches any of the texts, or nothing if there are none. */
function anyOf(texts: Iterable<string>): string {
  const sources = [...texts].map(text => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return sources.length === 0 ? '(?!)' : `(?:${sources.join('|')})`;
}

/** Returns the absolute paths of the leftovers of interrupted writes in a folder. */
function partialWritesIn(folder: string): readonly string[] {
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

/** Removes a folder and its subfolders if they are empty. Never throws. */
export function removeEmpty(folder: string): void {
  if (!isRealFolder(folder)) return;
  for (const entry of entriesOf(folder)) if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or already gone.
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

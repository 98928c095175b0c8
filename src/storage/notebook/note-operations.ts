import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NoteOperations, Undone } from '../../world/world.ts';
import { removeAllFiles } from '../fs/move-files.ts';
import { readFront, readHead, type YamlReader } from '../format/front-matter.ts';
import { relativePath } from '../fs/relative-path.ts';
import type { UndoLog, UndoDirection } from '../undo/undo-log.ts';
import type { Locked } from '../fs/lock.ts';
import type { LockedReading } from '../encryption/locked-reading.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { currentPath } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import type { TrashFolder } from '../undo/trash.ts';
import { openTrashedNotes } from './trashed-notes.ts';

export interface NoteOperationsNeeds {
  readonly folder: string;
  /** `.rupture`. */
  readonly own: string;
  /** Throws a Problem if the folder was used before and is missing now. */
  readonly checkFolders: () => void;
  readonly writer: Writer;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  readonly locked: Locked;
  readonly reading: LockedReading;
  readonly texts: EncryptedFiles;
  /** Saves a text as a conflict copy and returns its absolute path. Needs the lock. */
  readonly saveConflictCopy: (path: string, text: string) => Promise<string>;
  /** Replaces a file's content and records the previous content for undo. Needs the lock. */
  readonly change: (path: string, text: string, current: Extract<ReadData, { is: 'text' }>) => Promise<void>;
  /**
   * Saves a text that could not be written to `path` as a conflict copy. Returns the Problem (exit 5) that
   * names the copy. Needs the lock.
   */
  readonly saveConflictText: (path: string, text: string) => Promise<Error>;
  readonly loadYamlReader: () => Promise<YamlReader>;
}

/** Opens the operations on existing notes: edit, delete, restore, erase, undo and redo. */
export function openNoteOperations(needs: NoteOperationsNeeds): NoteOperations {
  const { folder, checkFolders, undoLog, texts, locked, saveConflictCopy } = needs;
  return {
    readText: async path => {
      const read = await texts.read(currentPath(path));
      if (read.is === 'fault') throw problemOf(read.fault);
      return read.text;
    },
    check: async (path, text, id) => {
      const shownPath = relativePath(folder, path);
      const found = await faultIn(shownPath, text, id, needs.loadYamlReader);
      return found && { path: shownPath, line: found.line, key: found.key, params: found.params };
    },
    rewrite: (path, text, seen) => rewrite(needs, path, text, seen),
    saveConflictCopy: (path, text) => locked(() => saveConflictCopy(path, text)),
    remove: notes => moveToTrash(needs, notes),
    erase: async notes => {
      const { eraseNotes, filesToRead } = await import('../undo/erase.ts');
      await needs.reading.files(
        () => filesToRead(needs.own, notes.map(withCurrentPath)),
        found => eraseNotes({ ...needs, found }, notes.map(withCurrentPath)),
      );
    },
    eraseAll: notes => eraseFolder(needs, notes),
    trash: openTrashedNotes(needs),
    mayUndo: direction => {
      checkFolders();
      return !undoLog.isEmpty(direction);
    },
    undo: () => undoOrRedo(needs, 'undo'),
    redo: () => undoOrRedo(needs, 'redo'),
  };
}

/**
 * Returns what is wrong with a note's edited text, or undefined if nothing is. `shownPath` is relative to the
 * folder of the notes; `id` is the id that the note must keep.
 */
async function faultIn(
  shownPath: string,
  text: string,
  id: string | undefined,
  loadYamlReader: () => Promise<YamlReader>,
): Promise<StorageFault | undefined> {
  if (Buffer.byteLength(text) > readLimit)
    return fault('storage.too-much', { path: shownPath, limit: readLimit / 1024 / 1024 });
  const readYaml = await loadYamlReader();
  const head = readHead(text, shownPath, true, readYaml);
  if (head.is === 'fault') return head.fault;
  if (head.is !== 'head') return fault('storage.front-missing', { path: shownPath });
  const front = readFront(text, shownPath, readYaml);
  const line = front.is === 'keys' ? front.lineOf('id') : 1;
  return id === undefined || head.head.id === id
    ? undefined
    : fault('storage.id-changed', { path: shownPath, line, id });
}

/**
 * Replaces the text of a note that still reads `seen`. Otherwise saves `text` as a conflict copy and throws a
 * Problem (exit 5).
 */
function rewrite(
  { reading, change, saveConflictText }: NoteOperationsNeeds,
  givenPath: string,
  text: string,
  seen: string,
): ReturnType<NoteOperations['rewrite']> {
  return reading.file(
    () => currentPath(givenPath),
    async (path, current) => {
      if (current.is === 'fault' || current.text !== seen) throw await saveConflictText(path, text);
      await change(path, text, current);
    },
  );
}

/** Moves notes to the trash and records this for undo. Skips notes that no longer exist. */
function moveToTrash(
  { undoLog, trash, locked }: NoteOperationsNeeds,
  notes: Parameters<NoteOperations['remove']>[0],
): Promise<void> {
  return locked(() => {
    const items = trash.record(notes.map(withCurrentPath).filter(({ path }) => isThere(path)));
    undoLog.record(items.map(({ name, id, path }) => ({ is: 'trashed', id, path, trash: name })));
    trash.moveToTrash(items);
  });
}

/**
 * Erases the notes and the program's own files. Returns the sorted names of the entries that remain in the
 * folder.
 */
async function eraseFolder(
  { folder, own, writer, locked }: NoteOperationsNeeds,
  notes: Parameters<NoteOperations['eraseAll']>[0],
): Promise<readonly string[]> {
  if (!isThere(folder)) return [];
  const { eraseOwn, removeEmpty } = await import('../undo/erase.ts');
  await locked(() => {
    removeAllFiles(
      writer,
      notes.map(note => withCurrentPath(note).path),
    );
    eraseOwn(
      folder,
      own,
      writer,
      notes.map(({ path }) => dirname(path)),
    );
  });
  removeEmpty(own);
  return readdirSync(folder).sort();
}

/** Undoes or redoes the last run of a command. Returns undefined if there is none. */
async function undoOrRedo(needs: NoteOperationsNeeds, direction: UndoDirection): Promise<Undone | undefined> {
  needs.checkFolders();
  // Return before taking the lock, which would create the program's folder.
  if (needs.undoLog.isEmpty(direction)) return undefined;
  const { undoLast } = await import('../undo/undo-last.ts');
  return needs.locked(() => undoLast(needs, direction));
}

/** Returns a note with its current path: it may have been encrypted or decrypted since it was listed. */
function withCurrentPath<T extends { readonly path: string }>(note: T): T {
  return { ...note, path: currentPath(note.path) };
}

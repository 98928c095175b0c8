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
  /** Throws a Problem when the folder was used before and is gone. */
  readonly look: () => void;
  readonly writer: Writer;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  readonly locked: Locked;
  readonly reading: LockedReading;
  readonly texts: EncryptedFiles;
  /** Keeps a text beside the notes and gives its path. Wants the lock. */
  readonly saveConflictCopy: (path: string, text: string) => Promise<string>;
  /** Puts a text in the place of what was read; undo knows of it. Wants the lock. */
  readonly change: (path: string, text: string, there: Extract<ReadData, { is: 'text' }>) => Promise<void>;
  /** The Problem (exit 5) that says where a text is that could not be put at `path`. */
  readonly saveConflictText: (path: string, text: string) => Promise<Error>;
  readonly loadYamlReader: () => Promise<YamlReader>;
}

/** Opens what a person does with notes that are there: edit, delete, bring back, undo. */
export function openNoteOperations(needs: NoteOperationsNeeds): NoteOperations {
  const { folder, look, undoLog, texts, locked, saveConflictCopy } = needs;
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
        () => filesToRead(needs.own, notes.map(inPlace)),
        found => eraseNotes({ ...needs, found }, notes.map(inPlace)),
      );
    },
    eraseAll: notes => eraseFolder(needs, notes),
    trash: openTrashedNotes(needs),
    mayUndo: way => {
      look();
      return !undoLog.isEmpty(way);
    },
    undo: () => turn(needs, 'undo'),
    redo: () => turn(needs, 'redo'),
  };
}

/** What is wrong with a note's edited text; `told` is its path, relative to the folder of the notes. */
async function faultIn(
  shownPath: string,
  text: string,
  id: string | undefined,
  loadYamlReader: () => Promise<YamlReader>,
): Promise<StorageFault | undefined> {
  if (Buffer.byteLength(text) > readLimit)
    return fault('storage.too-much', { path: shownPath, limit: readLimit / 1024 / 1024 });
  const slow = await loadYamlReader();
  const head = readHead(text, shownPath, true, slow);
  if (head.is === 'fault') return head.fault;
  if (head.is !== 'head') return fault('storage.front-missing', { path: shownPath });
  const front = readFront(text, shownPath, slow);
  const line = front.is === 'keys' ? front.lineOf('id') : 1;
  return id === undefined || head.head.id === id
    ? undefined
    : fault('storage.id-changed', { path: shownPath, line, id });
}

/** Replaces the text of a note that still reads `seen`; otherwise keeps the text beside it and throws. */
function rewrite(
  { reading, change, saveConflictText }: NoteOperationsNeeds,
  named: string,
  text: string,
  seen: string,
): ReturnType<NoteOperations['rewrite']> {
  return reading.file(
    () => currentPath(named),
    async (path, there) => {
      if (there.is === 'fault' || there.text !== seen) throw await saveConflictText(path, text);
      await change(path, text, there);
    },
  );
}

/** Moves notes to the trash; undo brings them back. */
function moveToTrash(
  { undoLog, trash, locked }: NoteOperationsNeeds,
  notes: Parameters<NoteOperations['remove']>[0],
): Promise<void> {
  return locked(() => {
    const items = trash.announce(notes.map(inPlace).filter(({ path }) => isThere(path)));
    undoLog.record(items.map(({ name, id, path }) => ({ is: 'trashed', id, path, trash: name })));
    trash.take(items);
  });
}

/** Erases the notes and all that is the program's own, and gives the names of what stays in the folder. */
async function eraseFolder(
  { folder, own, writer, locked }: NoteOperationsNeeds,
  notes: Parameters<NoteOperations['eraseAll']>[0],
): Promise<readonly string[]> {
  if (!isThere(folder)) return [];
  const { eraseOwn, removeEmpty } = await import('../undo/erase.ts');
  await locked(() => {
    removeAllFiles(
      writer,
      notes.map(note => inPlace(note).path),
    );
    eraseOwn(
      folder,
      own,
      writer,
      notes.map(({ path }) => dirname(path)),
    );
  });
  removeEmpty(own);
  return left(folder);
}

/** Undoes or redoes the last change; undefined when there is none. */
async function turn(needs: NoteOperationsNeeds, way: UndoDirection): Promise<Undone | undefined> {
  needs.look();
  // Nothing is made where nothing was done.
  if (needs.undoLog.isEmpty(way)) return undefined;
  const { undoLast } = await import('../undo/undo-last.ts');
  return needs.locked(() => undoLast(needs, way));
}

/** A note under the path at which it lies now. */
function inPlace<T extends { readonly path: string }>(note: T): T {
  return { ...note, path: currentPath(note.path) };
}

/** What stays in a folder from which all that is ours is gone. */
function left(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

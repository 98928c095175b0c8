import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NoteOperations, Trashed, Undone } from '../../world/world.ts';
import { removeAllFiles } from '../fs/move-files.ts';
import { readFront, readHead, type YamlReader } from '../format/front-matter.ts';
import { noteInside, relativePath } from '../fs/relative-path.ts';
import type { UndoLog, UndoDirection } from '../undo/undo-log.ts';
import type { Locked } from '../fs/lock.ts';
import type { LockedReading } from '../encryption/locked-reading.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { isThere, readLimit, encryptedLimit, tryReadBytes } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { currentPath } from '../fs/encrypted-name.ts';
import { parseNote } from './filter-by-text.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import type { TrashFolder } from '../undo/trash.ts';

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
export function openNoteOperations({
  folder,
  own,
  look,
  writer,
  undoLog,
  trash,
  texts,
  locked,
  reading,
  saveConflictCopy,
  change,
  saveConflictText,
  loadYamlReader,
}: NoteOperationsNeeds): NoteOperations {
  const faultIn = async (
    path: string,
    text: string,
    id: string | undefined,
  ): Promise<StorageFault | undefined> => {
    const shownPath = relativePath(folder, path);
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
  };
  const turn = async (way: UndoDirection): Promise<Undone | undefined> => {
    look();
    // Nothing is made where nothing was done.
    if (undoLog.isEmpty(way)) return undefined;
    const { undoLast } = await import('../undo/undo-last.ts');
    return locked(() => undoLast({ folder, undoLog, trash, writer }, way));
  };
  return {
    readText: async path => {
      const read = await texts.read(currentPath(path));
      if (read.is === 'fault') throw problemOf(read.fault);
      return read.text;
    },
    check: async (path, text, id) => {
      const found = await faultIn(path, text, id);
      return found === undefined
        ? undefined
        : { path: relativePath(folder, path), line: found.line, key: found.key, params: found.params };
    },
    rewrite: (named, text, seen) =>
      reading.file(
        () => currentPath(named),
        async (path, there) => {
          if (there.is === 'fault' || there.text !== seen) throw await saveConflictText(path, text);
          await change(path, text, there);
        },
      ),
    saveConflictCopy: (path, text) => locked(() => saveConflictCopy(path, text)),
    remove: async notes =>
      locked(() => {
        const items = trash.announce(notes.map(inPlace).filter(({ path }) => isThere(path)));
        undoLog.record(items.map(({ name, id, path }) => ({ is: 'trashed', id, path, trash: name })));
        trash.take(items);
      }),
    erase: async notes => {
      const { eraseNotes, filesToRead } = await import('../undo/erase.ts');
      await reading.files(
        () => filesToRead(own, notes.map(inPlace)),
        found => eraseNotes({ folder, own, undoLog, trash, found, writer }, notes.map(inPlace)),
      );
    },
    eraseAll: async notes => {
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
    },
    trash: {
      list: async () => {
        look();
        const items: Trashed[] = [];
        for (const item of trash.list())
          items.push({
            ...item,
            title: await titleIn(await texts.read(trash.pathOf(item)), item.path, loadYamlReader),
          });
        return items;
      },
      restore: async name =>
        locked(() => {
          const item = trash.list().find(one => one.name === name);
          const path = item && noteInside(folder, item.path);
          if (item === undefined || path === undefined)
            throw new Error('nothing of that name is in the trash');
          if (isThere(path))
            throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
          const read = tryReadBytes(trash.pathOf(item), { limit: encryptedLimit });
          undoLog.record([
            {
              is: 'added',
              id: item.id,
              path: item.path,
              after: read.is === 'bytes' ? contentFingerprint(read.bytes) : '',
            },
          ]);
          if (trash.giveBack([item]).length > 0)
            throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
          return path;
        }),
      restoreAs: async (name, id) => {
        const { restoreCopy } = await import('../undo/restore-copy.ts');
        return restoreCopy({ folder, undoLog, trash, texts, writer, locked, loadYamlReader }, name, id);
      },
      read: async name => {
        const item = trash.list().find(one => one.name === name);
        if (item === undefined) throw new Error('nothing of that name is in the trash');
        const path = trash.pathOf(item);
        const read = await texts.read(path);
        if (read.is === 'fault') throw problemOf(read.fault);
        return parseNote(path, read.text);
      },
      empty: async () =>
        locked(() => {
          const items = trash.list();
          const gone = new Set(
            items.filter(({ path }) => !isThere(noteInside(folder, path) ?? '')).map(({ id }) => id),
          );
          const names = new Set(items.map(({ name }) => name));
          // What undo holds of them would bring them back.
          undoLog.forget(step => gone.has(step.id) || (step.is === 'trashed' && names.has(step.trash)));
          trash.erase(items);
          return items.length;
        }),
    },
    mayUndo: way => {
      look();
      return !undoLog.isEmpty(way);
    },
    undo: () => turn('undo'),
    redo: () => turn('redo'),
  };
}

/** A note under the path at which it lies now. */
function inPlace<T extends { readonly path: string }>(note: T): T {
  return { ...note, path: currentPath(note.path) };
}

/** What stays in a folder from which all that is ours is gone. */
function left(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

async function titleIn(
  read: ReadData,
  path: string,
  loadYamlReader: () => Promise<YamlReader>,
): Promise<string | undefined> {
  if (read.is !== 'text') return undefined;
  let front = readFront(read.text, path);
  if (front.is === 'unsure') front = readFront(read.text, path, await loadYamlReader());
  // A note that is kept apart for safety has no title on a screen that nobody opened for it.
  const isKeptApart = front.is === 'keys' && front.keys['status'] === 'set-aside';
  const title = front.is === 'keys' && !isKeptApart ? front.keys['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}

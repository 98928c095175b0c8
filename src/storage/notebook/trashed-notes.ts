import type { NoteOperations, Trashed } from '../../world/world.ts';
import { readFront, type YamlReader } from '../format/front-matter.ts';
import { noteInside } from '../fs/relative-path.ts';
import type { UndoLog } from '../undo/undo-log.ts';
import type { Locked } from '../fs/lock.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isThere, encryptedLimit, tryReadBytes } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { parseNote } from './filter-by-text.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import type { TrashFolder, TrashItem } from '../undo/trash.ts';

export interface TrashedNotesNeeds {
  /** The folder of the notes. */
  readonly folder: string;
  /** Throws a Problem if the folder was used before and is missing now. */
  readonly checkFolders: () => void;
  readonly writer: Writer;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  readonly texts: EncryptedFiles;
  readonly locked: Locked;
  readonly loadYamlReader: () => Promise<YamlReader>;
}

/** Opens the operations on deleted notes: list, read, restore, erase. */
export function openTrashedNotes(needs: TrashedNotesNeeds): NoteOperations['trash'] {
  const { trash, texts, locked } = needs;
  return {
    list: () => listTrashed(needs),
    restore: async name => locked(() => restore(needs, name)),
    restoreAs: async (name, id) => {
      const { restoreCopy } = await import('../undo/restore-copy.ts');
      return restoreCopy(needs, name, id);
    },
    read: async name => {
      const item = itemNamed(trash, name);
      if (item === undefined) throw new Error('nothing of that name is in the trash');
      const path = trash.pathOf(item);
      const read = await texts.read(path);
      if (read.is === 'fault') throw problemOf(read.fault);
      return parseNote(path, read.text);
    },
    empty: async () => locked(() => eraseTrash(needs)),
  };
}

function itemNamed(trash: TrashFolder, name: string): TrashItem | undefined {
  return trash.list().find(item => item.name === name);
}

async function listTrashed({
  checkFolders,
  trash,
  texts,
  loadYamlReader,
}: TrashedNotesNeeds): Promise<readonly Trashed[]> {
  checkFolders();
  const items: Trashed[] = [];
  for (const item of trash.list())
    items.push({
      ...item,
      title: await titleIn(await texts.read(trash.pathOf(item)), item.path, loadYamlReader),
    });
  return items;
}

/**
 * Moves a note back to where it was and returns its absolute path. Throws a Problem if a file is already
 * there. Needs the lock.
 */
function restore({ folder, undoLog, trash }: TrashedNotesNeeds, name: string): string {
  const item = itemNamed(trash, name);
  const path = item && noteInside(folder, item.path);
  if (item === undefined || path === undefined) throw new Error('nothing of that name is in the trash');
  if (isThere(path))
    throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
  const read = tryReadBytes(trash.pathOf(item), { limit: encryptedLimit });
  const after = read.is === 'bytes' ? contentFingerprint(read.bytes) : '';
  undoLog.record([{ is: 'added', id: item.id, path: item.path, after }]);
  if (trash.restore([item]).length > 0)
    throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
  return path;
}

/** Erases everything in the trash and returns the number of erased items. Needs the lock. */
function eraseTrash({ folder, undoLog, trash }: TrashedNotesNeeds): number {
  const items = trash.list();
  const idsOnlyInTrash = new Set(
    items.filter(({ path }) => !isThere(noteInside(folder, path) ?? '')).map(({ id }) => id),
  );
  const names = new Set(items.map(({ name }) => name));
  // Otherwise the undo log could bring these notes back.
  undoLog.forget(
    operation =>
      idsOnlyInTrash.has(operation.id) || (operation.is === 'trashed' && names.has(operation.trash)),
  );
  trash.erase(items);
  return items.length;
}

async function titleIn(
  read: ReadData,
  path: string,
  loadYamlReader: () => Promise<YamlReader>,
): Promise<string | undefined> {
  if (read.is !== 'text') return undefined;
  let front = readFront(read.text, path);
  if (front.is === 'unsure') front = readFront(read.text, path, await loadYamlReader());
  // Never show the title of a note set aside for safety on a screen that was opened for something else.
  const isSetAside = front.is === 'keys' && front.keys['status'] === 'set-aside';
  const title = front.is === 'keys' && !isSetAside ? front.keys['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}

import { join } from 'node:path';
import { moveAll, removeAllFiles } from '../fs/move-files.ts';
import { noteInside, relativePath } from '../fs/relative-path.ts';
import { isRecord } from '../format/is-record.ts';
import { isId } from '../format/check-head.ts';
import { namesInOwnFolder } from '../folder/own-folders.ts';
import { mayHoldAnything, problemOf } from '../fs/problems.ts';
import { isThere, tryReadWhole } from '../fs/read-file.ts';
import type { Data, Writer } from '../fs/write-file.ts';
import { plaintextName, isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';

/** A note in the trash. */
export interface TrashItem {
  /** The file's name in the trash: the time of deletion and a number, without any words of the note. */
  readonly name: string;
  readonly id: string;
  /** The path it was deleted from, relative to the folder of the notes. */
  readonly path: string;
  /** The instant of the deletion. */
  readonly at: string;
  /**
   * True for an earlier version of a note, saved when undo changed the note back; the note was not deleted.
   */
  readonly isVersion?: boolean;
}

interface NoteNamed {
  readonly id: string;
  readonly path: string;
}

export interface TrashNeeds {
  /** The folder of the notes. */
  readonly notes: string;
  /** `.rupture/trash`; created with the first item. */
  readonly folder: string;
  /** Returns the current instant. */
  readonly now: () => string;
  readonly random: (count: number) => Uint8Array;
  readonly writer: Writer;
}

/** The trash: the deleted files, unchanged, and one record for the files deleted together. */
export interface TrashFolder {
  readonly pathOf: (item: Pick<TrashItem, 'name'>) => string;
  /**
   * Records files that are about to be moved to the trash and returns their items. A recorded item whose file
   * is missing is ignored.
   */
  readonly record: (files: readonly NoteNamed[], isVersion?: true) => readonly TrashItem[];
  /** Moves recorded files to the trash; skips files that no longer exist. */
  readonly moveToTrash: (items: readonly TrashItem[]) => void;
  /** Saves data as an earlier version of the file at `path`. */
  readonly saveVersion: (file: { readonly id: string; readonly path: string }, data: Data) => void;
  /** Returns the items whose file exists, newest first. */
  readonly list: () => readonly TrashItem[];
  /** Moves items back to where they were. Returns those that stay because a file is already there. */
  readonly restore: (items: readonly TrashItem[]) => readonly TrashItem[];
  /** Erases items and their entries in the records. */
  readonly erase: (items: readonly TrashItem[]) => void;
}

/** The largest record file that is read, in bytes. */
export const largestRecord = 16 * 1024 * 1024;
/**
 * The size in bytes at which a new record file is begun, well below the limit for reading. Deleting a very
 * large number of notes together writes several record files.
 */
const fullAt = largestRecord / 4;

/** Opens the trash of a folder. Reads and creates nothing until a method is called. */
export function openTrash(needs: TrashNeeds): TrashFolder {
  const { notes, folder, writer } = needs;
  const pathOf = ({ name }: Pick<TrashItem, 'name'>): string => join(folder, name);
  return {
    pathOf,
    record: (files, isVersion) => recordItems(needs, files, isVersion),
    moveToTrash: items => {
      moveAll(
        writer,
        items.map(item => ({ from: originalPath(notes, item), to: pathOf(item) })),
      );
    },
    saveVersion: (file, data) => {
      for (const item of recordItems(needs, [file], true)) writer.add(pathOf(item), data);
    },
    list: () => itemsIn(needs),
    restore: items => {
      const stayed = new Set(
        moveAll(
          writer,
          items.map(item => ({ from: pathOf(item), to: originalPath(notes, item) })),
        ).map(({ from }) => from),
      );
      const isBack = (item: TrashItem): boolean => !stayed.has(pathOf(item));
      if (stayed.size < items.length) removeFromRecords(needs, items.filter(isBack));
      return items.filter(item => !isBack(item));
    },
    erase: items => {
      if (items.length === 0) return;
      removeAllFiles(writer, items.map(pathOf));
      removeFromRecords(needs, items);
    },
  };
}

/** Returns the absolute path from which an item was deleted. */
function originalPath(notes: string, { path }: TrashItem): string {
  const original = noteInside(notes, path);
  if (original === undefined) throw new Error('the trash holds a path outside');
  return original;
}

/** Records files that are about to be moved to the trash and returns their items. */
function recordItems(
  { notes, folder, now, random, writer }: TrashNeeds,
  files: readonly NoteNamed[],
  isVersion: true | undefined,
): readonly TrashItem[] {
  const at = now();
  const base = `${at.replace(/[^0-9T]/g, '').slice(0, 18)}-${Buffer.from(random(3)).toString('hex')}`;
  const items = files.map(({ id, path }, index): TrashItem => ({
    name: `${base}-${index + 1}.md${isEncryptedName(path) ? '.age' : ''}`,
    id,
    path: relativePath(notes, path),
    at,
    ...(isVersion === true ? { isVersion } : {}),
  }));
  for (const [index, record] of recordTexts(items).entries()) {
    writer.add(join(folder, index === 0 ? `${base}.json` : `${base}-${index + 1}.json`), record);
  }
  return items;
}

/** Returns every item whose file exists, newest first, once each even if several records name it. */
function itemsIn({ notes, folder }: TrashNeeds): readonly TrashItem[] {
  return [
    ...new Map(
      readRecords(folder, notes)
        .flatMap(({ items }) => items)
        .map(item => withCurrentName(folder, item))
        .map(item => [item.name, item]),
    ).values(),
  ]
    .filter(item => isThere(join(folder, item.name)))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** Removes items from their records, and with them items whose file is missing. */
function removeFromRecords({ notes, folder, writer }: TrashNeeds, items: readonly TrashItem[]): void {
  const names = new Set(items.map(({ name }) => plaintextName(name)));
  for (const record of readRecords(folder, notes)) {
    const remaining = record.items.filter(
      item =>
        !names.has(plaintextName(item.name)) && isThere(join(folder, withCurrentName(folder, item).name)),
    );
    if (remaining.length === 0) writer.remove(record.path);
    else if (remaining.length < record.items.length)
      writer.put(record.path, `${JSON.stringify({ trash: 1, items: remaining })}\n`);
  }
}

/**
 * Returns an item with its current name: its file may have been encrypted or decrypted since the deletion.
 */
function withCurrentName(folder: string, item: TrashItem): TrashItem {
  if (isThere(join(folder, item.name))) return item;
  const rename = isEncryptedName(item.name) ? plaintextName : encryptedName;
  const renamed = { ...item, name: rename(item.name), path: rename(item.path) };
  return isThere(join(folder, renamed.name)) ? renamed : item;
}

/** Reads all record files, with their absolute paths. */
function readRecords(
  folder: string,
  notes: string,
): readonly { readonly path: string; readonly items: readonly TrashItem[] }[] {
  return namesInOwnFolder(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => {
      const path = join(folder, name);
      return { path, items: readRecord(path, notes) };
    });
}

/** Returns the texts of the record files for `items`; each contains as many items as fit. */
function recordTexts(items: readonly TrashItem[]): readonly string[] {
  const texts: string[][] = [];
  let size = fullAt;
  for (const item of items) {
    const text = JSON.stringify(item);
    size += Buffer.byteLength(text) + 1;
    if (size > fullAt) {
      texts.push([]);
      size = Buffer.byteLength(text) + 1;
    }
    texts.at(-1)?.push(text);
  }
  return texts.map(lines => `{"trash":1,"items":[${lines.join(',')}]}\n`);
}

function readRecord(path: string, notes: string): readonly TrashItem[] {
  const read = tryReadWhole(path, { limit: largestRecord });
  if (read.is === 'fault') {
    if (mayHoldAnything(read.fault)) throw problemOf(read.fault);
    return [];
  }
  try {
    const record: unknown = JSON.parse(read.text);
    if (!isRecord(record) || record['trash'] !== 1 || !Array.isArray(record['items'])) return [];
    return record['items'].flatMap((item: unknown): readonly TrashItem[] => {
      if (!isRecord(item)) return [];
      const { name, id, path: shownPath, at, isVersion } = item;
      if (
        typeof name !== 'string' ||
        typeof id !== 'string' ||
        typeof shownPath !== 'string' ||
        typeof at !== 'string'
      )
        return [];
      return /^[\w-]+\.md(?:\.age)?$/.test(name) && isId(id) && noteInside(notes, shownPath) !== undefined
        ? [{ name, id, path: shownPath, at, ...(isVersion === true ? { isVersion } : {}) }]
        : [];
    });
  } catch {
    return [];
  }
}

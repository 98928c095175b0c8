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
  /** Its file's name in the trash: when it came and a number, no word of the note. */
  readonly name: string;
  readonly id: string;
  /** Where it was, relative to the folder of the notes. */
  readonly path: string;
  /** When it came here, an instant. */
  readonly at: string;
  /** True for what a note read before it was changed back: the note itself was not deleted with it. */
  readonly isVersion?: boolean;
}

interface NoteNamed {
  readonly id: string;
  readonly path: string;
}

export interface TrashNeeds {
  /** The folder of the notes. */
  readonly notes: string;
  /** `.rupture/trash`; made with the first that is put in. */
  readonly folder: string;
  /** As an instant. */
  readonly now: () => string;
  readonly random: (count: number) => Uint8Array;
  readonly writer: Writer;
}

/** Where deleted notes lie: the files as they were, and one record for those that came at once. */
export interface TrashFolder {
  readonly pathOf: (item: Pick<TrashItem, 'name'>) => string;
  /** Writes the record of files that are about to come. A record without its file counts for nothing. */
  readonly announce: (files: readonly NoteNamed[], isVersion?: true) => readonly TrashItem[];
  /** Moves announced files here; those that are gone meanwhile are left out. */
  readonly take: (items: readonly TrashItem[]) => void;
  /** Keeps a text here as an earlier version of the file at `path`. */
  readonly keep: (file: { readonly id: string; readonly path: string }, data: Data) => void;
  /** The newest first. */
  readonly list: () => readonly TrashItem[];
  /** Moves them back to where they were. Those where there is a file already stay, and are given. */
  readonly giveBack: (items: readonly TrashItem[]) => readonly TrashItem[];
  /** Erases those, and what the records say of them. */
  readonly erase: (items: readonly TrashItem[]) => void;
}

/** The largest record that is read, in bytes. */
export const longest = 16 * 1024 * 1024;
/**
 * Records are written well below it: where very many notes are deleted at once, several records name them.
 */
const fullAt = longest / 4;

/** Opens the trash of a folder. Nothing is made or read before it is used. */
export function openTrash(needs: TrashNeeds): TrashFolder {
  const { notes, folder, writer } = needs;
  const pathOf = ({ name }: Pick<TrashItem, 'name'>): string => join(folder, name);
  return {
    pathOf,
    announce: (files, isVersion) => announce(needs, files, isVersion),
    take: items => {
      moveAll(
        writer,
        items.map(item => ({ from: homeOf(notes, item), to: pathOf(item) })),
      );
    },
    keep: (file, data) => {
      for (const item of announce(needs, [file], true)) writer.add(pathOf(item), data);
    },
    list: () => itemsIn(needs),
    giveBack: items => {
      const stayed = new Set(
        moveAll(
          writer,
          items.map(item => ({ from: pathOf(item), to: homeOf(notes, item) })),
        ).map(({ from }) => from),
      );
      const isBack = (item: TrashItem): boolean => !stayed.has(pathOf(item));
      if (stayed.size < items.length) strike(needs, items.filter(isBack));
      return items.filter(item => !isBack(item));
    },
    erase: items => {
      if (items.length === 0) return;
      removeAllFiles(writer, items.map(pathOf));
      strike(needs, items);
    },
  };
}

/** The absolute path from which an item was deleted. */
function homeOf(notes: string, { path }: TrashItem): string {
  const home = noteInside(notes, path);
  if (home === undefined) throw new Error('the trash holds a path outside');
  return home;
}

/** Writes the records of files that are about to come into the trash. */
function announce(
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
  for (const [index, record] of recordsOf(items).entries()) {
    writer.add(join(folder, index === 0 ? `${base}.json` : `${base}-${index + 1}.json`), record);
  }
  return items;
}

/** Every item whose file is there, the newest first, once each even if several records name it. */
function itemsIn({ notes, folder }: TrashNeeds): readonly TrashItem[] {
  return [
    ...new Map(
      readRecords(folder, notes)
        .flatMap(({ items }) => items)
        .map(item => asItLies(folder, item))
        .map(item => [item.name, item]),
    ).values(),
  ]
    .filter(item => isThere(join(folder, item.name)))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** Takes items out of their records. */
function strike({ notes, folder, writer }: TrashNeeds, items: readonly TrashItem[]): void {
  const names = new Set(items.map(({ name }) => plaintextName(name)));
  for (const record of readRecords(folder, notes)) {
    const left = record.items.filter(
      item => !names.has(plaintextName(item.name)) && isThere(join(folder, asItLies(folder, item).name)),
    );
    if (left.length === 0) writer.remove(record.path);
    else if (left.length < record.items.length)
      writer.put(record.path, `${JSON.stringify({ trash: 1, items: left })}\n`);
  }
}

/** An item under its present name: its file may have been encrypted or decrypted since it was deleted. */
function asItLies(folder: string, item: TrashItem): TrashItem {
  if (isThere(join(folder, item.name))) return item;
  const rename = isEncryptedName(item.name) ? plaintextName : encryptedName;
  const renamed = { ...item, name: rename(item.name), path: rename(item.path) };
  return isThere(join(folder, renamed.name)) ? renamed : item;
}

/** Reads all records. */
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

/** Gives the texts of the records that name `items`, each with as many as fit. */
function recordsOf(items: readonly TrashItem[]): readonly string[] {
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
  return texts.map(some => `{"trash":1,"items":[${some.join(',')}]}\n`);
}

function readRecord(path: string, notes: string): readonly TrashItem[] {
  const read = tryReadWhole(path, { limit: longest });
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

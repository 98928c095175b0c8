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
export function openTrash({ notes, folder, now, random, writer }: TrashNeeds): TrashFolder {
  const pathOf = ({ name }: Pick<TrashItem, 'name'>): string => join(folder, name);
  const homeOf = ({ path }: TrashItem): string => {
    const home = noteInside(notes, path);
    if (home === undefined) throw new Error('the trash holds a path outside');
    return home;
  };
  const records = (): readonly { readonly path: string; readonly items: readonly TrashItem[] }[] =>
    namesInOwnFolder(folder)
      .filter(name => name.endsWith('.json'))
      .map(name => {
        const path = join(folder, name);
        return { path, items: readRecord(path, notes) };
      });
  const announce: TrashFolder['announce'] = (files, isVersion) => {
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
  };
  /** A file may have been sealed, or opened, since it came: then it goes back as such. */
  const asItLies = (item: TrashItem): TrashItem => {
    if (isThere(pathOf(item))) return item;
    const rename = isEncryptedName(item.name) ? plaintextName : encryptedName;
    const other = { ...item, name: rename(item.name), path: rename(item.path) };
    return isThere(pathOf(other)) ? other : item;
  };
  /** Takes items out of their records. */
  const strike = (items: readonly TrashItem[]): void => {
    const names = new Set(items.map(({ name }) => plaintextName(name)));
    for (const record of records()) {
      const left = record.items.filter(
        item => !names.has(plaintextName(item.name)) && isThere(pathOf(asItLies(item))),
      );
      if (left.length === 0) writer.remove(record.path);
      else if (left.length < record.items.length)
        writer.put(record.path, `${JSON.stringify({ trash: 1, items: left })}\n`);
    }
  };

  return {
    pathOf,
    announce,
    take: items => {
      moveAll(
        writer,
        items.map(item => ({ from: homeOf(item), to: pathOf(item) })),
      );
    },
    keep: (file, data) => {
      for (const item of announce([file], true)) writer.add(pathOf(item), data);
    },
    // A file counts once, however often a record that came from elsewhere names it.
    list: () =>
      [
        ...new Map(
          records()
            .flatMap(({ items }) => items)
            .map(item => asItLies(item))
            .map(item => [item.name, item]),
        ).values(),
      ]
        .filter(item => isThere(pathOf(item)))
        .sort((a, b) => (a.name < b.name ? 1 : -1)),
    giveBack: items => {
      const stayed = new Set(
        moveAll(
          writer,
          items.map(item => ({ from: pathOf(item), to: homeOf(item) })),
        ).map(({ from }) => from),
      );
      const isBack = (item: TrashItem): boolean => !stayed.has(pathOf(item));
      if (stayed.size < items.length) strike(items.filter(isBack));
      return items.filter(item => !isBack(item));
    },
    erase: items => {
      if (items.length === 0) return;
      removeAllFiles(writer, items.map(pathOf));
      strike(items);
    },
  };
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

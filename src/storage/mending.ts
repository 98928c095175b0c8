import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Mending } from '../world.ts';
import { removeAll } from './carry.ts';
import { readFront, readHead, type SlowReader } from './front-matter.ts';
import { idOf } from './id-of.ts';
import { noteInside, toldInside } from './inside.ts';
import { markOf, type Journal } from './journal.ts';
import { fault, problemOf, type StorageFault } from './problems.ts';
import { isThere, readIfThere, readLimit, readWhole, tryReadWhole } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import type { TrashFolder } from './trash.ts';
import { walkNotes } from './walk.ts';

export interface MendingNeeds {
  readonly folder: string;
  /** `.rupture`. */
  readonly own: string;
  readonly writer: Writer;
  readonly journal: Journal;
  readonly trash: TrashFolder;
  readonly locked: <T>(work: () => T) => T;
  /** Keeps a text beside the notes and gives its path. */
  readonly keepAside: (path: string, text: string) => string;
  /** The Problem (exit 5) that says where a text is that could not be put at `path`. */
  readonly keptBeside: (path: string, text: string) => Error;
  readonly openSlow: () => Promise<SlowReader>;
}

/** Opens what a person does with notes that are there: edit, delete, bring back, undo. */
export function openMending({ folder, own, writer, journal, trash, locked, keepAside, keptBeside, openSlow }: MendingNeeds): Mending {
  const faultIn = async (path: string, text: string, id: string | undefined): Promise<StorageFault | undefined> => {
    const told = toldInside(folder, path);
    if (Buffer.byteLength(text) > readLimit) return fault('storage.too-much', { path: told, limit: readLimit / 1024 / 1024 });
    const slow = await openSlow();
    const head = readHead(text, told, true, slow);
    if (head.is === 'fault') return head.fault;
    if (head.is !== 'head') return fault('storage.front-missing', { path: told });
    const front = readFront(text, told, slow);
    const line = front.is === 'keys' ? front.lineOf('id') : 1;
    return id === undefined || head.head.id === id ? undefined : fault('storage.id-changed', { path: told, line, id });
  };
  return {
    readText: readWhole,
    check: async (path, text, id) => {
      const found = await faultIn(path, text, id);
      return found === undefined ? undefined : { path: toldInside(folder, path), line: found.line, key: found.key, params: found.params };
    },
    rewrite: async (path, text, seen) => locked(() => {
      if (readIfThere(path) !== seen) throw keptBeside(path, text);
      journal.note([{ is: 'changed', id: idOf(text, path), path: toldInside(folder, path), before: seen, after: markOf(text) }]);
      if (!writer.replace(path, text, seen)) throw keptBeside(path, text);
    }),
    keepAside,
    remove: async (notes) => locked(() => {
      const items = trash.announce(notes.filter(({ path }) => isThere(path)));
      journal.note(items.map(({ name, id, path }) => ({ is: 'trashed', id, path, trash: name })));
      trash.take(items);
    }),
    erase: async (notes) => {
      const { eraseNotes } = await import('./erase.ts');
      locked(() => eraseNotes({ folder, own, journal, trash, writer }, notes));
    },
    eraseAll: async (notes) => {
      if (!isThere(folder)) return [];
      const { eraseOwn } = await import('./erase.ts');
      return locked(() => {
        removeAll(writer, notes.map(({ path }) => path));
        eraseOwn(folder, own, writer, notes.map(({ path }) => dirname(path)));
        return left(folder);
      });
    },
    trash: {
      list: async () => trash.list().map((item) => ({ ...item, title: titleIn(trash.pathOf(item)) })),
      restore: async (name) => locked(() => {
        const item = trash.list().find((one) => one.name === name);
        const path = item && noteInside(folder, item.path);
        if (item === undefined || path === undefined) throw new Error('nothing of that name is in the trash');
        if (isThere(path)) throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
        const read = tryReadWhole(trash.pathOf(item));
        journal.note([{ is: 'added', id: item.id, path: item.path, after: read.is === 'text' ? markOf(read.text) : '' }]);
        if (trash.giveBack([item]).length > 0) throw problemOf(fault('storage.restore-taken', { path: item.path, kept: trash.pathOf(item) }));
        return path;
      }),
      empty: async () => locked(() => {
        const items = trash.list();
        const gone = new Set(items.filter(({ path }) => !isThere(noteInside(folder, path) ?? '')).map(({ id }) => id));
        const names = new Set(items.map(({ name }) => name));
        // What undo holds of them would bring them back.
        journal.forget((step) => gone.has(step.id) || (step.is === 'trashed' && names.has(step.trash)));
        trash.erase(items);
        return items.length;
      }),
    },
    undo: async () => {
      // Nothing is made where nothing was done.
      if (journal.isEmpty()) return undefined;
      const { undoLast } = await import('./undo.ts');
      return locked(() => undoLast({ folder, journal, trash, writer, placeOf: (id) => placeOf(folder, id) }));
    },
  };
}

function placeOf(folder: string, id: string): string | undefined {
  return walkNotes(folder).files.find((path) => {
    const read = tryReadWhole(path);
    return read.is === 'text' && idOf(read.text, path) === id;
  });
}

/** What stays in a folder from which all that is ours is gone. */
function left(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

function titleIn(path: string): string | undefined {
  const read = tryReadWhole(path);
  const front = read.is === 'text' ? readFront(read.text, path) : undefined;
  const title = front?.is === 'keys' ? front.keys['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}

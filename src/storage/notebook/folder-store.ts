import { basename, join } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import { Exit } from '../../errors.ts';
import type { Revision, Store } from '../../world/world.ts';
import { lockChance } from '../system/random.ts';
import { openDrafts, type FolderDrafts } from '../drafts/drafts.ts';
import { textsLeftIn } from '../drafts/editor-leftovers.ts';
import type { SlowReader } from '../format/front-matter.ts';
import { isId } from '../format/check-head.ts';
import { idOf } from '../format/note-id.ts';
import { toldInside } from '../fs/relative-path.ts';
import { openJournal } from '../undo/undo-log.ts';
import type { KnownFolders } from '../folder/folder-registry.ts';
import { underLock, type Locked } from '../fs/lock.ts';
import { openLockedReading } from '../encryption/locked-reading.ts';
import { markOf } from '../fs/fingerprint.ts';
import type { Memory } from '../folder/in-memory-folder.ts';
import { openMending } from './note-operations.ts';
import { formatNote } from '../format/note-text.ts';
import { isRealFolder, namesInOwnFolder, refuseForeignFolders } from '../folder/own-folders.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { lookAtFolder, readyFolder } from '../folder/prepare-folder.ts';
import { startOf } from '../system/process-start-time.ts';
import { openSameFolder } from '../folder/mount-guard.ts';
import { reviseText } from '../format/revise-text.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { clearName, currentPath, sealedName } from '../fs/encrypted-name.ts';
import { hasNotes, readShelf } from './note-index.ts';
import { openTakingIn } from './import-notes.ts';
import { holdsMoment, openSlow, parseNote, filterByText } from './filter-by-text.ts';
import type { ReadData, Texts } from '../encryption/encrypted-files.ts';
import { openTrash } from '../undo/trash.ts';
import { walkNotes } from '../fs/list-note-files.ts';

export interface FolderNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly pid: number;
  /** The user's number; undefined where there are none. */
  readonly uid?: number;
  /** This machine's name, asked for when it is needed: Node takes a while to know it. */
  readonly host: () => string;
  readonly now: () => Now;
  readonly chance: (count: number) => Uint8Array;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
  readonly writer: Writer;
  readonly known: KnownFolders;
  /** The command that runs, for undo. */
  readonly command?: string;
  readonly texts: Texts;
  /**
   * Where an editor may work on a text that is sealed: a folder that is never on a disk. Throws a Problem
   * when there is none.
   */
  readonly memory: Memory;
}

/** The store of a folder of Markdown files, with the drafts that could not be read. */
export interface FolderStore extends Store {
  readonly drafts: FolderDrafts;
  readonly texts: Texts;
  /** Does what `prepare` does, without asking whether a text may be written in the folder's present state. */
  readonly makeReady: () => Promise<void>;
}

/** Opens a folder of notes. Nothing is made or looked at before it is asked for. */
export function openFolderStore(needs: FolderNeeds): FolderStore {
  const { folder, pid, uid, host, chance, isAlive, windows, writer, known, texts } = needs;
  const own = join(folder, '.rupture');
  const nowMs = (): number => needs.now().ms;
  const checkFolder = openSameFolder(folder, known);
  const checkOwn = (): void => refuseForeignFolders(folder);
  const sameFolder = (): void => {
    checkFolder();
    checkOwn();
  };
  const locked: Locked = work => {
    sameFolder();
    writer.makeFolder(own);
    return underLock({ folder: own, pid, host, now: nowMs, chance: lockChance, isAlive, windows }, () => {
      // Once more, because another program may have put a link there while this one waited.
      checkOwn();
      texts.refresh();
      return work();
    });
  };
  const reading = openLockedReading({ folder, texts, locked, check: sameFolder });
  const readingNote = <T>(
    named: string,
    work: (path: string, there: ReadData) => T | Promise<T>,
  ): Promise<T> => reading.file(() => currentPath(named), work);
  const drafts = openDrafts({
    folder: join(own, 'drafts'),
    pid,
    host,
    now: nowMs,
    isAlive,
    startOf,
    writer,
    texts,
    reading,
    checkOwn,
    // A run that was ended between keeping a moment and dropping its draft leaves both. One that was ended
    // earlier may leave an empty file.
    isSettled: async ({ session, id }) => {
      for (const name of [`${session}-${id}.md`, `${session}-${id}.md.age`]) {
        const path = join(folder, name);
        if (holdsMoment(path, id, await texts.open(path))) return true;
      }
      return false;
    },
  });

  const stamp = (): string => needs.now().instant;
  const journal = openJournal({
    folder: join(own, 'undo'),
    pid,
    command: needs.command ?? '',
    now: stamp,
    writer,
  });
  const trash = openTrash({ notes: folder, folder: join(own, 'trash'), now: stamp, chance, writer });
  /** Puts a text in the place of what was read, which undo keeps. */
  const change = async (
    path: string,
    text: string,
    there: Extract<ReadData, { is: 'text' }>,
  ): Promise<void> => {
    const data = await texts.dataFor(path, text);
    journal.note([
      {
        is: 'changed',
        id: idOf(text, path),
        path: toldInside(folder, path),
        before: there.data,
        after: markOf(data),
      },
    ]);
    if (!writer.replace(path, data, there.data)) throw await keptBeside(path, text);
  };

  /** Undefined when the YAML reader has to be loaded first, which takes no lock. */
  const reviseOnce = (
    named: string,
    revision: Revision,
    seen: string | undefined,
    slow?: SlowReader,
  ): Promise<string | undefined> =>
    readingNote(named, async (path, there) => {
      // One that was deleted or moved while questions were answered: what was read of it is known, and what
      // was answered is kept beside.
      if (there.is === 'fault' && (seen === undefined || there.fault.key !== 'storage.read-missing'))
        throw problemOf(there.fault);
      const before = seen ?? (there.is === 'text' ? there.text : '');
      const revised = reviseText(before, revision, path, slow);
      if (revised === undefined) return undefined;
      if (Buffer.byteLength(revised) > readLimit) throw tooMuch(path);
      if (there.is === 'fault' || there.text !== before) throw await keptBeside(path, revised);
      if (revised !== there.text) await change(path, revised, there);
      return revised;
    });

  const keepAside = async (path: string, text: string): Promise<string> => {
    sameFolder();
    const mark = Buffer.from(chance(3)).toString('hex');
    const kept = texts.placeFor(
      join(
        own,
        'kept',
        `${basename(clearName(path), '.md')}-${stamp()
          .replace(/[^0-9T]/g, '')
          .slice(0, 18)}-${mark}.md`,
      ),
    );
    if (!writer.add(kept, await texts.dataFor(kept, text)))
      throw problemOf(fault('storage.name-taken', { path: kept }));
    return kept;
  };
  const keptBeside = async (path: string, revised: string): Promise<Error> => {
    const kept = await keepAside(path, revised);
    return problemOf(fault('storage.changed-elsewhere', { path, kept }), { exit: Exit.changedElsewhere });
  };

  const makeReady = async (): Promise<void> => {
    checkOwn();
    await readyFolder({ folder, uid, pid, writer, known, windows });
    sameFolder();
  };
  const look = (): void => void lookAtFolder({ folder, known });
  const lookAtOwn = (): void => {
    look();
    checkOwn();
  };
  /** Looked up anew: a text may be on its way to a program that writes it in plaintext. */
  const seals = (): boolean => {
    texts.refresh();
    return texts.seals();
  };
  const editing = join(own, 'editor');
  return {
    ...openMending({
      folder,
      own,
      look: lookAtOwn,
      writer,
      journal,
      trash,
      texts,
      locked,
      reading,
      keepAside,
      change,
      keptBeside,
      openSlow,
    }),
    ...openTakingIn({ folder, writer, journal, texts, reading }),
    folder,
    drafts,
    texts,
    editing: {
      folder: () => {
        sameFolder();
        if (seals()) return needs.memory.make();
        writer.makeFolder(editing);
        return editing;
      },
      leftOver: () =>
        [...(isRealFolder(own) ? [editing] : []), ...needs.memory.places()].flatMap(textsLeftIn),
    },
    seals,
    refuseStray: path => {
      const found = texts.stray(path);
      if (found !== undefined) throw problemOf(found);
    },
    isStray: path => texts.stray(path) !== undefined,
    isSealed: texts.isSealed,
    isLocked: texts.isLocked,
    unlock: texts.unlock,
    names: () => walkNotes(folder).files.flatMap(path => namedIn(path) ?? []),
    isNew: () => {
      look();
      return (
        !hasNotes(folder) &&
        namesInOwnFolder(join(own, 'drafts')).length === 0 &&
        namesInOwnFolder(join(own, 'trash')).length === 0
      );
    },
    makeReady,
    prepare: async () => {
      await makeReady();
      // Refused before anything is asked.
      texts.seals();
    },
    shelf: async needsText => {
      look();
      return readShelf(folder, { openSlow, openSealed: texts.open, needsText });
    },
    read: async path => {
      const read = await texts.open(currentPath(path));
      if (read.is === 'fault') throw problemOf(read.fault);
      return parseNote(path, read.text);
    },
    filterByText: (moments, mayHold) => filterByText(folder, moments, mayHold, texts.open),
    add: async note => {
      if (!isId(note.id)) throw new Error('a moment needs an id');
      const clear = join(folder, `${note.session}-${note.id}.md`);
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooMuch(clear);
      lookAtFolder({ folder, uid, known });
      const bothForms = [clear, sealedName(clear)];
      const added = await reading.files(
        () => bothForms.filter(isThere),
        async found => {
          const path = texts.placeFor(clear);
          const data = await texts.dataFor(path, text);
          if (!isThere(path))
            journal.note([{ is: 'added', id: note.id, path: toldInside(folder, path), after: markOf(data) }]);
          if (!writer.add(path, data)) {
            // An earlier run may have ended between keeping it and dropping its draft, or before all of it
            // was written.
            const there = found.get(path);
            const isSame =
              there?.is === 'text' &&
              (there.text === text ||
                (text.startsWith(there.text) && writer.replace(path, data, there.data)));
            if (!isSame) throw problemOf(fault('storage.name-taken', { path }));
          }
          return path;
        },
      );
      await known.record(folder);
      return added;
    },
    replace: async (named, note, seen) => {
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooMuch(named);
      return readingNote(named, async (path, there) => {
        if (there.is === 'fault' || there.text !== seen) throw await keptBeside(path, text);
        await change(path, text, there);
        return text;
      });
    },
    revise: async (path, revision, seen) => {
      const first = await reviseOnce(path, revision, seen);
      if (first !== undefined) return first;
      const second = await reviseOnce(path, revision, seen, await openSlow());
      if (second === undefined) throw new Error('the YAML reader is never unsure');
      return second;
    },
    takeBack: (named, text) =>
      readingNote(named, (path, there) => {
        if (there.is === 'text' && there.text === text) writer.remove(path);
      }),
  };
}

function tooMuch(path: string): Error {
  return problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
}

function namedIn(path: string): { readonly id: string; readonly session: string } | undefined {
  const [, session, id] = /^(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md$/.exec(clearName(basename(path))) ?? [];
  return session === undefined || id === undefined ? undefined : { id, session };
}

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Now } from '../core/day.ts';
import { Exit } from '../errors.ts';
import type { Revision, Store } from '../world.ts';
import { openDrafts, type FolderDrafts } from './drafts.ts';
import type { SlowReader } from './front-matter.ts';
import { isId } from './head.ts';
import { idOf } from './id-of.ts';
import { toldInside } from './inside.ts';
import { markOf, openJournal } from './journal.ts';
import type { KnownFolders } from './known-folders.ts';
import { underLock } from './lock.ts';
import { openMending } from './mending.ts';
import { formatNote } from './note-text.ts';
import { fault, problemOf } from './problems.ts';
import { lookAtFolder, readyFolder } from './ready-folder.ts';
import { startOf } from './running.ts';
import { openSameFolder } from './same-folder.ts';
import { reviseText } from './revise.ts';
import { isThere, readLimit, readWhole, tryReadWhole } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import { hasNotes, readShelf } from './shelf.ts';
import { openTakingIn } from './taking-in.ts';
import { holdsMoment, openSlow, parseNote, sift } from './sift.ts';
import { openTrash } from './trash.ts';

export interface FolderNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly pid: number;
  /** The user's number; undefined where there are none. */
  readonly uid?: number;
  readonly host: string;
  readonly now: () => Now;
  readonly chance: (count: number) => Uint8Array;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
  readonly writer: Writer;
  readonly known: KnownFolders;
  /** The command that runs, for undo. */
  readonly command?: string;
}

/** The store of a folder of Markdown files, with the drafts that could not be read. */
export interface FolderStore extends Store {
  readonly drafts: FolderDrafts;
}

/** Opens a folder of notes. Nothing is made or looked at before it is asked for. */
export function openFolderStore(needs: FolderNeeds): FolderStore {
  const { folder, pid, uid, host, chance, isAlive, writer, known } = needs;
  const own = join(folder, '.rupture');
  const nowMs = (): number => needs.now().ms;
  const sameFolder = openSameFolder(folder, known);
  const drafts = openDrafts({
    folder: join(own, 'drafts'), pid, host, now: nowMs, isAlive, startOf, writer, sameFolder,
    locked: (work) => locked(work),
    // A run that was ended between keeping a moment and dropping its draft leaves both. One that was ended earlier may leave an empty file.
    isSettled: ({ session, id }) => holdsMoment(join(folder, `${session}-${id}.md`), id),
  });

  const stamp = (): string => needs.now().instant;
  const journal = openJournal({ folder: join(own, 'undo'), pid, command: needs.command ?? '', now: stamp, writer });
  const trash = openTrash({ notes: folder, folder: join(own, 'trash'), now: stamp, chance, writer });
  /** Notes for undo that `before` at `path` is about to become `after`. */
  const noteChange = (path: string, before: string, after: string): void =>
    journal.note([{ is: 'changed', id: idOf(after, path), path: toldInside(folder, path), before, after: markOf(after) }]);

  const locked = <T>(work: () => T): T => {
    sameFolder();
    writer.makeFolder(own);
    return underLock({ folder: own, pid, host, now: nowMs, chance, isAlive }, work);
  };

  /** One attempt under the lock; undefined when the slow reader has to be loaded first, which takes no lock. */
  const reviseOnce = (path: string, revision: Revision, seen: string | undefined, slow: SlowReader | undefined): string | undefined => {
    const before = readWhole(path);
    const revised = reviseText(seen ?? before, revision, path, slow);
    if (revised === undefined) return undefined;
    if (Buffer.byteLength(revised) > readLimit) throw tooMuch(path);
    if (seen !== undefined && before !== seen) throw keptBeside(path, revised);
    if (revised === before) return revised;
    noteChange(path, before, revised);
    if (!writer.replace(path, revised, before)) throw keptBeside(path, revised);
    return revised;
  };

  const keepAside = (path: string, text: string): string => {
    sameFolder();
    const mark = Buffer.from(chance(3)).toString('hex');
    const kept = join(own, 'kept', `${basename(path, '.md')}-${stamp().replace(/[^0-9T]/g, '').slice(0, 18)}-${mark}.md`);
    if (!writer.add(kept, text)) throw problemOf(fault('storage.name-taken', { path: kept }));
    return kept;
  };
  const keptBeside = (path: string, revised: string): Error => {
    const kept = keepAside(path, revised);
    return problemOf(fault('storage.changed-elsewhere', { path, kept }), { exit: Exit.changedElsewhere });
  };

  const editing = join(own, 'editor');
  return {
    ...openMending({ folder, own, writer, journal, trash, locked, keepAside, keptBeside, openSlow }),
    ...openTakingIn({ folder, writer, journal, sameFolder }),
    folder,
    drafts,
    editing: {
      folder: () => {
        sameFolder();
        writer.makeFolder(editing);
        return editing;
      },
      leftOver: () => filesIn(editing).flatMap((name) => leftBy(filesIn(join(editing, name))).map((file) => join(editing, name, file))),
    },
    isNew: () => !hasNotes(folder) && filesIn(join(own, 'drafts')).length === 0 && filesIn(join(own, 'trash')).length === 0,
    prepare: () => {
      readyFolder({ folder, uid, pid, writer, known });
      sameFolder();
    },
    shelf: async () => {
      lookAtFolder({ folder, known });
      return readShelf(folder, openSlow);
    },
    read: async (path) => parseNote(path, readWhole(path)),
    sift: (paths, mayHold) => sift(folder, paths, mayHold),
    add: async (note) => {
      if (!isId(note.id)) throw new Error('a moment needs an id');
      const path = join(folder, `${note.session}-${note.id}.md`);
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooMuch(path);
      lookAtFolder({ folder, uid, known });
      sameFolder();
      if (!isThere(path)) journal.note([{ is: 'added', id: note.id, path: toldInside(folder, path), after: markOf(text) }]);
      if (!writer.add(path, text)) {
        // An earlier run may have ended between keeping it and dropping its draft, or before all of it was written.
        const there = tryReadWhole(path);
        const isSame = there.is === 'text' && (there.text === text || (text.startsWith(there.text) && writer.replace(path, text, there.text)));
        if (!isSame) throw problemOf(fault('storage.name-taken', { path }));
      }
      known.record(folder);
      return path;
    },
    replace: async (path, note, seen) => {
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooMuch(path);
      return locked(() => {
        noteChange(path, seen, text);
        if (!writer.replace(path, text, seen)) throw keptBeside(path, text);
        return text;
      });
    },
    revise: async (path, revision, seen) => {
      const first = locked(() => reviseOnce(path, revision, seen, undefined));
      if (first !== undefined) return first;
      const slow = await openSlow();
      const second = locked(() => reviseOnce(path, revision, seen, slow));
      if (second === undefined) throw new Error('the YAML reader is never unsure');
      return second;
    },
    takeBack: async (path, text) => {
      locked(() => {
        const there = tryReadWhole(path);
        if (there.is === 'text' && there.text === text) writer.remove(path);
      });
    },
  };
}

function tooMuch(path: string): Error {
  return problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
}

/** What an editor has left: the text; where that is gone, what it had saved beside it under a hidden name. */
function leftBy(files: readonly string[]): readonly string[] {
  const texts = files.filter((file) => !file.startsWith('.'));
  return texts.length > 0 ? texts : files;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there, or not a folder: nothing is in it.
    return [];
  }
}

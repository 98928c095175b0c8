import { basename, join } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import { Exit } from '../../errors.ts';
import type { Revision, Store } from '../../world/world.ts';
import { lockRandom } from '../system/random.ts';
import { openDrafts, type FolderDrafts } from '../drafts/drafts.ts';
import { editorLeftovers } from '../drafts/editor-leftovers.ts';
import type { YamlReader } from '../format/front-matter.ts';
import { isId } from '../format/check-head.ts';
import { noteIdIn } from '../format/note-id.ts';
import { relativePath } from '../fs/relative-path.ts';
import { openUndoLog } from '../undo/undo-log.ts';
import type { FolderRegistry } from '../folder/folder-registry.ts';
import { underLock, type Locked } from '../fs/lock.ts';
import { openLockedReading } from '../encryption/locked-reading.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import type { InMemoryFolder } from '../folder/in-memory-folder.ts';
import { openNoteOperations } from './note-operations.ts';
import { formatNote } from '../format/note-text.ts';
import { isRealFolder, namesInOwnFolder, refuseForeignFolders } from '../folder/own-folders.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { checkFolder, prepareFolder } from '../folder/prepare-folder.ts';
import { processStartTime } from '../system/process-start-time.ts';
import { openMountGuard } from '../folder/mount-guard.ts';
import { reviseText } from '../format/revise-text.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { plaintextName, currentPath, encryptedName } from '../fs/encrypted-name.ts';
import { hasNotes, scanNotes } from './note-index.ts';
import { openNoteImport } from './import-notes.ts';
import { holdsMoment, loadYamlReader, parseNote, filterByText } from './filter-by-text.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import { openTrash } from '../undo/trash.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

export interface FolderNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly pid: number;
  /** The user's number; undefined where there are none. */
  readonly uid?: number;
  /** This machine's name, asked for when it is needed: Node takes a while to know it. */
  readonly host: () => string;
  readonly now: () => Now;
  readonly random: (count: number) => Uint8Array;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
  readonly writer: Writer;
  readonly known: FolderRegistry;
  /** The command that runs, for undo. */
  readonly command?: string;
  readonly texts: EncryptedFiles;
  /**
   * Where an editor may work on a text that is sealed: a folder that is never on a disk. Throws a Problem
   * when there is none.
   */
  readonly memory: InMemoryFolder;
}

/** The store of a folder of Markdown files, with the drafts that could not be read. */
export interface FolderStore extends Store {
  readonly drafts: FolderDrafts;
  readonly texts: EncryptedFiles;
  /** Does what `prepare` does, without asking whether a text may be written in the folder's present state. */
  readonly makeReady: () => Promise<void>;
}

/** Opens a folder of notes. Nothing is made or looked at before it is asked for. */
export function openFolderStore(needs: FolderNeeds): FolderStore {
  const { folder, pid, uid, host, random, isAlive, windows, writer, known, texts } = needs;
  const own = join(folder, '.rupture');
  const nowMs = (): number => needs.now().ms;
  const checkMount = openMountGuard(folder, known);
  const checkOwn = (): void => refuseForeignFolders(folder);
  const sameFolder = (): void => {
    checkMount();
    checkOwn();
  };
  const locked: Locked = work => {
    sameFolder();
    writer.makeFolder(own);
    return underLock({ folder: own, pid, host, now: nowMs, random: lockRandom, isAlive, windows }, () => {
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
    processStartTime,
    writer,
    texts,
    reading,
    checkOwn,
    // A run that was ended between keeping a moment and dropping its draft leaves both. One that was ended
    // earlier may leave an empty file.
    isSettled: async ({ session, id }) => {
      for (const name of [`${session}-${id}.md`, `${session}-${id}.md.age`]) {
        const path = join(folder, name);
        if (holdsMoment(path, id, await texts.read(path))) return true;
      }
      return false;
    },
  });

  const stamp = (): string => needs.now().instant;
  const undoLog = openUndoLog({
    folder: join(own, 'undo'),
    pid,
    command: needs.command ?? '',
    now: stamp,
    writer,
  });
  const trash = openTrash({ notes: folder, folder: join(own, 'trash'), now: stamp, random: random, writer });
  /** Puts a text in the place of what was read, which undo keeps. */
  const change = async (
    path: string,
    text: string,
    there: Extract<ReadData, { is: 'text' }>,
  ): Promise<void> => {
    const data = await texts.dataFor(path, text);
    undoLog.record([
      {
        is: 'changed',
        id: noteIdIn(text, path),
        path: relativePath(folder, path),
        before: there.data,
        after: contentFingerprint(data),
      },
    ]);
    if (!writer.replace(path, data, there.data)) throw await saveConflictText(path, text);
  };

  /** Undefined when the YAML reader has to be loaded first, which takes no lock. */
  const reviseOnce = (
    named: string,
    revision: Revision,
    seen: string | undefined,
    slow?: YamlReader,
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
      if (there.is === 'fault' || there.text !== before) throw await saveConflictText(path, revised);
      if (revised !== there.text) await change(path, revised, there);
      return revised;
    });

  const saveConflictCopy = async (path: string, text: string): Promise<string> => {
    sameFolder();
    const mark = Buffer.from(random(3)).toString('hex');
    const kept = texts.placeFor(
      join(
        own,
        'kept',
        `${basename(plaintextName(path), '.md')}-${stamp()
          .replace(/[^0-9T]/g, '')
          .slice(0, 18)}-${mark}.md`,
      ),
    );
    if (!writer.add(kept, await texts.dataFor(kept, text)))
      throw problemOf(fault('storage.name-taken', { path: kept }));
    return kept;
  };
  const saveConflictText = async (path: string, revised: string): Promise<Error> => {
    const kept = await saveConflictCopy(path, revised);
    return problemOf(fault('storage.changed-elsewhere', { path, kept }), { exit: Exit.changedElsewhere });
  };

  const makeReady = async (): Promise<void> => {
    checkOwn();
    await prepareFolder({ folder, uid, pid, writer, known, windows });
    sameFolder();
  };
  const look = (): void => void checkFolder({ folder, known });
  const lookAtOwn = (): void => {
    look();
    checkOwn();
  };
  /** Looked up anew: a text may be on its way to a program that writes it in plaintext. */
  const seals = (): boolean => {
    texts.refresh();
    return texts.isEncrypting();
  };
  const editing = join(own, 'editor');
  return {
    ...openNoteOperations({
      folder,
      own,
      look: lookAtOwn,
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
    }),
    ...openNoteImport({ folder, writer, undoLog, texts, reading }),
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
        [...(isRealFolder(own) ? [editing] : []), ...needs.memory.places()].flatMap(editorLeftovers),
    },
    isEncrypting: seals,
    refuseWronglyEncrypted: path => {
      const found = texts.wronglyEncrypted(path);
      if (found !== undefined) throw problemOf(found);
    },
    isWronglyEncrypted: path => texts.wronglyEncrypted(path) !== undefined,
    hasEncrypted: texts.hasEncrypted,
    isLocked: texts.isLocked,
    unlock: texts.unlock,
    names: () => listNoteFiles(folder).files.flatMap(path => namedIn(path) ?? []),
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
      texts.isEncrypting();
    },
    scan: async needsText => {
      look();
      return scanNotes(folder, { loadYamlReader, openSealed: texts.read, needsText });
    },
    read: async path => {
      const read = await texts.read(currentPath(path));
      if (read.is === 'fault') throw problemOf(read.fault);
      return parseNote(path, read.text);
    },
    filterByText: (moments, mayHold) => filterByText(folder, moments, mayHold, texts.read),
    add: async note => {
      if (!isId(note.id)) throw new Error('a moment needs an id');
      const clear = join(folder, `${note.session}-${note.id}.md`);
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooMuch(clear);
      checkFolder({ folder, uid, known });
      const bothForms = [clear, encryptedName(clear)];
      const added = await reading.files(
        () => bothForms.filter(isThere),
        async found => {
          const path = texts.placeFor(clear);
          const data = await texts.dataFor(path, text);
          if (!isThere(path))
            undoLog.record([
              { is: 'added', id: note.id, path: relativePath(folder, path), after: contentFingerprint(data) },
            ]);
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
    revise: async (path, revision, seen) => {
      const first = await reviseOnce(path, revision, seen);
      if (first !== undefined) return first;
      const second = await reviseOnce(path, revision, seen, await loadYamlReader());
      if (second === undefined) throw new Error('the YAML reader is never unsure');
      return second;
    },
  };
}

function tooMuch(path: string): Error {
  return problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
}

function namedIn(path: string): { readonly id: string; readonly session: string } | undefined {
  const [, session, id] = /^(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md$/.exec(plaintextName(basename(path))) ?? [];
  return session === undefined || id === undefined ? undefined : { id, session };
}

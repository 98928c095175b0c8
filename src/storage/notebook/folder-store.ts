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
  /** The user's ID; undefined on systems without user IDs. */
  readonly uid?: number;
  /** Returns this machine's name. A function because Node takes a while to look it up. */
  readonly host: () => string;
  readonly now: () => Now;
  readonly random: (count: number) => Uint8Array;
  /** Whether a process on this machine is still running. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where another program can briefly block a file. */
  readonly windows?: boolean;
  readonly writer: Writer;
  readonly known: FolderRegistry;
  /** The name of the running command, recorded in the undo log. */
  readonly command?: string;
  readonly texts: EncryptedFiles;
  /**
   * The in-memory folder in which an editor works on an encrypted note's plaintext. Throws a Problem if this
   * system has none.
   */
  readonly memory: InMemoryFolder;
}

/** The store of a folder of Markdown files, with what the doctor needs besides. */
export interface FolderStore extends Store {
  readonly drafts: FolderDrafts;
  readonly texts: EncryptedFiles;
  /** Like `prepare`, but without checking that the folder's encryption settings allow writing. */
  readonly makeReady: () => Promise<void>;
}

/** Opens a folder of notes. Reads and creates nothing until a method is called. */
export function openFolderStore(needs: FolderNeeds): FolderStore {
  const { folder, pid, uid, host, random, isAlive, windows, writer, known, texts } = needs;
  const own = join(folder, '.rupture');
  const nowMs = (): number => needs.now().ms;
  const checkMount = openMountGuard(folder, known);
  const checkOwn = (): void => refuseForeignFolders(folder);
  const checkSameFolder = (): void => {
    checkMount();
    checkOwn();
  };
  const locked: Locked = work => {
    checkSameFolder();
    writer.makeFolder(own);
    return underLock({ folder: own, pid, host, now: nowMs, random: lockRandom, isAlive, windows }, () => {
      // Check again: another program may have put a link there while this one waited for the lock.
      checkOwn();
      texts.refresh();
      return work();
    });
  };
  const reading = openLockedReading({ folder, texts, locked, check: checkSameFolder });
  const withNote = <T>(
    givenPath: string,
    work: (path: string, current: ReadData) => T | Promise<T>,
  ): Promise<T> => reading.file(() => currentPath(givenPath), work);
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
    // A run interrupted between saving a note and dropping its draft leaves both. A run interrupted earlier
    // may leave an empty note file, which does not count.
    isNoteSaved: async ({ session, id }) => {
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
  /** Replaces a file's content and records the previous content for undo. Needs the lock. */
  const change = async (
    path: string,
    text: string,
    current: Extract<ReadData, { is: 'text' }>,
  ): Promise<void> => {
    const data = await texts.dataFor(path, text);
    undoLog.record([
      {
        is: 'changed',
        id: noteIdIn(text, path),
        path: relativePath(folder, path),
        before: current.data,
        after: contentFingerprint(data),
      },
    ]);
    if (!writer.replace(path, data, current.data)) throw await saveConflictText(path, text);
  };

  /** Returns undefined if the YAML reader is needed: the caller loads it without holding the lock. */
  const reviseOnce = (
    givenPath: string,
    revision: Revision,
    seen: string | undefined,
    readYaml?: YamlReader,
  ): Promise<string | undefined> =>
    withNote(givenPath, async (path, current) => {
      // A note deleted or moved during the interview still has its text in `seen`, so the answers go into a
      // conflict copy.
      if (current.is === 'fault' && (seen === undefined || current.fault.key !== 'storage.read-missing'))
        throw problemOf(current.fault);
      const before = seen ?? (current.is === 'text' ? current.text : '');
      const revised = reviseText(before, revision, path, readYaml);
      if (revised === undefined) return undefined;
      if (Buffer.byteLength(revised) > readLimit) throw tooLargeToWrite(path);
      if (current.is === 'fault' || current.text !== before) throw await saveConflictText(path, revised);
      if (revised !== current.text) await change(path, revised, current);
      return revised;
    });

  const saveConflictCopy = async (path: string, text: string): Promise<string> => {
    checkSameFolder();
    const suffix = Buffer.from(random(3)).toString('hex');
    const copy = texts.placeFor(
      join(
        own,
        'kept',
        `${basename(plaintextName(path), '.md')}-${stamp()
          .replace(/[^0-9T]/g, '')
          .slice(0, 18)}-${suffix}.md`,
      ),
    );
    if (!writer.add(copy, await texts.dataFor(copy, text)))
      throw problemOf(fault('storage.name-taken', { path: copy }));
    return copy;
  };
  const saveConflictText = async (path: string, revised: string): Promise<Error> => {
    const kept = await saveConflictCopy(path, revised);
    return problemOf(fault('storage.changed-elsewhere', { path, kept }), { exit: Exit.changedElsewhere });
  };

  const makeReady = async (): Promise<void> => {
    checkOwn();
    await prepareFolder({ folder, uid, pid, writer, known, windows });
    checkSameFolder();
  };
  const checkNotesFolder = (): void => void checkFolder({ folder, known });
  const checkFolders = (): void => {
    checkNotesFolder();
    checkOwn();
  };
  /** Refreshes the encryption state first: the caller may be about to write plaintext for another program. */
  const isEncrypting = (): boolean => {
    texts.refresh();
    return texts.isEncrypting();
  };
  const editing = join(own, 'editor');
  return {
    ...openNoteOperations({
      folder,
      own,
      checkFolders,
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
        checkSameFolder();
        if (isEncrypting()) return needs.memory.make();
        writer.makeFolder(editing);
        return editing;
      },
      leftOver: () =>
        [...(isRealFolder(own) ? [editing] : []), ...needs.memory.places()].flatMap(editorLeftovers),
    },
    isEncrypting,
    refuseWronglyEncrypted: path => {
      const found = texts.wronglyEncrypted(path);
      if (found !== undefined) throw problemOf(found);
    },
    isWronglyEncrypted: path => texts.wronglyEncrypted(path) !== undefined,
    hasEncrypted: texts.hasEncrypted,
    isLocked: texts.isLocked,
    unlock: texts.unlock,
    names: () => listNoteFiles(folder).files.flatMap(path => parseNoteName(path) ?? []),
    isNew: () => {
      checkNotesFolder();
      return (
        !hasNotes(folder) &&
        namesInOwnFolder(join(own, 'drafts')).length === 0 &&
        namesInOwnFolder(join(own, 'trash')).length === 0
      );
    },
    makeReady,
    prepare: async () => {
      await makeReady();
      // Throws now if the folder may not be written to, before anyone answers questions.
      texts.isEncrypting();
    },
    scan: async needsText => {
      checkNotesFolder();
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
      const plaintextPath = join(folder, `${note.session}-${note.id}.md`);
      const text = formatNote(note);
      if (Buffer.byteLength(text) > readLimit) throw tooLargeToWrite(plaintextPath);
      checkFolder({ folder, uid, known });
      const bothForms = [plaintextPath, encryptedName(plaintextPath)];
      const added = await reading.files(
        () => bothForms.filter(isThere),
        async found => {
          const path = texts.placeFor(plaintextPath);
          const data = await texts.dataFor(path, text);
          if (!isThere(path))
            undoLog.record([
              { is: 'added', id: note.id, path: relativePath(folder, path), after: contentFingerprint(data) },
            ]);
          if (!writer.add(path, data)) {
            // A run interrupted before it dropped the draft leaves the whole note; a run interrupted during
            // the write leaves the beginning of the note.
            const existing = found.get(path);
            const isSame =
              existing?.is === 'text' &&
              (existing.text === text ||
                (text.startsWith(existing.text) && writer.replace(path, data, existing.data)));
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

function tooLargeToWrite(path: string): Error {
  return problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
}

function parseNoteName(path: string): { readonly id: string; readonly session: string } | undefined {
  const [, session, id] = /^(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md$/.exec(plaintextName(basename(path))) ?? [];
  return session === undefined || id === undefined ? undefined : { id, session };
}

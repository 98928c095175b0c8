import { join } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import type { EncryptedNotesPort, Store } from '../../world/world.ts';
import { openDrafts, type FolderDrafts } from '../drafts/drafts.ts';
import { editorLeftovers } from '../drafts/editor-leftovers.ts';
import type { EncryptedFiles } from '../encryption/encrypted-files.ts';
import { openLockedReading, type LockedReading } from '../encryption/locked-reading.ts';
import type { FolderRegistry } from '../folder/folder-registry.ts';
import type { InMemoryFolder } from '../folder/in-memory-folder.ts';
import { openMountGuard } from '../folder/mount-guard.ts';
import { isRealFolder, refuseForeignFolders } from '../folder/own-folders.ts';
import { checkFolder, prepareFolder } from '../folder/prepare-folder.ts';
import { underLock, type Locked } from '../fs/lock.ts';
import { problemOf } from '../fs/problems.ts';
import type { Writer } from '../fs/write-file.ts';
import { processStartTime } from '../system/process-start-time.ts';
import { lockRandom } from '../system/random.ts';
import { openTrash } from '../undo/trash.ts';
import { openUndoLog } from '../undo/undo-log.ts';
import { holdsMoment, loadYamlReader } from './filter-by-text.ts';
import { openNoteImport } from './import-notes.ts';
import { openNoteOperations } from './note-operations.ts';
import { openNoteReading } from './read-notes.ts';
import { addNote, changeText, reviseNote, saveConflictCopy, saveConflictText } from './write-notes.ts';

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
  const { folder, pid, uid, random, writer, known, texts } = needs;
  const guarded = openGuardedFolder(needs);
  const { own, checkOwn, checkSameFolder, locked, reading } = guarded;
  const drafts = openFolderDrafts(needs, guarded);
  const stamp = (): string => needs.now().instant;
  const command = needs.command ?? '';
  const undoLog = openUndoLog({ folder: join(own, 'undo'), pid, command, now: stamp, writer });
  const trash = openTrash({ notes: folder, folder: join(own, 'trash'), now: stamp, random, writer });
  const writing = {
    folder,
    own,
    uid,
    stamp,
    random,
    writer,
    undoLog,
    texts,
    reading,
    known,
    checkSameFolder,
  };
  const makeReady = (): Promise<void> => makeFolderReady(needs, guarded);
  const checkNotesFolder = (): void => void checkFolder({ folder, known });
  return {
    ...openNoteOperations({
      folder,
      own,
      checkFolders: () => {
        checkNotesFolder();
        checkOwn();
      },
      writer,
      undoLog,
      trash,
      texts,
      locked,
      reading,
      saveConflictCopy: (path, text) => saveConflictCopy(writing, path, text),
      change: (path, text, current) => changeText(writing, path, text, current),
      saveConflictText: (path, text) => saveConflictText(writing, path, text),
      loadYamlReader,
    }),
    ...openNoteImport({ folder, writer, undoLog, texts, reading }),
    ...openNoteReading({ folder, own, texts, checkNotesFolder }),
    ...encryptionPort(texts),
    drafts,
    texts,
    editing: editingIn(needs, guarded),
    makeReady,
    prepare: async () => {
      await makeReady();
      // Throws now if the folder may not be written to, before anyone answers questions.
      texts.isEncrypting();
    },
    add: note => addNote(writing, note),
    revise: (path, revision, seen) => reviseNote(writing, path, revision, seen),
  };
}

async function makeFolderReady(
  { folder, uid, pid, writer, known, windows }: FolderNeeds,
  { checkOwn, checkSameFolder }: GuardedFolder,
): Promise<void> {
  checkOwn();
  await prepareFolder({ folder, uid, pid, writer, known, windows });
  checkSameFolder();
}

/** The folder with its lock, and checks that nobody put a link or another folder in its place. */
interface GuardedFolder {
  /** `.rupture`, absolute. */
  readonly own: string;
  readonly checkOwn: () => void;
  readonly checkSameFolder: () => void;
  readonly locked: Locked;
  readonly reading: LockedReading;
}

function openGuardedFolder(needs: FolderNeeds): GuardedFolder {
  const { folder, pid, host, isAlive, windows, writer, known, texts } = needs;
  const own = join(folder, '.rupture');
  const checkMount = openMountGuard(folder, known);
  const checkOwn = (): void => refuseForeignFolders(folder);
  const checkSameFolder = (): void => {
    checkMount();
    checkOwn();
  };
  const lock = { folder: own, pid, host, now: () => needs.now().ms, random: lockRandom, isAlive, windows };
  const locked: Locked = work => {
    checkSameFolder();
    writer.makeFolder(own);
    return underLock(lock, () => {
      // Check again: another program may have put a link there while this one waited for the lock.
      checkOwn();
      texts.refresh();
      return work();
    });
  };
  const reading = openLockedReading({ folder, texts, locked, check: checkSameFolder });
  return { own, checkOwn, checkSameFolder, locked, reading };
}

function openFolderDrafts(needs: FolderNeeds, { own, reading, checkOwn }: GuardedFolder): FolderDrafts {
  const { folder, pid, host, isAlive, writer, texts } = needs;
  return openDrafts({
    folder: join(own, 'drafts'),
    pid,
    host,
    now: () => needs.now().ms,
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
}

function encryptionPort(texts: EncryptedFiles): EncryptedNotesPort {
  return {
    isEncrypting: () => isEncrypting(texts),
    refuseWronglyEncrypted: path => {
      const found = texts.wronglyEncrypted(path);
      if (found !== undefined) throw problemOf(found);
    },
    isWronglyEncrypted: path => texts.wronglyEncrypted(path) !== undefined,
    hasEncrypted: texts.hasEncrypted,
    isLocked: texts.isLocked,
    unlock: texts.unlock,
  };
}

/** Refreshes the encryption state first: the caller may be about to write plaintext for another program. */
function isEncrypting(texts: EncryptedFiles): boolean {
  texts.refresh();
  return texts.isEncrypting();
}

function editingIn(
  { memory, writer, texts }: FolderNeeds,
  { own, checkSameFolder }: GuardedFolder,
): Store['editing'] {
  const editing = join(own, 'editor');
  return {
    folder: () => {
      checkSameFolder();
      if (isEncrypting(texts)) return memory.make();
      writer.makeFolder(editing);
      return editing;
    },
    leftOver: () => [...(isRealFolder(own) ? [editing] : []), ...memory.places()].flatMap(editorLeftovers),
  };
}

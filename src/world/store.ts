import type { NewReflection } from '../core/notes/reflection.ts';
import type { Drafts, Editing } from './drafts.ts';
import type {
  NamedNote,
  NeedsText,
  NoteFile,
  NoteIndex,
  NoteSummary,
  Revision,
  Trashed,
  Undone,
  Unreadable,
} from './notes.ts';

/** The folder of notes. Nothing is created in it before `prepare`, or before something is saved. */
export interface Store extends NotesPort, EncryptedNotesPort, NoteOperations, NoteImport, DraftsPort {}

/** Reading, adding and revising notes. */
export interface NotesPort {
  /** Absolute. */
  readonly folder: string;
  /** True if rupture has never saved anything here. */
  readonly isNew: () => boolean;
  /** Creates the folder where allowed, and throws a Problem if notes can't be saved in it. */
  readonly prepare: () => Promise<void>;
  /**
   * Reads the beginning of every file, and the texts that `needsText` asks for if they are short enough to
   * come with it. Never throws for a single file.
   */
  readonly scan: (needsText?: NeedsText) => Promise<NoteIndex>;
  /** Reads a whole note. Throws a Problem if it can't be read. */
  readonly read: (path: string) => Promise<NoteFile>;
  /**
   * Yields, in this order, the notes whose texts `scan` returned, and of the others those whose text
   * `mayMatch` accepts; each of these is read once. A note that can't be read any more is yielded as such.
   */
  readonly filterByText: (
    moments: readonly NoteSummary[],
    mayMatch: (text: string) => boolean,
  ) => AsyncIterable<NoteFile | Unreadable>;
  /** Adds a note and returns its path. Never overwrites. */
  readonly add: (note: NewReflection) => Promise<string>;
  /**
   * Applies a revision to the file as it is now, under the lock, and returns the new text. If the file no
   * longer reads `seen`, the revised text is saved beside it, and a Problem with exit 5 says where.
   */
  readonly revise: (path: string, revision: Revision, seen?: string) => Promise<string>;
  /** Ids and session days from the file names. Opens no file. */
  readonly names: () => readonly { readonly id: string; readonly session: string }[];
}

/** What a command has to know about the encryption of the notes. */
export interface EncryptedNotesPort {
  /** Whether new notes are encrypted. Throws a Problem if this machine can't tell whether they may be. */
  readonly isEncrypting: () => boolean;
  /**
   * Whether a file can be read but not changed: plaintext in an encrypted folder, or encrypted in a plaintext
   * one. Throws as `isEncrypting` does.
   */
  readonly isWronglyEncrypted: (path: string) => boolean;
  /** Throws a Problem for such a file, before any question about it. */
  readonly refuseWronglyEncrypted: (path: string) => void;
  /** Whether the folder may hold anything encrypted. Never throws. */
  readonly hasEncrypted: () => boolean;
  /** Whether reading the encrypted notes would ask for the passphrase first. */
  readonly isLocked: () => boolean;
  /** Asks for the passphrase if `isLocked`. Throws a Problem (exit 4) without it. */
  readonly unlock: () => Promise<void>;
}

/**
 * What a person does with existing notes. Only `erase`, `eraseAll` and `trash.empty` lose anything that
 * somebody wrote.
 */
export interface NoteOperations extends NoteFilesPort, NoteDeletionPort, UndoPort {}

/** Notes as files that somebody edits. */
export interface NoteFilesPort {
  /** Returns exactly what is in a file, a note or not. Throws a Problem if it is not text. */
  readonly readText: (path: string) => Promise<string>;
  /**
   * Returns what prevents a text from being the note at `path` (with an id: the note of that id); undefined
   * if nothing does.
   */
  readonly check: (path: string, text: string, id?: string) => Promise<Unreadable | undefined>;
  /**
   * Replaces the text of a file that still reads `seen`. Otherwise the text is saved beside it, and a Problem
   * with exit 5 says where.
   */
  readonly rewrite: (path: string, text: string, seen: string) => Promise<void>;
  /** Saves a text that can't go to `path` in a file of its own, and returns that file's path. */
  readonly saveConflictCopy: (path: string, text: string) => Promise<string>;
}

export interface NoteDeletionPort {
  /** Moves files to the trash, except those that no longer exist. */
  readonly remove: (notes: readonly NamedNote[]) => Promise<void>;
  /** Erases files and every trace of them: in the trash, drafts, the undo log, editor files, conflict copies. */
  readonly erase: (notes: readonly NamedNote[]) => Promise<void>;
  /** Erases files and everything of ours. Returns the names left in the folder, which are not ours. */
  readonly eraseAll: (notes: readonly NamedNote[]) => Promise<readonly string[]>;
  readonly trash: TrashPort;
}

export interface TrashPort {
  /** Newest first. */
  readonly list: () => Promise<readonly Trashed[]>;
  /** Moves a note back, and returns its path. Throws a Problem if a file is there already. */
  readonly restore: (name: string) => Promise<string>;
  /**
   * Adds a note under another id, beside its old place, removes it from the trash and returns the path.
   * Throws a Problem if its front matter can't be changed.
   */
  readonly restoreAs: (name: string, id: string) => Promise<string>;
  /** Reads a note. Throws a Problem if it is not one. */
  readonly read: (name: string) => Promise<NoteFile>;
  /** Erases the whole trash, and what the undo log holds of it. Returns the number of notes. */
  readonly empty: () => Promise<number>;
}

export interface UndoPort {
  /** Whether there may be something to undo or redo. */
  readonly mayUndo: (way: 'undo' | 'redo') => boolean;
  /**
   * Undoes the last command that changed notes; undefined if there is none. If a file changed since, nothing
   * is undone, and a Problem with exit 5 names it.
   */
  readonly undo: () => Promise<Undone | undefined>;
  /** Redoes what `undo` undid last; undefined if there is nothing, as after any change. Throws as `undo`. */
  readonly redo: () => Promise<Undone | undefined>;
}

/**
 * Adds files from elsewhere. Paths are relative to the folder, with `/`; nothing outside the folder or behind
 * a link is touched.
 */
export interface NoteImport {
  /** Returns the path and the text that `add` would write. */
  readonly written: (note: NewReflection) => { readonly path: string; readonly text: string };
  /** Returns the id in a text's front matter; without one, the id in the file's name. */
  readonly idOf: (path: string, text: string) => string;
  /** Whether a path is free, holds these very bytes or others, or can't be used. */
  readonly compare: (
    path: string,
    text: string,
  ) => Promise<'free' | 'same' | 'taken' | 'outside' | 'too-large'>;
  /**
   * Adds a file of exactly this text if the path is free; undo knows about it. Returns what `compare` said
   * before. Never overwrites. Throws a Problem if the disk refuses.
   */
  readonly addFile: (path: string, text: string) => ReturnType<NoteImport['compare']>;
}

export interface DraftsPort {
  readonly drafts: Drafts;
  readonly editing: Editing;
}

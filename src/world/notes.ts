import type { Answer } from '../core/notes/answer.ts';
import type { Head, NewReflection, Section } from '../core/notes/reflection.ts';
import type { Params } from '../errors.ts';

/** A file that could not be read as a moment, and why. */
export interface Unreadable {
  /** Relative to the folder. */
  readonly path: string;
  readonly line?: number;
  /** Key and params of a Problem. */
  readonly key: string;
  readonly params: Params;
}

/** A moment in the folder. `path` is absolute. */
export interface NoteSummary {
  readonly path: string;
  readonly head: Head;
  /**
   * Whether its texts were wanted, and what they are; absent where nobody asked, or where they could not be
   * had without a second reading.
   */
  readonly texts?: NoteTexts | 'not-needed';
}

export type NoteTexts = Pick<NoteFile, 'text' | 'sections'>;

/**
 * Says whether the texts of a note are wanted too. They come along where a note is short enough to be read
 * whole at once: reading it a second time costs as much as the first. `readText` gives all that lies in the
 * file.
 */
export type NeedsText = (head: Head, readText: () => string) => boolean;

/** What lies in the folder: each moment once, and what could not be read. */
export interface NoteIndex {
  readonly moments: readonly NoteSummary[];
  readonly unreadable: readonly Unreadable[];
  /**
   * Files that carry an id which another file has already (sync conflict copies): path and the path that
   * counts.
   */
  readonly copies: readonly { readonly path: string; readonly of: string }[];
}

/** One file, read whole. `text` is exactly what lies on disk. */
export interface NoteFile extends NoteSummary {
  readonly text: string;
  readonly sections: readonly Section[];
}

/** What changes in a moment that is there already; what is not named stays byte for byte. */
export interface Revision {
  /** Front matter to set, or with undefined to remove. */
  readonly front: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** A line added to `history`: `2026-03-19 planned 5`. */
  readonly history?: string;
  /** Sections added at the end. */
  readonly append: readonly Section[];
}

/** A note by its id and its absolute path; the id of its file's name where its head can't be read. */
export interface NamedNote {
  readonly id: string;
  readonly path: string;
}

/**
 * A note in the trash. `path` is where it was, relative to the folder; `at` an instant, when it came;
 * `title` where it can be read and the note is not kept apart.
 */
export interface Trashed extends NamedNote {
  /** By which it is called: its file's name in the trash. */
  readonly name: string;
  readonly at: string;
  /** True for what a note read before it was changed back: the note itself was not deleted with it. */
  readonly isVersion?: boolean;
  readonly title?: string;
}

/**
 * What was taken back: of which command, when that ran (an instant), and what became of each file (absolute).
 */
export interface Undone {
  readonly command: string;
  readonly at: string;
  /**
   * `removed`: it is in the trash now; `changed`: it reads as before, and (`kept`) what was written since is
   * in the trash; `back`: it is where it was.
   */
  readonly files: readonly (NamedNote & {
    readonly is: 'removed' | 'changed' | 'back';
    readonly kept?: boolean;
  })[];
}

/**
 * What a person does with notes that are there. Nothing that somebody wrote is lost by any of it, but by
 * `erase`, `eraseAll` and `trash.empty`.
 */
export interface NoteOperations {
  /** Gives exactly what lies at `path`, a moment or not. Throws a Problem when it is no text. */
  readonly readText: (path: string) => Promise<string>;
  /**
   * Says what keeps a text from being the moment at `path` (with an id: that moment); undefined when nothing
   * does.
   */
  readonly check: (path: string, text: string, id?: string) => Promise<Unreadable | undefined>;
  /**
   * Writes a text in the place of a file that still reads `seen`; else the text is kept beside it, and a
   * Problem with exit 5 says where.
   */
  readonly rewrite: (path: string, text: string, seen: string) => Promise<void>;
  /** Keeps a text that can't go to `path` in a file of its own, and gives that file's path. */
  readonly saveConflictCopy: (path: string, text: string) => Promise<string>;
  /** Moves files to the trash; those that are gone meanwhile are left out. */
  readonly remove: (notes: readonly NamedNote[]) => Promise<void>;
  /**
   * Erases files, and what of them is in the trash, in drafts, in what undo and editors hold, in what was
   * kept aside.
   */
  readonly erase: (notes: readonly NamedNote[]) => Promise<void>;
  /**
   * Erases files and all else that is ours, drafts, trash and undo; gives the names in the folder that are
   * left, which are not ours.
   */
  readonly eraseAll: (notes: readonly NamedNote[]) => Promise<readonly string[]>;
  readonly trash: {
    /** The newest first. */
    readonly list: () => Promise<readonly Trashed[]>;
    /**
     * Moves the one of this name back to where it was, and gives its path. Throws a Problem when there is a
     * file already.
     */
    readonly restore: (name: string) => Promise<string>;
    /**
     * Adds the one of this name as a note of its own under another id, beside where it was, and gives the
     * path; it is in the trash no more. Throws a Problem where its front matter can't be changed.
     */
    readonly restoreAs: (name: string, id: string) => Promise<string>;
    /** Reads the one of this name. Throws a Problem where it is no moment. */
    readonly read: (name: string) => Promise<NoteFile>;
    /** Erases all that is in it, and what undo holds of it; gives how many. */
    readonly empty: () => Promise<number>;
  };
  /** Whether `undo` may find something to take back. */
  readonly mayUndo: (way: 'undo' | 'redo') => boolean;
  /**
   * Takes back what the last command did that changed notes; undefined when there is none. All of it or, with
   * a Problem (exit 5) that names the file, nothing: when one was changed since.
   */
  readonly undo: () => Promise<Undone | undefined>;
  /**
   * Does again what `undo` took back last; undefined when there is nothing, as after any change. Throws as
   * `undo` does.
   */
  readonly redo: () => Promise<Undone | undefined>;
}

/** What came back from the person's editor. The copy stays on disk until it is settled. */
export type EditedCopy =
  | {
      readonly is: 'text';
      readonly text: string;
      /** Where the copy lies, absolute. */
      readonly path: string;
      /** Opens the editor on the copy once more. */
      readonly again: () => Promise<EditedCopy>;
      /** Removes the copy: its text is kept elsewhere, or nobody wants it. */
      readonly remove: () => void;
    }
  /** The editor came back at once with nothing changed: it may be open still, so the copy stays. */
  | { readonly is: 'at-once'; readonly params: { readonly command: string; readonly path: string } }
  /**
   * A key of the words, and its params; what was written is kept in the file that it names, if there is
   * anything.
   */
  | { readonly is: 'refused'; readonly key: string; readonly params: Params };

/**
 * Takes in files from elsewhere. Paths are relative to the folder, with /; what would lie outside it or
 * behind a link is never touched.
 */
export interface NoteImport {
  /** Gives the path and the text that `add` would write. */
  readonly written: (note: NewReflection) => { readonly path: string; readonly text: string };
  /** Gives the id that a text's front matter says; where it says none, that of its file's name. */
  readonly idOf: (path: string, text: string) => string;
  /**
   * Says what adding would come to: it is free, these very bytes are there, something else is there, or it
   * can't be kept.
   */
  readonly compare: (
    path: string,
    text: string,
  ) => Promise<'free' | 'same' | 'taken' | 'outside' | 'too-large'>;
  /**
   * Adds a file of exactly this text where it is free, undo knows of it, and says what `compare` says before.
   * Never overwrites. Throws a Problem when the disk refuses.
   */
  readonly addFile: (path: string, text: string) => ReturnType<NoteImport['compare']>;
}

/** The folder of notes. Nothing in it is made before `prepare` or the first thing that is kept. */
export interface Store extends NoteOperations, NoteImport {
  /** Absolute. */
  readonly folder: string;
  /** True when nothing of ours has ever been kept here. */
  readonly isNew: () => boolean;
  /**
   * Makes the folder where allowed and makes sure that something can be kept in it; throws a Problem before
   * anything is asked.
   */
  readonly prepare: () => Promise<void>;
  /**
   * Reads the beginning of every file, and takes the wanted texts of short files along. Never throws for a
   * single file.
   */
  readonly scan: (needsText?: NeedsText) => Promise<NoteIndex>;
  /** Reads one whole. Throws a Problem when it can't be read. */
  readonly read: (path: string) => Promise<NoteFile>;
  /**
   * Gives in this order the moments whose texts were wanted, and those whose text `mayHold` lets pass where
   * nobody has looked yet: these are read whole, once each. One that can't be read any more is given as such.
   */
  readonly filterByText: (
    moments: readonly NoteSummary[],
    mayHold: (text: string) => boolean,
  ) => AsyncIterable<NoteFile | Unreadable>;
  /** Adds a moment and returns its path. Never overwrites. */
  readonly add: (note: NewReflection) => Promise<string>;
  /**
   * Writes a moment that this run has added anew, if its file is still exactly `seen`, and returns its text.
   */
  readonly replace: (path: string, note: NewReflection, seen: string) => Promise<string>;
  /**
   * Applies the revision to the file as it is now, under the lock, and returns its new text. With `seen` (the
   * text that was read before asking) a file that differs from it is left alone, the revised text is kept
   * beside it, and a Problem with exit 5 says where.
   */
  readonly revise: (path: string, revision: Revision, seen?: string) => Promise<string>;
  /** Removes a file this run has added, if it is still exactly `text`. */
  readonly takeBack: (path: string, text: string) => Promise<void>;
  readonly drafts: Drafts;
  readonly editing: Editing;
  /** Whether what is kept here is sealed. Throws a Problem when this machine can't tell whether it may be. */
  readonly isEncrypting: () => boolean;
  /**
   * Whether a file can be read and not changed: it is clear and the folder sealed, or the other way round.
   * Throws a Problem where `seals` does.
   */
  readonly isWronglyEncrypted: (path: string) => boolean;
  /** Throws a Problem for such a file, before anything is asked about it. */
  readonly refuseWronglyEncrypted: (path: string) => void;
  /** Whether anything sealed may lie here; never throws for what this machine may or may not do. */
  readonly hasEncrypted: () => boolean;
  /** Whether reading what is sealed here would have to ask for the passphrase first. */
  readonly isLocked: () => boolean;
  /** Asks for the passphrase where `isLocked` says so. Throws a Problem (exit 4) without it. */
  readonly unlock: () => Promise<void>;
  /** Ids and session days as the files' names have them; nothing is opened. */
  readonly names: () => readonly { readonly id: string; readonly session: string }[];
}

/**
 * Where the person's editor works on a text: inside the folder of notes, so that nothing of it is anywhere
 * else.
 */
export interface Editing {
  /** Makes the private folder where it is not there, and gives its path. */
  readonly folder: () => string;
  /** Texts that an editor left when it was killed, absolute. */
  readonly leftOver: () => readonly string[];
}

/** An interview in the middle; `id` is the id the moment will have. */
export interface Draft {
  readonly id: string;
  /** The sequence, `reflect` or an own one. */
  readonly template: string;
  readonly mode: string;
  readonly session: string;
  readonly with?: string;
  readonly started: string;
  /** Ids of moments that are there already and are gone on with. */
  readonly about?: readonly string[];
  /** By step key. null: it was skipped. */
  readonly answers: Readonly<Record<string, Answer | null>>;
  /** A text that is being typed. */
  readonly half?: { readonly key: string; readonly text: string };
  /** True where the run ended at the help page, and has not gone on since. */
  readonly endedInHelp?: boolean;
}

export interface Drafts {
  /**
   * Those that no running program is working on, newest first. In a sealed folder with drafts in it this may
   * ask for the passphrase.
   */
  readonly list: () => Promise<readonly Draft[]>;
  /** How many drafts lie here that are not of this run; nothing is opened, nothing is asked. */
  readonly count: () => number;
  /**
   * Resolves when the draft is on disk; of several calls for one draft only the newest is written. Rejects with
   * a Problem, and leaves what was saved before, when it could not be read again or can't be written.
   */
  readonly save: (draft: Draft) => Promise<void>;
  /**
   * Takes a draft over for this run, which no other run is offered then. False when another run took it, or
   * it is gone.
   */
  readonly claim: (id: string) => Promise<boolean>;
  /** How many another program is working on; `list` leaves them out. */
  readonly countHeld: () => Promise<number>;
  readonly has: (id: string) => boolean;
  /** Those that can't be read: they are named, never removed. */
  readonly damaged: () => Promise<readonly Unreadable[]>;
  /** Removes it: the moment is kept, or the person said so. */
  readonly drop: (id: string) => void;
}

import type { Head, Section } from '../core/notes/reflection.ts';
import type { Params } from '../errors.ts';

/** A file that could not be read as a note, and why. */
export interface Unreadable {
  /** Relative to the folder. */
  readonly path: string;
  readonly line?: number;
  /** Key and params of a Problem. */
  readonly key: string;
  readonly params: Params;
}

/** A note in the folder. `path` is absolute. */
export interface NoteSummary {
  readonly path: string;
  readonly head: Head;
  /** Its texts if they came along; `not-needed` if `NeedsText` said no; absent if they have to be read. */
  readonly texts?: NoteTexts | 'not-needed';
}

export type NoteTexts = Pick<NoteFile, 'text' | 'sections'>;

/**
 * Whether `scan` should return the texts of a note. They come along only if the note is short enough to be
 * read whole at once, because reading it a second time costs as much as the first. `readText` returns the
 * whole file.
 */
export type NeedsText = (head: Head, readText: () => string) => boolean;

/** The notes in the folder, each once, and the files that could not be read. */
export interface NoteIndex {
  readonly moments: readonly NoteSummary[];
  readonly unreadable: readonly Unreadable[];
  /** Sync conflict copies: files with the id of another file. `of` is the path of the file that counts. */
  readonly copies: readonly { readonly path: string; readonly of: string }[];
}

/** A whole note. `text` is exactly what is on disk. */
export interface NoteFile extends NoteSummary {
  readonly text: string;
  readonly sections: readonly Section[];
}

/** A change to an existing note. Everything that it does not name stays, byte for byte. */
export interface Revision {
  /** Front matter to set; undefined removes a key. */
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

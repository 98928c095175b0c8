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

/** A note's id and absolute path. If its head can't be read, the id is the one in its file name. */
export interface NamedNote {
  readonly id: string;
  readonly path: string;
}

/**
 * A note in the trash. `path` is its former path, relative to the folder; `at` is the instant when it was
 * moved; `title` is absent if it can't be read or the note is set aside for safety.
 */
export interface Trashed extends NamedNote {
  /** Its file name in the trash, which identifies it. */
  readonly name: string;
  readonly at: string;
  /** True for an earlier version of a note that an undo changed back; the note itself was not deleted. */
  readonly isVersion?: boolean;
  readonly title?: string;
}

/** An undone change: its command, the instant when that ran, and what happened to each file (absolute). */
export interface Undone {
  readonly command: string;
  readonly at: string;
  /**
   * `removed`: the file is in the trash now. `changed`: it has its earlier text again; with `kept`, the newer
   * text is in the trash. `back`: it is back in its place.
   */
  readonly files: readonly (NamedNote & {
    readonly is: 'removed' | 'changed' | 'back';
    readonly kept?: boolean;
  })[];
}

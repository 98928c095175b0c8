import type { Answer } from '../core/notes/answer.ts';
import type { Params } from '../errors.ts';
import type { Unreadable } from './notes.ts';

/** An unfinished interview. `id` is the id that its note will have. */
export interface Draft {
  readonly id: string;
  /** The sequence: `reflect`, or one of the person's own. */
  readonly template: string;
  readonly mode: string;
  readonly session: string;
  readonly with?: string;
  readonly started: string;
  /** Ids of existing notes that the interview is about. */
  readonly about?: readonly string[];
  /** By step key; null for a skipped question. */
  readonly answers: Readonly<Record<string, Answer | null>>;
  /** A half-typed text. */
  readonly half?: { readonly key: string; readonly text: string };
  /** True if the run ended at the help page and has not been resumed since. */
  readonly endedInHelp?: boolean;
}

export interface Drafts {
  /**
   * The drafts that no running program is working on, newest first. In an encrypted folder with drafts this
   * may ask for the passphrase.
   */
  readonly list: () => Promise<readonly Draft[]>;
  /** The number of drafts of other runs. Decrypts nothing and asks nothing. */
  readonly count: () => number;
  /**
   * Saves a draft; resolves when it is on disk. Of several pending calls for one draft only the newest is
   * written. Rejects with a Problem, and leaves the earlier version, if it can't be written or read back.
   */
  readonly save: (draft: Draft) => Promise<void>;
  /** Reserves a draft for this run. False if another run has it, or it is gone. */
  readonly claim: (id: string) => Promise<boolean>;
  /** The number of drafts that other programs are working on; `list` leaves these out. */
  readonly countHeld: () => Promise<number>;
  readonly has: (id: string) => boolean;
  /** The drafts that can't be read. They are reported and never removed. */
  readonly damaged: () => Promise<readonly Unreadable[]>;
  /** Removes a draft: its note is saved, or the person said so. */
  readonly drop: (id: string) => void;
}

/** The private folder inside the folder of notes where the person's editor works, so that no text leaves it. */
export interface Editing {
  /** Creates the folder if it is missing, and returns its path. */
  readonly folder: () => string;
  /** Texts that a killed editor left behind, absolute. */
  readonly leftOver: () => readonly string[];
}

/** What came back from the person's editor. The copy stays on disk until `remove`. */
export type EditedCopy =
  | {
      readonly is: 'text';
      readonly text: string;
      /** The path of the copy, absolute. */
      readonly path: string;
      /** Opens the editor on the copy once more. */
      readonly again: () => Promise<EditedCopy>;
      /** Removes the copy, once its text is saved elsewhere or unwanted. */
      readonly remove: () => void;
    }
  /** The editor returned immediately with nothing changed: it may still be open, so the copy stays. */
  | { readonly is: 'at-once'; readonly params: { readonly command: string; readonly path: string } }
  /** A key of the words and its params. Anything that was written is in the file that they name. */
  | { readonly is: 'refused'; readonly key: string; readonly params: Params };

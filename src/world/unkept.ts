import type { Draft } from './notes.ts';

/**
 * What the person has written in this run and no note holds yet. Where the folder of the notes goes away in
 * the middle, it is given back from here.
 */
export interface UnsavedAnswers {
  /** The newest draft of each interview by its id, until the draft is dropped. */
  readonly drafts: Map<string, UnsavedDraft>;
  /** Texts that came whole (a message, a file of answers, what an editor saved), by what they are. */
  readonly texts: Map<string, string>;
  /**
   * Whether the notes were encrypted when the store was opened, or are now; true where that could not be
   * known. Of a folder that is gone at the end, the start tells. Replaced when the store is opened.
   */
  isEncrypted: () => boolean;
}

export interface UnsavedDraft {
  readonly draft: Draft;
  /** True where the folder could not take it. */
  readonly isRefused: boolean;
}

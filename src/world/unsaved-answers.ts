import type { Draft } from './drafts.ts';

/**
 * Answers of this run that are in no note yet. If the folder of notes goes away, they are given back from
 * here.
 */
export interface UnsavedAnswers {
  /** The newest draft of each interview by its id, until the draft is dropped. */
  readonly drafts: Map<string, UnsavedDraft>;
  /** Whole texts (a message, a file of answers, an edited text), by what they are. */
  readonly texts: Map<string, string>;
  /**
   * Whether the notes were encrypted when the store was opened, or are now; true if unknown. If the folder is
   * gone at the end, the state at the start counts. Replaced when the store is opened.
   */
  isEncrypted: () => boolean;
}

export interface UnsavedDraft {
  readonly draft: Draft;
  /** True if the folder could not take it. */
  readonly isRefused: boolean;
}

import type { Answer } from '../core/notes/answer.ts';

/** One question as it is put: words chosen, options filled. */
export interface Screen {
  readonly id: string;
  /** `secret`: a passphrase, of which nothing is shown or kept. */
  readonly kind: import('../core/template/template.ts').QuestionKind | 'secret';
  readonly words: string;
  readonly hint?: string;
  /** Said above the question: where we are. */
  readonly progress?: string;
  readonly options: readonly import('../core/template/template.ts').Option[];
  readonly limit?: number;
  readonly columns?: number;
  readonly anchors: readonly import('../core/template/template.ts').Anchor[];
  /** What stands there already and can be changed. */
  readonly given?: Answer;
  /** True when `given` was answered before in this run: Tab goes on with it as it is. */
  readonly kept?: boolean;
  /** What the record above says of this question, null for skipped; absent where it says nothing. */
  readonly recorded?: Answer | null;
  /** Another line under the words: earlier sizes, recalled picks. */
  readonly recall?: string;
  /**
   * Where words go that are typed at a list and are no answer to it: the label of the text question that
   * offers them, or empty where they are kept beside the answers. Absent where nothing would keep them.
   */
  readonly wordsTo?: string;
  /** True of several choices of which one is enough: Enter takes the one that is highlighted. */
  readonly oneIsEnough?: boolean;
  /** False: it has to be answered (Keep or not); then there is no "Skip this one", and Tab does nothing. */
  readonly skippable: boolean;
  readonly canGoBack: boolean;
  /**
   * True: a question on its own, with nothing to skip or to go back to, and no draft. What says how to is
   * left out.
   */
  readonly bare?: boolean;
  /** The label of the answer when the question shrinks to a line; its words when absent. */
  readonly label?: string;
}

/** A line of the record: what a question is called, and what was answered in words. */
export interface RecordRow {
  readonly label: string;
  readonly value: string;
  /** True of an answer that was another one before. */
  readonly isChanged?: boolean;
}

/**
 * What comes back from a question. `finish` is Ctrl-D on an empty one, or the end of the input: on to keeping
 * what is there.
 */
export type PromptResponse = import('../core/interview/interview.ts').Response;

/**
 * Puts one question at a time. Throws Cancelled on Ctrl-C and on signals; by then `typing` has had the last
 * text.
 */
export interface Prompter {
  readonly ask: (screen: Screen, typing?: (text: string) => void) => Promise<PromptResponse>;
  /** Shows a note, a page or a preview between two questions; text is wrapped, foreign text made safe. */
  readonly say: (text: string) => void;
  /**
   * Shows a page and resolves when the person has read it, where the next question would push it out of
   * sight; throws Cancelled as `ask` does. Absent where `say` is enough.
   */
  readonly show?: (text: string) => Promise<void>;
  /** Shows answers that were given in an earlier run, one line each, as those of this run are shown. */
  readonly record?: (rows: readonly RecordRow[]) => void;
  /**
   * Says why the answer that was just given can't be taken, before the question is put again. Throws a
   * Problem (exit 2) where standard input is a pipe: nobody can be asked again. Absent where `say` is enough.
   */
  readonly refuse?: (screen: Screen, why: string) => void;
  /** Gives the terminal back: cursor shown, pasting as it was, input closed. */
  readonly close: () => void;
}

import type { Answer } from '../core/notes/answer.ts';

/** One question as it is shown: words chosen, options filled in. */
export interface Screen {
  readonly id: string;
  /** `secret`: a passphrase, which is neither shown nor stored. */
  readonly kind: import('../core/template/template.ts').QuestionKind | 'secret';
  readonly words: string;
  readonly hint?: string;
  /** The line above the question: “3 of about 7”. */
  readonly progress?: string;
  readonly options: readonly import('../core/template/template.ts').Option[];
  readonly limit?: number;
  readonly columns?: number;
  readonly anchors: readonly import('../core/template/template.ts').Anchor[];
  /** The answer that is already filled in and can be changed. */
  readonly given?: Answer;
  /** True if `given` was answered before in this run: Tab accepts it unchanged. */
  readonly kept?: boolean;
  /** The answer in the record above, null for a skipped question; absent if the record has no line for it. */
  readonly recorded?: Answer | null;
  /** Another line under the words: earlier sizes, recalled picks. */
  readonly recall?: string;
  /**
   * Where words go that are typed at a list and match no option: the label of the text question that will
   * offer them, or empty if they are saved beside the answers. Absent if nothing would save them.
   */
  readonly wordsTo?: string;
  /** True if one of several choices is enough: Enter picks the highlighted option. */
  readonly oneIsEnough?: boolean;
  /** False if an answer is required (Keep or not): there is no "Skip this one", and Tab does nothing. */
  readonly skippable: boolean;
  readonly canGoBack: boolean;
  /**
   * True for a single question outside an interview, with nothing to skip or go back to, and no draft. Its
   * key hints are left out.
   */
  readonly bare?: boolean;
  /** The label of the answered question in the record; the question's words if absent. */
  readonly label?: string;
}

/** A line of the record: a question's label, and the answer in words. */
export interface RecordRow {
  readonly label: string;
  readonly value: string;
  /** True if the answer was changed. */
  readonly isChanged?: boolean;
}

/**
 * The response to a question. `finish` (Ctrl-D at an empty question, or the end of input) goes on to saving
 * the answers so far.
 */
export type PromptResponse = import('../core/interview/interview.ts').Response;

/**
 * Asks one question at a time. Throws Cancelled on Ctrl-C and on signals, after `typing` got the newest text.
 */
export interface Prompter {
  readonly ask: (screen: Screen, typing?: (text: string) => void) => Promise<PromptResponse>;
  /** Shows a note, a page or a preview between two questions, wrapped, with control characters escaped. */
  readonly say: (text: string) => void;
  /**
   * Shows a page and resolves when the person has read it, if the next question would scroll it away. Throws
   * Cancelled as `ask` does. Absent where `say` is enough.
   */
  readonly show?: (text: string) => Promise<void>;
  /** Shows answers of an earlier run, one line each, like those of this run. */
  readonly record?: (rows: readonly RecordRow[]) => void;
  /**
   * Says why the last answer was not accepted, before the question is asked again. Throws a Problem (exit 2)
   * if standard input is a pipe, where nobody can be asked again. Absent where `say` is enough.
   */
  readonly refuse?: (screen: Screen, why: string) => void;
  /** Restores the terminal: shows the cursor, resets pasting, closes the input. */
  readonly close: () => void;
}

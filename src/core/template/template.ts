import type { Condition } from './condition.ts';

/**
 * A sequence of questions: the content of `templates/<lang>/<name>.yaml` after `check-template.ts` has
 * checked it. `templates/README.md` explains the file format.
 */
export interface Template {
  readonly name: string;
  readonly language: string;
  readonly steps: readonly Step[];
  /** The key of the step where "Add more" continues in full mode. Earlier steps are not asked again. */
  readonly moreFrom?: string;
  /** Questions that are asked between two steps once enough time has passed. */
  readonly offers: readonly Offer[];
  /** Pointers to pages. After the closing, the first whose condition holds is shown. */
  readonly pointers: readonly Pointer[];
  /** Pages that an option or a jump shows, by name: paragraphs of Markdown. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** Fields that conditions may ask about although no question fills them. */
  readonly facts?: readonly string[];
  /** False if its notes are not hard moments: they have no status unless an answer sets one. */
  readonly unresolved?: false;
}

export type Step = AskStep | PartStep | GoStep;

/** Asks a question. Steps from other templates (`use`, `include`) are already resolved. */
export interface AskStep {
  readonly is: 'ask';
  readonly question: Question;
  /** Unique even if two steps fill the same field (`size`, `follow-up/size`). */
  readonly key: string;
  /** The name of the sequence that defines the question. */
  readonly of: string;
  readonly when: Condition;
  /** The modes in which the question is asked; all modes if empty. */
  readonly modes: readonly string[];
  /** Jumps after the answer; the first whose condition holds is followed. */
  readonly then: readonly Jump[];
  /** If set, the question repeats until it is skipped or this option is picked. */
  readonly until?: string;
  /** True if, with several moments, the question is asked for each of them. */
  readonly each: boolean;
}

/** A heading between questions, with an optional hint below it. */
export interface PartStep {
  readonly is: 'part';
  readonly words: string;
  readonly hint?: string;
  readonly when: Condition;
  readonly modes: readonly string[];
}

/** Jumps without asking a question, if `when` holds. */
export interface GoStep {
  readonly is: 'go';
  readonly to: Target;
  readonly when: Condition;
  readonly modes: readonly string[];
}

export interface Jump {
  readonly when: Condition;
  readonly to: Target;
}

/** Where a jump leads: to a later step, to another sequence that takes over immediately, or to an end. */
export type Target =
  | { readonly is: 'step'; readonly key: string }
  | { readonly is: 'open'; readonly template: string }
  | { readonly is: 'end'; readonly how: EndKind };

/**
 * How a sequence ends. `finish`: the preview comes next. `keep`: the note is saved without a preview. `help`:
 * the help-now page is shown and the draft stays. `undo`: this sequence is left, and the sequence that opened
 * it continues. `later`: nothing is saved.
 */
export type EndKind = 'finish' | 'keep' | 'help' | 'undo' | 'later';

export const questionKinds = ['text', 'select', 'multi', 'scale', 'confirm', 'day'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** The field: the id in answers files and, for choices and scales, the key in the front matter. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly words: string;
  /** Alternative words and hints; the first whose condition holds replaces `words` and `hint`. */
  readonly instead: readonly { readonly when: Condition; readonly words: string; readonly hint?: string }[];
  readonly hint?: string;
  /** The heading of a text in the note, and the label of any answer in a preview. */
  readonly heading: string;
  readonly options: readonly Option[];
  /** The maximum number of picks of a multi. */
  readonly limit?: number;
  /** The number of options per row (always 1 on a narrow screen). */
  readonly columns: number;
  /** Labels for some points of a scale, smallest first. */
  readonly anchors: readonly Anchor[];
  /** False if the answer only controls the sequence and is never written to a note. */
  readonly saved: boolean;
  /** The answer that "3 of about 7" assumes until one is given: an option's key, or a number of a scale. */
  readonly usual?: string | number;
  /** False for safety questions and offers, which the progress leaves out. */
  readonly counts: boolean;
  /** True if the setting `hide` cannot hide this question. */
  readonly safety: boolean;
  /** The page shown if nobody could be asked: an answers file lacks this question, or the input ended. */
  readonly unasked?: string;
  /**
   * Fields whose answer is offered as the starting text; the first that has an answer is used. For a choice,
   * the starting text is the label of the option picked.
   */
  readonly prefill: readonly string[];
  /** A fixed starting text. */
  readonly start?: string;
  /** The preselected answer of a multi or a confirm, accepted with Enter; the first whose condition holds. */
  readonly chosen?: readonly { readonly when: Condition; readonly answer: readonly string[] }[];
  /** A field whose picks are shown as words under the question. */
  readonly recalls?: string;
  /** Limits `recalls` to these picks; all when absent. */
  readonly recallsOnly?: readonly string[];
  /** The options are earlier moments, looked up when the question is asked. */
  readonly from?: 'earlier';
  /** If set, replies of the options are shown only if this holds. */
  readonly repliesWhen?: Condition;
  /** Lines shown once under the answer, each if its condition holds. */
  readonly notes: readonly Note[];
  readonly serves: readonly string[];
}

export interface Option {
  readonly key: string;
  readonly label: string;
  readonly group?: string;
  /** The option is offered only if this holds. */
  readonly when?: Condition;
  /** The option moves to the front of the list if this holds. */
  readonly firstWhen?: Condition;
  /**
   * True if the option is on the first screen of a long list; "Show all" reveals the rest. If no
   * option of a list is marked, this is true for all.
   */
  readonly first: boolean;
  /** True if picking the option clears all other picks. */
  readonly alone: boolean;
  /** False if picking the option stores no answer. */
  readonly stores: boolean;
  /** True if picking the option asks for the person's own words. */
  readonly asksWords: boolean;
  /** The words for this option in an opening line. Empty if no opening line may mention it. */
  readonly clause?: string;
  /** The label on a card, worded for the therapist. */
  readonly toThem?: string;
  /** A label that quotes what the person wrote; preferred if its placeholders can be filled. */
  readonly labelQuoting?: string;
  /** bond, task or goal. Derived when needed, never stored. */
  readonly aspect?: string;
  /** True if the text question that follows starts empty instead of with this label. */
  readonly blank?: boolean;
  /** A line shown when the option is picked. */
  readonly reply?: string;
  /** The name of a page shown when the option is picked. */
  readonly page?: string;
}

export interface Anchor {
  readonly at: number;
  readonly words: string;
}

export interface Note {
  readonly id: string;
  readonly when: Condition;
  readonly words: string;
}

/** A question asked once, between two steps, after `afterMinutes` minutes. */
export interface Offer extends AskStep {
  readonly afterMinutes: number;
}

export interface Pointer {
  readonly when: Condition;
  readonly learn: string;
}

/** A closing line for an outcome. Of several, the first whose condition holds is shown. */
export interface Closing {
  readonly outcome: string;
  readonly when: Condition;
  readonly words: string;
}

/**
 * The built-in sequences that continue an existing moment. Each is run by the command of the same name and
 * ends with its last question.
 */
export const continuing: readonly string[] = ['prep', 'follow-up', 'let-go'];

/** The built-in sequences that a person's own template file can extend with questions. */
export const extendable: readonly string[] = ['reflect', ...continuing];

/**
 * Returns the step for a key of an interview's state. Such a key is the step's key, then `#ROUND` if the
 * question is repeated, then `@MOMENT` if it is asked for each moment.
 */
export function stepOf({ steps }: Template, key: string): AskStep | undefined {
  const plain = key.replace(/@[^@]*$/, '').replace(/#.*$/, '');
  return steps.find((step): step is AskStep => step.is === 'ask' && step.key === plain);
}

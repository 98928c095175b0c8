import type { Condition } from './condition.ts';

/**
 * A sequence of questions as data: what `templates/<lang>/<name>.yaml` holds once it is checked
 * (`check-template.ts`). `templates/README.md` explains the file; this is the same in types.
 */
export interface Template {
  readonly name: string;
  readonly language: string;
  readonly steps: readonly Step[];
  /** Where "Add more" goes on in the full mode; what stands before it is not asked any more. */
  readonly moreFrom?: string;
  /** Questions that interrupt by the clock, asked between two others. */
  readonly offers: readonly Offer[];
  /** One pointer to a page is shown after the closing: the first whose condition holds. */
  readonly pointers: readonly Pointer[];
  /** Pages that an option or a jump shows: paragraphs of Markdown. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** Names that conditions may ask about although no question fills them. */
  readonly facts?: readonly string[];
  /** False: its notes are no hard moments. They have no status unless an answer gives them one. */
  readonly unresolved?: false;
}

export type Step = AskStep | PartStep | GoStep;

/** Asks a question. A step of another template (`use`, `include`) is already put in its place here. */
export interface AskStep {
  readonly is: 'ask';
  readonly question: Question;
  /** Tells apart two steps that fill the same field (`size`, `follow-up/size`). */
  readonly key: string;
  /** The sequence in which the question is described. */
  readonly of: string;
  readonly when: Condition;
  /** In which modes it is asked; all when empty. */
  readonly modes: readonly string[];
  /** Where the walk goes after it; the first whose condition holds. */
  readonly then: readonly Jump[];
  /** Asked again until it is skipped or this option is picked. */
  readonly until?: string;
  /** With several moments it is asked for each of them. */
  readonly each: boolean;
}

/** A heading between questions, with a line of its own. */
export interface PartStep {
  readonly is: 'part';
  readonly words: string;
  readonly hint?: string;
  readonly when: Condition;
  readonly modes: readonly string[];
}

/** Goes on at another step when the condition holds. */
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

/** Where a jump leads: a later step, another sequence that takes over at once, or an end. */
export type Target =
  | { readonly is: 'step'; readonly key: string }
  | { readonly is: 'open'; readonly template: string }
  | { readonly is: 'end'; readonly how: EndKind };

/**
 * `finish`: on to the preview. `keep`: kept as it is, no preview is asked. `help`: the help-now page is shown
 * and the draft stays. `undo`: this sequence is left, and the one it came from goes on. `later`: nothing is
 * kept.
 */
export type EndKind = 'finish' | 'keep' | 'help' | 'undo' | 'later';

export const questionKinds = ['text', 'select', 'multi', 'scale', 'confirm', 'day'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** The field: id in answers files, and (choices and scales) the key in the front matter. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly words: string;
  /** Other words, and another hint, under a condition; the first that holds. */
  readonly instead: readonly { readonly when: Condition; readonly words: string; readonly hint?: string }[];
  readonly hint?: string;
  /** The heading of a text in the file, and the label of every answer in a preview. */
  readonly heading: string;
  readonly options: readonly Option[];
  /** How many picks a multi takes at most. */
  readonly limit?: number;
  /** How many options stand in a row (1 when the screen is narrow). */
  readonly columns: number;
  /** Words at some points of a scale, smallest first. */
  readonly anchors: readonly Anchor[];
  /** False: the answer only steers, and is never written anywhere. */
  readonly saved: boolean;
  /**
   * The answer that "3 of about 7" counts on while it is not given: an option's key, or a number of a scale.
   */
  readonly usual?: string | number;
  /** False: a safety question or an offer, which the progress does not count. */
  readonly counts: boolean;
  /** True: it cannot be hidden by the setting `hide`. */
  readonly safety: boolean;
  /**
   * The page shown where nobody could be asked: a file of answers does not have this one, or the input
   * ended.
   */
  readonly unasked?: string;
  /**
   * Fields whose answer is offered as the starting text; the first that has one. Of a choice it is the words
   * of the option picked.
   */
  readonly prefill: readonly string[];
  /** A starting text of its own. */
  readonly start?: string;
  /** What a multi or a confirm has chosen to begin with; the first whose condition holds. Enter takes it. */
  readonly chosen?: readonly { readonly when: Condition; readonly answer: readonly string[] }[];
  /** A field whose picks are recalled as words under the question. */
  readonly recalls?: string;
  /** The picks that are recalled; all when absent. */
  readonly recallsOnly?: readonly string[];
  /** The options are moments, given when it is asked (`earlier`). */
  readonly from?: 'earlier';
  /** The replies of its options are said only when this holds. */
  readonly repliesWhen?: Condition;
  /** Lines shown once under the answer, each under its condition. */
  readonly notes: readonly Note[];
  readonly serves: readonly string[];
}

export interface Option {
  readonly key: string;
  readonly label: string;
  readonly group?: string;
  /** Offered only when this holds. */
  readonly when?: Condition;
  /** Stands before the others when this holds. */
  readonly firstWhen?: Condition;
  /**
   * On the first screen of a long list; the others come with "Show all". Without any such mark all are first.
   */
  readonly first: boolean;
  /** Excludes all other picks. */
  readonly alone: boolean;
  /** False: picking it stores nothing. */
  readonly stores: boolean;
  /** Asks for the person's own words. */
  readonly asksWords: boolean;
  /** The words for a sentence, apart from the label, in an opening line. Empty: no sentence has it. */
  readonly clause?: string;
  /** The label as the therapist reads it on a card. */
  readonly toThem?: string;
  /** The label where its places can be filled: one that quotes what the person wrote. */
  readonly labelQuoting?: string;
  /** bond, task or goal: derived when needed, never stored. */
  readonly aspect?: string;
  /** Picking it starts the text that follows from nothing, not from its label. */
  readonly blank?: boolean;
  /** A line said when it is picked. */
  readonly reply?: string;
  /** A page shown when it is picked. */
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

/** Asked once, between two questions, when so many minutes have passed. */
export interface Offer extends AskStep {
  readonly afterMinutes: number;
}

export interface Pointer {
  readonly when: Condition;
  readonly learn: string;
}

/** One line for each outcome; the first whose condition holds. */
export interface Closing {
  readonly outcome: string;
  readonly when: Condition;
  readonly words: string;
}

/**
 * Those of ours that go on with a moment that is there; each is asked by the command of its name, and its
 * last question ends it.
 */
export const continuing: readonly string[] = ['prep', 'follow-up', 'let-go'];

/** Those of ours that a person's file can add questions to. */
export const extendable: readonly string[] = ['reflect', ...continuing];

/**
 * Gives the step that a key of an interview's state stands for: behind `#` it counts how often a question was
 * asked, behind `@` it says of which moment.
 */
export function stepOf({ steps }: Template, key: string): AskStep | undefined {
  const plain = key.replace(/@[^@]*$/, '').replace(/#.*$/, '');
  return steps.find((step): step is AskStep => step.is === 'ask' && step.key === plain);
}

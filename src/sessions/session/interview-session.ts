import type { Answers } from '../../core/notes/answer.ts';
import type { Day } from '../../core/dates/day.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import type { Template } from '../../core/template/template.ts';
import type { Draft, Store, World } from '../../world/world.ts';
import type { Asker } from './ask-question.ts';
import type { GivenText } from './texts-from-answers-file.ts';
import type { State } from '../../core/interview/run.ts';

/** One interview about one note: the template, who answers, and where drafts go. */
export interface InterviewSession {
  readonly world: World;
  readonly store: Store;
  readonly template: Template;
  /** The id of the note to come, and of its draft. */
  readonly id: string;
  readonly session: Day;
  readonly with?: string;
  readonly mode: string;
  /** Facts beyond the answers, from an existing note. */
  readonly facts?: Answers;
  /** Ids of the existing notes that the interview is about. */
  readonly about?: readonly string[];
  readonly ask: Asker;
  /** The half-typed text of the draft that this run resumes. */
  readonly partialText?: Draft['half'];
  /** Prints a note or a page between two questions. */
  readonly say: (text: string) => void;
  /** Shows a page until it is read; absent if nobody has to wait for that. */
  readonly show?: (text: string) => Promise<void>;
  /**
   * Saves the answers so far and a half-typed text; resolves when they are on disk. Absent with `--answers`,
   * where nothing can be lost.
   */
  readonly saveDraft?: (state: State, partialText?: Draft['half']) => Promise<void> | undefined;
  /**
   * Saves the outcome and returns its path; undefined if there was nothing to change. If absent, a new note
   * is added.
   */
  readonly finish?: (outcome: InterviewResult) => Promise<string | undefined>;
  /** The texts of a file of answers: each is saved, even if no question asks for it. */
  readonly given?: readonly GivenText[];
  /**
   * Returns what earlier notes say about safety with this therapist (`was_not_safe`); absent if `facts` has
   * it.
   */
  readonly safetyFact?: () => Promise<Answers>;
  /** True if nobody answers in person and the help page was shown: it does not end the run. */
  readonly passesHelp?: boolean;
  /** The pages shown so far in a run without a person: each is shown once. */
  readonly pagesShown?: Set<string>;
  /** False if nobody answers in person: then no clock runs. */
  readonly timed: boolean;
  readonly startedMs: number;
}

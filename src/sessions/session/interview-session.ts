import type { Answers } from '../../core/notes/answer.ts';
import type { Day } from '../../core/dates/day.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import type { Template } from '../../core/template/template.ts';
import type { Draft, Store, World } from '../../world/world.ts';
import type { Asker } from './ask-question.ts';
import type { GivenText } from './texts-from-answers-file.ts';
import type { State } from '../../core/interview/run.ts';

/** One sitting over one moment: who asks, of what, and where it is kept meanwhile. */
export interface InterviewSession {
  readonly world: World;
  readonly store: Store;
  readonly template: Template;
  /** The id that the moment will have, and its draft has. */
  readonly id: string;
  readonly session: Day;
  readonly with?: string;
  readonly mode: string;
  /** What is known beyond the answers: of a moment that is there already. */
  readonly facts?: Answers;
  /** Ids of the moments that are gone on with. */
  readonly about?: readonly string[];
  readonly ask: Asker;
  /** The text that was half typed when the draft was left that this run resumes. */
  readonly partialText?: Draft['half'];
  /** Says a note or a page between two questions. */
  readonly say: (text: string) => void;
  /** Shows a page until it is read; absent where nobody has to wait for that. */
  readonly show?: (text: string) => Promise<void>;
  /**
   * Saves what is answered so far, and a text half typed; resolves when it is on disk. Absent with `--answers`:
   * nothing can be lost.
   */
  readonly saveDraft?: (state: State, partialText?: Draft['half']) => Promise<void> | undefined;
  /**
   * Keeps what was made, and gives its path; undefined when there was nothing to change. A new moment is
   * added unless this says otherwise.
   */
  readonly finish?: (outcome: InterviewResult) => Promise<string | undefined>;
  /** The texts of a file of answers: each is kept, whether a question takes it or not. */
  readonly given?: readonly GivenText[];
  /**
   * Gives what earlier notes say about safety with this therapist (`was_not_safe`); absent where `facts`
   * have it.
   */
  readonly safetyFact?: () => Promise<Answers>;
  /** True where nobody is asked and the help page has been shown: it does not end the run. */
  readonly passesHelp?: boolean;
  /** The pages shown because nobody could be asked: each is shown once. */
  readonly pagesShown?: Set<string>;
  /** False where nobody sits at the terminal: then no clock runs. */
  readonly timed: boolean;
  readonly startedMs: number;
}

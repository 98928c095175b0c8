import { problemWords } from '../../core/text/problem-words.ts';
import { Problem } from '../../errors.ts';
import type { Draft } from '../../world/world.ts';
import { isFolderLost } from './unsaved-answers.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from './interview-session.ts';

/** Saves the answers of an interview, and a text while it is typed, through `saveDraft` of its session. */
export interface DraftSaver {
  /** Returns a function that saves the text of a question while it is typed. */
  readonly typing: (key: string) => (text: string) => void;
  /**
   * Saves all answers after the answer to `key`. Resolves to false if saving failed and the person at the
   * terminal was shown why; without a person, rejects instead.
   */
  readonly answered: (state: State, key: string) => Promise<boolean>;
  /** Returns the text typed last, if it is not on disk. */
  readonly unsaved: () => string | undefined;
  /** Resolves when the text that is being typed is on disk. */
  readonly finished: () => Promise<void>;
}

/** Returns a saver for an interview that begins with the answers in `start`. */
export function draftSaver(
  { world, say, saveDraft }: Pick<InterviewSession, 'world' | 'say' | 'saveDraft'>,
  start: State,
): DraftSaver {
  let latest = start;
  let partialText: Draft['half'];
  let saving: Promise<void> | undefined;
  let unsaved: string | undefined;

  const typing = (key: string) => {
    return (text: string): void => {
      // A text that equals the saved answer is not half typed.
      partialText = text === '' || text === latest.get(key) ? undefined : { key, text };
      // The disk may be full: the text is still on the screen, and the next Enter tries again.
      const onError = (error: unknown): void => {
        if (!(error instanceof Problem)) throw error;
        // If the folder is lost, all answers are printed at the end of the run.
        unsaved = isFolderLost(error) ? undefined : text;
      };
      unsaved = undefined;
      saving = saveDraft?.(latest, partialText)?.catch(onError);
    };
  };

  const answered = async (state: State, key: string): Promise<boolean> => {
    try {
      // A half-typed text of another question, left by going back, stays in the draft.
      await saveDraft?.(state, partialText?.key === key ? undefined : partialText);
    } catch (error) {
      // Tell the person at the terminal what is wrong; the question offers their answer again.
      if (!(error instanceof Problem) || !world.interactive) throw error;
      say(problemWords(world.words, error).join('\n'));
      const answer = state.get(key);
      if (typeof answer === 'string' && !isFolderLost(error)) unsaved = answer;
      return false;
    }
    if (partialText?.key === key) partialText = undefined;
    latest = new Map(state);
    unsaved = undefined;
    return true;
  };

  return {
    typing,
    answered,
    unsaved: () => unsaved,
    finished: async () => {
      await saving;
    },
  };
}

import { problemWords } from '../../core/text/problem-words.ts';
import { Problem } from '../../errors.ts';
import type { Draft } from '../../world/world.ts';
import { isFolderLost } from './unsaved-answers.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from './interview-session.ts';

/** Saves the answers of an interview, and a text while it is typed, with the `keeps` of its sitting. */
export interface DraftSaver {
  /** Makes what saves the text of a question while it is typed. */
  readonly typing: (key: string) => (text: string) => void;
  /**
   * Saves all answers after the one to `key` was given. False when that failed and the person at the terminal
   * was told why; without a person it throws.
   */
  readonly answered: (state: State, key: string) => Promise<boolean>;
  /** Gives the text that was typed last, if it is not on disk. */
  readonly unsaved: () => string | undefined;
  /** Waits until the text that is being typed is on disk. */
  readonly finished: () => Promise<void>;
}

/** Makes what saves the answers of an interview that begins with the answers in `start`. */
export function draftSaver(
  { world, say, saveDraft: keeps }: Pick<InterviewSession, 'world' | 'say' | 'saveDraft'>,
  start: State,
): DraftSaver {
  let latest = start;
  let partialText: Draft['half'];
  let saving: Promise<void> | undefined;
  let unsaved: string | undefined;

  const typing = (key: string) => {
    return (text: string): void => {
      // A text that was only looked at again is answered, not half typed.
      partialText = text === '' || text === latest.get(key) ? undefined : { key, text };
      // A full disk while a text is typed: the text is still on the screen, and the next Enter tries again.
      const failed = (error: unknown): void => {
        if (!(error instanceof Problem)) throw error;
        // Where the folder is gone, all answers are given back at the end.
        unsaved = isFolderLost(error) ? undefined : text;
      };
      unsaved = undefined;
      saving = keeps?.(latest, partialText)?.catch(failed);
    };
  };

  const answered = async (state: State, key: string): Promise<boolean> => {
    try {
      // A text that was begun at another question and left by going back stays in the draft.
      await keeps?.(state, partialText?.key === key ? undefined : partialText);
    } catch (error) {
      // Somebody is at the terminal: they hear what is wrong, and their answer is offered again.
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

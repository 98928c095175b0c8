import { splitPartialList } from '../../core/template/partial-list.ts';
import { addLooseWords } from '../../core/interview/loose-words.ts';
import { Problem } from '../../errors.ts';
import type { Prompter } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

/** Whom to ask, and the answers to which typed words are added. */
export interface ListeningNeeds {
  readonly prompter: Prompter;
  /** Answers so far. */
  readonly state: State;
  /** Saves a state as a draft; resolves when it is on disk. */
  readonly saveDraft: (state: State) => undefined | Promise<void>;
}

/** The result of a choice, and the state with the words that were typed at it. */
export interface ListenedWords<T> {
  readonly value: T;
  readonly state: State;
}

/**
 * Asks the choices after the last question ("Keep it?") through a prompter that adds words typed at them to
 * the answers: to the draft while they are typed, and to the returned state.
 */
export async function listenForWords<T>(
  { prompter, state, saveDraft }: ListeningNeeds,
  ask: (prompter: Prompter) => Promise<T>,
): Promise<ListenedWords<T>> {
  const typedWords: string[] = [];
  let saving: Promise<void> | undefined;
  const withWords = (partialText?: string): State => {
    const words = [...typedWords, partialText ?? ''].filter(text => text.trim() !== '').join('\n');
    const next = new Map(state);
    if (words !== '') addLooseWords(next, 'preview', { is: 'finish', words });
    return next;
  };
  // The disk may be full: the words are still on the screen.
  const onError = (error: unknown): void => {
    if (!(error instanceof Problem)) throw error;
  };
  const listening: Prompter = {
    ...prompter,
    ask: async screen => {
      const response = await prompter.ask({ ...screen, wordsTo: '' }, partialText => {
        saving = saveDraft(withWords(splitPartialList(partialText, screen.options).words))?.catch(onError);
      });
      const words =
        response.is === 'back'
          ? splitPartialList(response.typed ?? '', screen.options).words
          : response.words;
      if (words !== undefined) typedWords.push(words);
      return response;
    },
  };
  try {
    const value = await ask(listening);
    return { value, state: withWords() };
  } finally {
    await saving;
  }
}

import { splitPartialList } from '../../core/template/partial-list.ts';
import { addLooseWords } from '../../core/interview/loose-words.ts';
import { Problem } from '../../errors.ts';
import type { Prompter } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

export interface ListeningNeeds {
  readonly prompter: Prompter;
  /** Answers so far. */
  readonly state: State;
  /** Saves a state as a draft; resolves when it is on disk. */
  readonly keeps: (state: State) => undefined | Promise<void>;
}

/** What came of a choice, and the state with the words that were typed at it. */
export interface ListenedWords<T> {
  readonly value: T;
  readonly state: State;
}

/**
 * Asks the choices that follow the last question ("Keep it?") through a prompter that keeps words typed at
 * them with the answers: in the draft while they are typed, and in the state that is given back.
 */
export async function hearWords<T>(
  { prompter, state, keeps }: ListeningNeeds,
  ask: (prompter: Prompter) => Promise<T>,
): Promise<ListenedWords<T>> {
  const heard: string[] = [];
  let keeping: Promise<void> | undefined;
  const withWords = (partialText?: string): State => {
    const words = [...heard, partialText ?? ''].filter(text => text.trim() !== '').join('\n');
    const next = new Map(state);
    if (words !== '') addLooseWords(next, 'preview', { is: 'finish', words });
    return next;
  };
  // A full disk: the words stand on the screen still.
  const failed = (error: unknown): void => {
    if (!(error instanceof Problem)) throw error;
  };
  const listening: Prompter = {
    ...prompter,
    ask: async screen => {
      const response = await prompter.ask({ ...screen, wordsTo: '' }, partialText => {
        keeping = keeps(withWords(splitPartialList(partialText, screen.options).words))?.catch(failed);
      });
      const words =
        response.is === 'back'
          ? splitPartialList(response.typed ?? '', screen.options).words
          : response.words;
      if (words !== undefined) heard.push(words);
      return response;
    },
  };
  try {
    const value = await ask(listening);
    return { value, state: withWords() };
  } finally {
    await keeping;
  }
}

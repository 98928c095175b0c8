import { Exit, Problem } from '../../errors.ts';
import type { Prompter, Screen, World } from '../../world/world.ts';

/** Where the passphrase can come from. */
export interface AskingNeeds extends Pick<World, 'words'> {
  /** Returns the next line of what `--passphrase-fd` names; absent without that flag. */
  readonly given?: () => string | undefined;
  /** True if a person is at a terminal that shows questions. */
  readonly canAsk: boolean;
  readonly open: () => Promise<Prompter>;
}

/** Asks for the passphrase, on the prompter that is open if there is one. */
export interface Asking {
  /**
   * Asks for the passphrase of the folder; `attempt` counts from 1, and above 1 the last passphrase was
   * wrong. Throws a Problem (exit 4) if none is given.
   */
  readonly ask: (attempt: number) => Promise<string>;
  /**
   * Returns a prompter that asks for the passphrase too while it is open: two prompters would read the same
   * input.
   */
  readonly follow: (prompter: Prompter) => Prompter;
}

/** Returns the functions that ask for the passphrase. */
export function openAsking({ words, given, canAsk, open }: AskingNeeds): Asking {
  let current: Prompter | undefined;
  const ask = async (prompter: Prompter, attempt: number): Promise<string> => {
    // The error comes with the question: before the question is there, the terminal would show what is typed.
    const typed = await askSecret(
      prompter,
      words('encrypt.ask'),
      attempt > 1 ? words('encrypt.wrong') : undefined,
    );
    if (typed === undefined) throw new Problem('encrypt.locked', {}, { exit: Exit.locked });
    prompter.say(words('encrypt.unlocking'));
    return typed;
  };
  return {
    ask: async attempt => {
      if (given !== undefined) return givenLine(given, attempt);
      if (!canAsk) throw new Problem('encrypt.locked', {}, { exit: Exit.locked });
      if (current !== undefined) return ask(current, attempt);
      const prompter = await open();
      try {
        return await ask(prompter, attempt);
      } finally {
        prompter.close();
      }
    },
    follow: prompter => {
      const close = (): void => {
        if (current === trackedPrompter) current = undefined;
        prompter.close();
      };
      const trackedPrompter: Prompter = { ...prompter, close };
      return (current = trackedPrompter);
    },
  };
}

// Returns the line of `--passphrase-fd`. A wrong line is not asked for again.
function givenLine(given: () => string | undefined, attempt: number): string {
  if (attempt > 1) throw new Problem('encrypt.wrong-given', {}, { exit: Exit.locked });
  const line = given();
  if (line === undefined || line === '') throw new Problem('encrypt.none-given', {}, { exit: Exit.locked });
  return line;
}

/**
 * Asks for a text that is not shown. `hint` says what was wrong before and disappears with the question.
 * Undefined if nothing is typed; with `emptyToo`, nothing typed is an empty text and undefined means that the
 * person leaves.
 */
export async function askSecret(
  prompter: Prompter,
  words: string,
  hint?: string,
  { emptyToo = false } = {},
): Promise<string | undefined> {
  const screen: Screen = {
    id: 'passphrase',
    kind: 'secret',
    words,
    hint,
    options: [],
    anchors: [],
    skippable: false,
    canGoBack: false,
    bare: true,
  };
  const response = await prompter.ask(screen);
  if (response.is === 'skip' && emptyToo) return '';
  return response.is === 'answer' && typeof response.answer === 'string' ? response.answer : undefined;
}

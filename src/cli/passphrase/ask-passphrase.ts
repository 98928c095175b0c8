import { Exit, Problem } from '../../errors.ts';
import type { Prompter, Screen, World } from '../../world/world.ts';

export interface AskingNeeds extends Pick<World, 'words'> {
  /** Gives line after line of what `--passphrase-fd` names; absent without that flag. */
  readonly given?: () => string | undefined;
  /** True when somebody sits at a terminal and sees what is said. */
  readonly canAsk: boolean;
  readonly open: () => Promise<Prompter>;
}

export interface Asking {
  /**
   * Asks for the passphrase of the folder, and again (`attempt` counts from 1) where it was another. Throws a
   * Problem (exit 4) when none is given.
   */
  readonly ask: (attempt: number) => Promise<string>;
  /** Gives a prompter that is asked through as long as it is open: two would read the same input. */
  readonly follow: (prompter: Prompter) => Prompter;
}

/** Opens what asks for the passphrase. */
export function openAsking({ words, given, canAsk, open }: AskingNeeds): Asking {
  let current: Prompter | undefined;
  const ask = async (prompter: Prompter, attempt: number): Promise<string> => {
    // Said with the question: before it is there, a terminal shows what is typed.
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
      if (given !== undefined) return nextOf(given, attempt);
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
        if (current === followed) current = undefined;
        prompter.close();
      };
      const followed: Prompter = { ...prompter, close };
      return (current = followed);
    },
  };
}

// Whoever gave a line can't be asked for another.
function nextOf(given: () => string | undefined, attempt: number): string {
  if (attempt > 1) throw new Problem('encrypt.wrong-given', {}, { exit: Exit.locked });
  const line = given();
  if (line === undefined || line === '') throw new Problem('encrypt.none-given', {}, { exit: Exit.locked });
  return line;
}

/**
 * Asks for something that is not shown. `hint` says what was wrong before, and goes away with the question.
 * Undefined when nothing is typed; with `emptyToo` that is an empty text, and undefined means that the person
 * leaves.
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

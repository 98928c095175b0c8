import { problemWords } from '../../core/text/problem-words.ts';
import { Exit } from '../../errors.ts';
import type {
  Prompter,
  Tick,
  ConversionResult,
  WordsPort,
  PromptsPort,
  OutputPort,
} from '../../world/world.ts';

/** Runs `work` with a progress line that counts the files. */
export async function convertWithProgress<T>(
  world: WordsPort & PromptsPort,
  work: (tick: Tick) => Promise<T>,
): Promise<T> {
  const progress = await world.openProgress();
  try {
    return await work((n, of) => progress.show(() => world.words('encrypt.progress', { n, of })));
  } finally {
    progress.end();
  }
}

/**
 * Says how many files were converted, and names those that were not. Returns exit code 1 if there are any.
 */
export function printConversion(
  { words, messages: talk }: WordsPort & OutputPort,
  { done, left }: ConversionResult,
  how: 'sealed' | 'opened' | 'resealed',
): Exit {
  talk.say(words(`encrypt.${how}`, { n: done }));
  for (const problem of left) talk.say(problemWords(words, problem).join('\n'));
  if (left.length > 0) talk.say(words('encrypt.left', { n: left.length }));
  return left.length > 0 ? Exit.failed : Exit.done;
}

/** Offers to show the recovery key, once and only on the screen. */
export async function tellKey({ words }: WordsPort, prompter: Prompter, identity: string): Promise<void> {
  const response = await prompter.ask({
    id: 'recovery',
    kind: 'confirm',
    words: words('encrypt.recovery.ask'),
    hint: words('encrypt.recovery.hint'),
    options: [],
    anchors: [],
    given: false,
    skippable: false,
    canGoBack: false,
    bare: true,
  });
  if (response.is === 'answer' && response.answer === true)
    prompter.say(words('encrypt.recovery.shown', { identity }));
}

import type { Answer } from '../notes/answer.ts';
import type { Response } from './response.ts';
import type { AskStep } from '../template/template.ts';
import { stepOf } from '../template/template.ts';
import type { NextAsk, Run } from './run.ts';

/**
 * Words that the person typed at a list that takes no words. The state of an interview has them under keys of
 * their own, so the draft and the note keep them. The next text question that is always asked offers them.
 */
export interface LooseWords {
  /** The keys of these words in the state. */
  readonly keys: readonly string[];
  /** The words from each list in turn, joined with line breaks; empty if there are none. */
  readonly text: string;
}

// No question's key begins with this.
const prefix = '/';

/** Returns true if a key of the state belongs to loose words, not to a question. */
export function isLooseKey(key: string): boolean {
  return key.startsWith(prefix);
}

/** Returns the key in the state for words typed at the question `key`. */
export function looseKey(key: string): string {
  return prefix + key;
}

/** Adds the loose words of a response to the state, and removes the loose words that the answer includes. */
export function addLooseWords(state: Map<string, Answer | null>, key: string, response: Response): void {
  if (response.is === 'back') return;
  for (const includedKey of response.takes ?? []) state.delete(includedKey);
  if (response.words === undefined) return;
  const before = state.get(looseKey(key));
  state.set(looseKey(key), typeof before === 'string' ? `${before}\n${response.words}` : response.words);
}

type Asked = Pick<Run, 'template' | 'facts' | 'hidden'>;

/**
 * Returns the text question that offers the words typed at the question `key`: the next text question without
 * a condition. Returns undefined if there is none.
 */
export function questionFor(run: Asked, key: string): AskStep | undefined {
  const {
    template: { steps },
    facts,
    hidden,
  } = run;
  const from = stepOf(run.template, key);
  if (from === undefined) return undefined;
  return steps.slice(steps.indexOf(from) + 1).find((step): step is AskStep => {
    if (step.is !== 'ask' || step.question.kind !== 'text' || !step.question.saved) return false;
    const isAsked = step.modes.length === 0 || step.modes.includes(String(facts['mode']));
    return isAsked && isAlways(step) && !hidden.includes(step.question.id);
  });
}

/** Returns the words typed at earlier lists that this question offers; empty if it is not a text question. */
export function wordsFor(run: Asked & Pick<Run, 'state'>, { step }: NextAsk): LooseWords {
  const isOffered = (key: string): boolean =>
    isLooseKey(key) && questionFor(run, key.slice(prefix.length)) === step;
  const found = [...run.state].flatMap(([key, text]) =>
    typeof text === 'string' && isOffered(key) ? [{ key, text }] : [],
  );
  return { keys: found.map(({ key }) => key), text: found.map(({ text }) => text).join('\n') };
}

function isAlways({ when: { tests, any, all = [], not } }: AskStep): boolean {
  return tests.length + any.length + all.length === 0 && not === undefined;
}

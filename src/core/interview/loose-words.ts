import type { Answer } from '../notes/answer.ts';
import type { Response } from './response.ts';
import type { AskStep } from '../template/template.ts';
import { stepOf } from '../template/template.ts';
import type { NextAsk, Run } from './run.ts';

/**
 * Words that were typed at a list and are no answer to it. They stand in the state of an interview under a
 * key of their own, and so in the draft and in the note. The text question that they fit offers them.
 */
export interface LooseWords {
  /** Their keys in the state. */
  readonly keys: readonly string[];
  /** What was typed at each list in turn, a line end between; empty where nothing was. */
  readonly text: string;
}

// No key of a question begins so.
const mark = '/';

/** Tells the key of such words from the keys of questions. */
export function isLooseKey(key: string): boolean {
  return key.startsWith(mark);
}

/** Gives the key under which words stand that were typed at the question `key`. */
export function looseKey(key: string): string {
  return mark + key;
}

/** Gives what comes along with a reply a place in the state, and takes away what the answer has taken up. */
export function addLooseWords(state: Map<string, Answer | null>, key: string, said: Response): void {
  if (said.is === 'back') return;
  for (const taken of said.takes ?? []) state.delete(taken);
  if (said.words === undefined) return;
  const before = state.get(looseKey(key));
  state.set(looseKey(key), typeof before === 'string' ? `${before}\n${said.words}` : said.words);
}

type Asked = Pick<Run, 'template' | 'facts' | 'hidden'>;

/**
 * Gives the text question that offers the words typed at the question `key`: the next one that is asked
 * whatever the answers are; undefined where there is none.
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

/** Gives the words typed at earlier lists that a text question offers; none where it is no text. */
export function wordsFor(run: Asked & Pick<Run, 'state'>, { step }: NextAsk): LooseWords {
  const isOffered = (key: string): boolean =>
    isLooseKey(key) && questionFor(run, key.slice(mark.length)) === step;
  const found = [...run.state].flatMap(([key, text]) =>
    typeof text === 'string' && isOffered(key) ? [{ key, text }] : [],
  );
  return { keys: found.map(({ key }) => key), text: found.map(({ text }) => text).join('\n') };
}

function isAlways({ when: { tests, any, all = [], not } }: AskStep): boolean {
  return tests.length + any.length + all.length === 0 && not === undefined;
}

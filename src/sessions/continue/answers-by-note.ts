import { isLooseKey, looseKey } from '../../core/interview/loose-words.ts';
import type { State } from '../../core/interview/run.ts';
import type { Answer } from '../../core/notes/answer.ts';
import type { AskStep, Template } from '../../core/template/template.ts';

/**
 * The answers of one interview about several notes. An answer for all notes has the key of its question; an
 * answer about a single note has `@` and the note's id behind that key.
 */
export type SharedAnswers = Map<string, Answer | null>;

/** Says which answers of an interview belong to a single note. */
export interface NoteAnswers {
  /** The note's id. */
  readonly id: string;
  /** The keys of the questions that are asked about each note. */
  readonly each: ReadonlySet<string>;
}

/** Returns which answers belong to the note with this id, in an interview with this template. */
export function noteAnswersOf(id: string, { steps }: Template): NoteAnswers {
  const keys = steps.filter((step): step is AskStep => step.is === 'ask' && step.each).map(({ key }) => key);
  // Words typed at the list of such a question, or at "Keep it?", belong to a single note too.
  return { id, each: new Set([...keys, ...[...keys, 'preview'].map(looseKey)]) };
}

/** Returns the key that an answer about a note has among the shared answers. */
export function sharedKey(key: string, { id, each }: NoteAnswers): string {
  return each.has(key) ? `${key}@${id}` : key;
}

/** Returns the key that a shared answer has within the interview about one note. */
export function keyWithin(key: string, id: string): string {
  return key.replace(`@${id}`, '');
}

/** Returns the shared answers that count for one note, under the keys of their questions. */
export function stateFor(shared: State, { id, each }: NoteAnswers): SharedAnswers {
  const state = new Map<string, Answer | null>();
  for (const [key, answer] of shared) {
    if (key.endsWith(`@${id}`)) state.set(key.slice(0, -id.length - 1), answer);
    else if (!key.includes('@') && !each.has(key)) state.set(key, answer);
  }
  return state;
}

/** Copies the answers about one note into the shared answers. */
export function mergeState(shared: SharedAnswers, state: State, about: NoteAnswers): void {
  // Words typed at a list are no longer in the state once an answer contains them: then they go from here
  // too.
  for (const key of shared.keys()) {
    const within = keyWithin(key, about.id);
    if (isLooseKey(key) && !within.includes('@') && !state.has(within)) shared.delete(key);
  }
  for (const [key, answer] of state) shared.set(sharedKey(key, about), answer);
}

/** Returns the words typed at lists about one note, under their keys among the shared answers. */
export function looseWordsIn(state: State, about: NoteAnswers): SharedAnswers {
  const loose = [...state].filter(([key]) => isLooseKey(key));
  return new Map(loose.map(([key, text]) => [sharedKey(key, about), text]));
}

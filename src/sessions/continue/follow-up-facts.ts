import type { Answers } from '../../core/notes/answer.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { World } from '../../world/world.ts';
import type { CurrentNote } from './continue-note.ts';

/**
 * What a follow-up asks about beyond the moment's own keys: how often it was said and not heard before, and
 * the sizes that were given so far, oldest first.
 */
export function followUpFacts({ note: { head } }: CurrentNote): Answers {
  const { history } = head.keys;
  const lines = (Array.isArray(history) ? history : []).filter((line: unknown) => typeof line === 'string');
  const sizes = lines.flatMap(line => sizeAtEnd.exec(line.trim())?.[1] ?? []);
  // A size that was changed in the file by hand stands in no line of the history, and is the newest.
  if (head.size !== undefined) sizes.push(String(head.size));
  return {
    rounds_not_heard: lines.filter(line => / not-addressed( |$)/.test(line)).length,
    // A change of status takes the size along though nobody was asked: what stands twice in a row was given
    // once.
    was_sizes: sizes.filter((size, at) => size !== sizes[at - 1]),
  };
}

/** Says whether a moment is on the list to bring up, or was once: its history tells. */
export function wasPlanned({ status, keys: { history } }: Head): boolean {
  const lines: readonly unknown[] = Array.isArray(history) ? history : [];
  return status === 'planned' || lines.some(line => typeof line === 'string' && / planned( |$)/.test(line));
}

// Not by what patterns reads the history with: that would come with every command.
const sizeAtEnd = /^\d{4}-\d{2}-\d{2} [a-z-]+ (10|\d)$/;

/** F1 in words: which moment is come back to. */
export async function momentWords({ templates }: World): Promise<string> {
  const step = (await templates.ours('follow-up')).steps.find(
    one => one.is === 'ask' && one.question.id === 'moment',
  );
  return step?.is === 'ask' ? step.question.words : '';
}

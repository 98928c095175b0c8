import type { Answers } from '../../core/notes/answer.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { TemplatesPort } from '../../world/world.ts';
import type { CurrentNote } from './continue-note.ts';

/**
 * Returns the facts for a follow-up that the front matter does not give directly: how often the person
 * brought it up and was not heard (`rounds_not_heard`), and the sizes so far, oldest first (`was_sizes`).
 */
export function followUpFacts({ note: { head } }: CurrentNote): Answers {
  const { history } = head.keys;
  const lines = (Array.isArray(history) ? history : []).filter((line: unknown) => typeof line === 'string');
  const sizes = lines.flatMap(line => sizeAtEnd.exec(line.trim())?.[1] ?? []);
  // A size that was changed in the file by hand is the newest, and is in no line of the history.
  if (head.size !== undefined) sizes.push(String(head.size));
  return {
    rounds_not_heard: lines.filter(line => / not-addressed( |$)/.test(line)).length,
    // Each change of status writes the size again although nobody was asked, so equal sizes in a row count
    // once.
    was_sizes: sizes.filter((size, at) => size !== sizes[at - 1]),
  };
}

/** Returns true if a note is on the list to bring up, or was at any time according to its history. */
export function wasPlanned({ status, keys: { history } }: Head): boolean {
  const lines: readonly unknown[] = Array.isArray(history) ? history : [];
  return status === 'planned' || lines.some(line => typeof line === 'string' && / planned( |$)/.test(line));
}

// Not the regular expression of the patterns report: importing it would load that module with every command.
const sizeAtEnd = /^\d{4}-\d{2}-\d{2} [a-z-]+ (10|\d)$/;

/** Returns the words of the follow-up's question which note to ask about. */
export async function momentWords({ templates }: TemplatesPort): Promise<string> {
  const step = (await templates.ours('follow-up')).steps.find(
    one => one.is === 'ask' && one.question.id === 'moment',
  );
  return step?.is === 'ask' ? step.question.words : '';
}

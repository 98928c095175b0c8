import type { Head } from '../../core/notes/reflection.ts';
import type { Words, World } from '../../world/world.ts';
import { plainDay } from './dates.ts';

/** Returns the title of a note, or a name made from its day if it has none. */
export function titleOf(head: Head, words: Words): string {
  return head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) });
}

/**
 * Returns the name of a note for messages: title and id on a terminal, only the id in a pipe (which may lead
 * to a log), for a note without a title, and for a note that is set aside.
 */
export function nameInMessages(
  { words, messages }: Pick<World, 'words' | 'messages'>,
  { id, title, status }: { readonly id: string; readonly title?: string; readonly status?: string },
): string {
  if (title === undefined || status === 'set-aside' || !messages.isTerminal) return id;
  return words('note.called', { title, id });
}

import type { Head } from '../../core/notes/reflection.ts';
import type { Words, World } from '../../world/world.ts';
import { plainDay } from './dates.ts';

/** What a note is called: its title, else its day. */
export function titleOf(head: Head, words: Words): string {
  return head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) });
}

/**
 * What a sentence calls a note: its title and its id on the person's own screen. Through a pipe, into a log
 * perhaps, the id alone, and so for a note without a title or one that is kept apart.
 */
export function calledOn(
  { words, messages: talk }: Pick<World, 'words' | 'messages'>,
  { id, title, status }: { readonly id: string; readonly title?: string; readonly status?: string },
): string {
  if (title === undefined || status === 'set-aside' || !talk.isTerminal) return id;
  return words('note.called', { title, id });
}

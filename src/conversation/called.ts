import type { World } from '../world.ts';

/**
 * What a sentence calls a note: its title and its id on the person's own screen. Through a pipe, into a log perhaps, the
 * id alone, and so for a note without a title or one that is kept apart.
 */
export function calledOn(
  { words, talk }: Pick<World, 'words' | 'talk'>,
  { id, title, status }: { readonly id: string; readonly title?: string; readonly status?: string },
): string {
  if (title === undefined || status === 'set-aside' || !talk.isTerminal) return id;
  return words('note.called', { title, id });
}

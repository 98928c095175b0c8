import { Exit } from '../../errors.ts';
import type { NoteIndex, World } from '../../world/world.ts';

/** Names, on standard error, the files that could not be read and those that carry an id twice. */
export function tellLeftOut(world: World, { unreadable, copies }: NoteIndex): void {
  const { words, messages: talk } = world;
  for (const { path, line, key, params } of unreadable) {
    const why = words(`${key}.says`, { path, line: line ?? 1, ...params });
    talk.say(why);
  }
  if (copies.length === 0) return;
  const folder = world.folder();
  for (const { path, of } of copies)
    talk.say(words('summary.copy', { path: problemsIn(folder, path), of: problemsIn(folder, of) }));
}

/**
 * Says that there is nothing to show; `key` names the sentence. Where a file could not be read there may be
 * something in it: then that is said instead, and the exit code is 1.
 */
export function tellNothing(world: World, { unreadable }: Pick<NoteIndex, 'unreadable'>, key: string): Exit {
  world.messages.say(world.words(nothingKey({ unreadable }, key)));
  return exitOfNothing({ unreadable });
}

/** The sentence for nothing to show: `key`, or another one where a file could not be read. */
export function nothingKey({ unreadable }: Pick<NoteIndex, 'unreadable'>, key: string): string {
  return unreadable.length === 0 ? key : 'list.unread';
}

/** The exit code where there is nothing to show. */
export function exitOfNothing({ unreadable }: Pick<NoteIndex, 'unreadable'>): Exit {
  return unreadable.length === 0 ? Exit.done : Exit.failed;
}

/** Names a file by its path within the folder; the whole path when it lies elsewhere. */
export function problemsIn(folder: string, path: string): string {
  return path.startsWith(folder)
    ? path
        .slice(folder.length)
        .replace(/^[/\\]+/, '')
        .replaceAll('\\', '/')
    : path;
}

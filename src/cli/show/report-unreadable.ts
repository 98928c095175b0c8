import { Exit } from '../../errors.ts';
import type { NoteIndex, WordsPort, OutputPort, SettingsPort } from '../../world/world.ts';

/**
 * Names, on standard error, the files that could not be read and the files with an id that another file has.
 */
export function tellLeftOut(
  world: WordsPort & OutputPort & SettingsPort,
  { unreadable, copies }: NoteIndex,
): void {
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
 * Says that there is nothing to show; `key` names the sentence. If a file could not be read, says that
 * instead, because it may have something to show, and returns exit code 1.
 */
export function tellNothing(
  world: WordsPort & OutputPort,
  { unreadable }: Pick<NoteIndex, 'unreadable'>,
  key: string,
): Exit {
  world.messages.say(world.words(nothingKey({ unreadable }, key)));
  return exitOfNothing({ unreadable });
}

/** Returns the message key for nothing to show: `key`, or another one if a file could not be read. */
export function nothingKey({ unreadable }: Pick<NoteIndex, 'unreadable'>, key: string): string {
  return unreadable.length === 0 ? key : 'list.unread';
}

/** Returns the exit code for nothing to show: 1 if a file could not be read. */
export function exitOfNothing({ unreadable }: Pick<NoteIndex, 'unreadable'>): Exit {
  return unreadable.length === 0 ? Exit.done : Exit.failed;
}

/** Returns the path of a file within the folder, with `/`; the whole path if it is elsewhere. */
export function problemsIn(folder: string, path: string): string {
  return path.startsWith(folder)
    ? path
        .slice(folder.length)
        .replace(/^[/\\]+/, '')
        .replaceAll('\\', '/')
    : path;
}

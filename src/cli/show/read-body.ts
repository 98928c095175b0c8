import { Problem } from '../../errors.ts';
import type { NoteFile, NoteSummary, Store, WordsPort, OutputPort, SettingsPort } from '../../world/world.ts';
import { problemsIn } from './report-unreadable.ts';

/**
 * Reads the whole note of a head that was read before. If it can't be read, says so on standard error and
 * returns undefined: the note stays in the list and does not stop the others.
 */
export async function readBody(
  world: WordsPort & OutputPort & SettingsPort,
  store: Pick<Store, 'read'>,
  path: string,
): Promise<NoteFile | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const shown = problemsIn(world.folder(), path);
    world.messages.say(world.words(`${error.key}.says`, { ...error.params, path: shown, place: shown }));
    return undefined;
  }
}

/** Returns a reader that does not read again the texts that `summaries` contain. */
export function readerOf(store: Pick<Store, 'read'>, summaries: readonly NoteSummary[]): Pick<Store, 'read'> {
  const known = new Map(
    summaries.flatMap(({ path, head, texts }): [string, NoteFile][] =>
      typeof texts === 'object' ? [[path, { path, head, ...texts }]] : [],
    ),
  );
  return { read: async path => known.get(path) ?? store.read(path) };
}

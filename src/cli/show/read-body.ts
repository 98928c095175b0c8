import { Problem } from '../../errors.ts';
import type { NoteFile, NoteSummary, Store, World } from '../../world/world.ts';
import { problemsIn } from './report-unreadable.ts';

/**
 * Reads a moment whole whose head was read before. One whose text can't be read is named on standard error
 * and undefined: it stays in what is listed, and never stops the others.
 */
export async function readBody(
  world: World,
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

/** Gives a reader that does not read again what the shelf has read. */
export function readerOf(store: Pick<Store, 'read'>, shelved: readonly NoteSummary[]): Pick<Store, 'read'> {
  const known = new Map(
    shelved.flatMap(({ path, head, texts }): [string, NoteFile][] =>
      typeof texts === 'object' ? [[path, { path, head, ...texts }]] : [],
    ),
  );
  return { read: async path => known.get(path) ?? store.read(path) };
}

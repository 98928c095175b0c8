import { Exit } from '../errors.ts';
import type { Undone, World } from '../world.ts';

/** The most lines about files; the rest are counted on the last of them. */
const mostRows = 10;

/**
 * Takes back the last change that a command made, and says what it was. With `redo` it does again what was
 * taken back last.
 */
export async function undo(world: World, { redo = false }: { readonly redo?: boolean } = {}): Promise<Exit> {
  const { words, talk } = world;
  const store = await world.openStore();
  const undone = await (redo ? store.redo() : store.undo());
  if (undone === undefined) {
    talk.say(words(redo ? 'redo.nothing' : 'undo.nothing'));
    return Exit.done;
  }
  const { command, at, files } = undone;
  talk.say(words(redo ? 'redo.done' : 'undo.done', { command, day: at.slice(0, 10), time: at.slice(11, 16) }));
  const shown = files.length > mostRows ? files.slice(0, mostRows - 1) : files;
  for (const file of shown) talk.say(redo && file.is === 'changed' ? words('redo.changed', { id: file.id }) : sentence(world, file));
  if (shown.length < files.length) talk.say(words('undo.more', { n: files.length - shown.length }));
  return Exit.done;
}

function sentence({ words }: World, { is, id, path, kept }: Undone['files'][number]): string {
  if (is === 'removed') return words('undo.removed', { id });
  if (is === 'back') return words('undo.back', { id, path });
  return words(kept === true ? 'undo.changed_kept' : 'undo.changed', { id });
}

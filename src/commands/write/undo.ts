import { calledOn } from '../../report/text/note-title.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Store, Undone, World } from '../../world/world.ts';

type UndoneFile = Undone['files'][number];

/** The most lines about files; the rest are counted on the last of them. */
const mostRows = 10;

/**
 * Takes back the last change that a command made, and says what it was. With `redo` it does again what was
 * taken back last.
 */
export async function undo(world: World, { redo = false }: { readonly redo?: boolean } = {}): Promise<Exit> {
  const { words, messages: talk } = world;
  const store = await world.openStore();
  // Like every command that changes what is there.
  if (store.mayUndo(redo ? 'redo' : 'undo')) await store.unlock();
  const undone = await (redo ? store.redo() : store.undo());
  if (undone === undefined) {
    talk.say(words(redo ? 'redo.nothing' : 'undo.nothing'));
    return Exit.done;
  }
  const { command, at, files } = undone;
  talk.say(
    words(redo ? 'redo.done' : 'undo.done', { command, day: at.slice(0, 10), time: at.slice(11, 16) }),
  );
  const shown = files.length > mostRows ? files.slice(0, mostRows - 1) : files;
  for (const file of shown) {
    const name = await nameOf(world, store, file);
    const isRedone = redo && file.is === 'changed';
    talk.say(isRedone ? words('redo.changed', { name }) : sentence(world, file, name));
  }
  if (shown.length < files.length) talk.say(words('undo.more', { n: files.length - shown.length }));
  return Exit.done;
}

function sentence({ words }: World, { is, path, kept }: UndoneFile, name: string): string {
  if (is === 'removed') return words('undo.removed', { name });
  if (is === 'back') return words('undo.back', { name, path });
  return words(kept === true ? 'undo.changed_kept' : 'undo.changed', { name });
}

// Nobody is asked for a passphrase for the sake of a title.
async function nameOf(world: World, store: Store, { id, path, is }: UndoneFile): Promise<string> {
  if (!world.messages.isTerminal || store.isLocked()) return id;
  try {
    if (is === 'removed') {
      const item = (await store.trash.list()).find(trashed => trashed.id === id);
      return calledOn(world, item ?? { id });
    }
    return calledOn(world, (await store.read(path)).head);
  } catch (error) {
    if (error instanceof Problem) return id;
    throw error;
  }
}

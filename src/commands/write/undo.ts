import { nameInMessages } from '../../report/text/note-title.ts';
import { Exit, Problem } from '../../errors.ts';
import type {
  Undone,
  WordsPort,
  OutputPort,
  StorePort,
  NotesPort,
  EncryptedNotesPort,
  NoteDeletionPort,
} from '../../world/world.ts';

type UndoneFile = Undone['files'][number];

/** The maximum number of lines about files. If there are more files, the last line counts the rest. */
const mostRows = 10;

/** Undoes the last change that a command made, or with `redo` the last undo, and reports the change. */
export async function undo(
  world: WordsPort & OutputPort & StorePort,
  { redo = false }: { readonly redo?: boolean } = {},
): Promise<Exit> {
  const { words, messages } = world;
  const store = await world.openStore();
  // Ask for the passphrase first, like every command that changes existing notes.
  if (store.mayUndo(redo ? 'redo' : 'undo')) await store.unlock();
  const undone = await (redo ? store.redo() : store.undo());
  if (undone === undefined) {
    messages.say(words(redo ? 'redo.nothing' : 'undo.nothing'));
    return Exit.done;
  }
  const { command, at, files } = undone;
  messages.say(
    words(redo ? 'redo.done' : 'undo.done', { command, day: at.slice(0, 10), time: at.slice(11, 16) }),
  );
  const shown = files.length > mostRows ? files.slice(0, mostRows - 1) : files;
  for (const file of shown) {
    const name = await nameOf(world, store, file);
    const isRedone = redo && file.is === 'changed';
    messages.say(isRedone ? words('redo.changed', { name }) : undoSentence(world, file, name));
  }
  if (shown.length < files.length) messages.say(words('undo.more', { n: files.length - shown.length }));
  return Exit.done;
}

function undoSentence({ words }: WordsPort, { is, path, kept }: UndoneFile, name: string): string {
  if (is === 'removed') return words('undo.removed', { name });
  if (is === 'back') return words('undo.back', { name, path });
  return words(kept === true ? 'undo.changed_kept' : 'undo.changed', { name });
}

// Returns the title and id on a terminal, else the id. Does not ask for a passphrase just to show a title.
async function nameOf(
  world: WordsPort & OutputPort,
  store: NotesPort & EncryptedNotesPort & NoteDeletionPort,
  { id, path, is }: UndoneFile,
): Promise<string> {
  if (!world.messages.isTerminal || store.isLocked()) return id;
  try {
    if (is === 'removed') {
      const item = (await store.trash.list()).find(trashed => trashed.id === id);
      return nameInMessages(world, item ?? { id });
    }
    return nameInMessages(world, (await store.read(path)).head);
  } catch (error) {
    if (error instanceof Problem) return id;
    throw error;
  }
}

import { nameInMessages } from '../../report/text/note-title.ts';
import { askOnTerminal } from '../../cli/choose/choose-note.ts';
import { chooseTrashed, nameOfTrashed } from '../../cli/choose/choose-trashed.ts';
import { makeId } from '../../core/notes/id.ts';
import { Exit } from '../../errors.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type {
  Trashed,
  World,
  WordsPort,
  OutputPort,
  StorePort,
  NotesPort,
  InputPort,
  PromptsPort,
} from '../../world/world.ts';
import { printNote } from '../read/show.ts';

/**
 * Lists the items in the trash, newest first: deleted notes, and earlier versions of notes. If several items
 * have the same id, all but the first are named with a number: `k3f9qa~2`.
 */
export async function trashList(world: WordsPort & OutputPort & StorePort): Promise<Exit> {
  const { words } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  if (items.length === 0) world.messages.say(words('trash.empty'));
  const present = await idsPresent(store, items);
  for (const item of items) {
    const { path, at, title } = item;
    const key = isVersion(item, present) ? 'trash.version' : 'trash.row';
    const row = words(key, { id: nameOfTrashed(items, item), path, day: at.slice(0, 10) });
    world.out.wrapped(title === undefined ? row : words('trash.titled', { row, title }), 4);
  }
  return Exit.done;
}

/**
 * Prints an item of the trash as `show` prints a note. `typed` is an id or words of a title; if it is empty,
 * the person chooses.
 */
export async function trashShow(world: World, typed: readonly string[]): Promise<Exit> {
  const store = await world.openStore();
  const items = await store.trash.list();
  const item = await chooseItem(world, items, typed, 'show');
  if (item === undefined) return Exit.done;
  const key = isVersion(item, await idsPresent(store, [item])) ? 'trash.shows_version' : 'trash.shows';
  world.messages.say(world.words(key, { id: nameOfTrashed(items, item), day: item.at.slice(0, 10) }));
  return printNote(world, await store.trash.read(item.name));
}

/**
 * Moves a note from the trash back to its place and prints its path. If a note with its id is present,
 * restores the item as another note with a new id, and overwrites nothing. `typed` is an id or words of a
 * title; if it is empty, the person chooses.
 */
export async function trashRestore(world: World, typed: readonly string[]): Promise<Exit> {
  const { words, messages } = world;
  const store = await world.openStore();
  const item = await chooseItem(world, await store.trash.list(), typed, 'restore');
  if (item === undefined) return Exit.done;
  const present = await idsPresent(store, [item]);
  const name = nameInMessages(world, item);
  if (present.has(item.id)) {
    const copy = makeId(world.random);
    world.out.line(await store.trash.restoreAs(item.name, copy));
    messages.say(words('trash.restored_beside', { name, copy }));
    return Exit.done;
  }
  world.out.line(await store.trash.restore(item.name));
  messages.say(words('trash.restored', { name }));
  return Exit.done;
}

async function chooseItem(
  world: World,
  items: readonly Trashed[],
  typed: readonly string[],
  command: 'show' | 'restore',
): Promise<Trashed | undefined> {
  const ask = askOnTerminal(world);
  if (items.length > 0 || typed.length > 0 || ask === undefined) {
    return chooseTrashed({ world, items, command, ask }, typed);
  }
  world.messages.say(world.words('trash.empty'));
  return undefined;
}

/** Returns the ids of the notes in the folder. Reads nothing if there are no items. */
async function idsPresent(store: NotesPort, items: readonly Trashed[]): Promise<ReadonlySet<string>> {
  if (items.length === 0) return new Set();
  return new Set((await store.scan()).moments.map(({ head }) => head.id));
}

// Older items are not marked as versions. Such an item is one if its note is present.
function isVersion(item: Trashed, present: ReadonlySet<string>): boolean {
  return item.isVersion === true || present.has(item.id);
}

/** Erases all items in the trash and their copies in the undo log, after the person confirms. */
export async function trashEmpty(
  world: WordsPort & OutputPort & InputPort & PromptsPort & StorePort,
  { yes }: { readonly yes?: boolean },
): Promise<Exit> {
  const { words, messages } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  if (items.length === 0) {
    messages.say(words('trash.empty'));
    return Exit.done;
  }
  messages.say(words('trash.will_empty', { n: items.length }));
  if (!(await isSure(world, words('delete.ask_forever'), { yes }))) {
    messages.say(words('delete.stopped'));
    return Exit.done;
  }
  messages.say(words('delete.erased', { n: await store.trash.empty() }));
  messages.say(words('delete.elsewhere'));
  return Exit.done;
}

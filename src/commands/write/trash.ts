import { calledOn } from '../../report/text/note-title.ts';
import { askOnTerminal } from '../../cli/choose/choose-note.ts';
import { chooseTrashed, nameOfTrashed } from '../../cli/choose/choose-trashed.ts';
import { makeId } from '../../core/notes/id.ts';
import { Exit } from '../../errors.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type { Store, Trashed, World } from '../../world/world.ts';
import { tellNote } from '../read/show.ts';

/**
 * Lists what lies in the trash, the newest first: deleted moments, and earlier versions of a moment. Of
 * several with one id each but the first is called by its number, `k3f9qa~2`.
 */
export async function trashList(world: World): Promise<Exit> {
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
 * Shows what one of them holds, as `show` does. `typed` is an id or words of a title; without any the person
 * chooses.
 */
export async function trashShow(world: World, typed: readonly string[]): Promise<Exit> {
  const store = await world.openStore();
  const items = await store.trash.list();
  const item = await chosen(world, items, typed, 'show');
  if (item === undefined) return Exit.done;
  const key = isVersion(item, await idsPresent(store, [item])) ? 'trash.shows_version' : 'trash.shows';
  world.messages.say(world.words(key, { id: nameOfTrashed(items, item), day: item.at.slice(0, 10) }));
  return tellNote(world, await store.trash.read(item.name));
}

/**
 * Moves a note back to where it was. Where its moment is there, what lies in the trash becomes a moment of
 * its own beside it, with a new id: nothing is put over what is there. `typed` is an id or words of a title;
 * without any the person chooses.
 */
export async function trashRestore(world: World, typed: readonly string[]): Promise<Exit> {
  const { words, messages: talk } = world;
  const store = await world.openStore();
  const item = await chosen(world, await store.trash.list(), typed, 'restore');
  if (item === undefined) return Exit.done;
  const present = await idsPresent(store, [item]);
  const name = calledOn(world, item);
  if (present.has(item.id)) {
    const copy = makeId(world.random);
    world.out.line(await store.trash.restoreAs(item.name, copy));
    talk.say(words('trash.restored_beside', { name, copy }));
    return Exit.done;
  }
  world.out.line(await store.trash.restore(item.name));
  talk.say(words('trash.restored', { name }));
  return Exit.done;
}

async function chosen(
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

/** The ids of moments in the folder; nothing is read where nothing is asked for. */
async function idsPresent(store: Store, items: readonly Trashed[]): Promise<ReadonlySet<string>> {
  if (items.length === 0) return new Set();
  return new Set((await store.scan()).moments.map(({ head }) => head.id));
}

// What came here before versions were told apart is one where its moment is there.
function isVersion(item: Trashed, present: ReadonlySet<string>): boolean {
  return item.isVersion === true || present.has(item.id);
}

/** Erases all that lies in the trash, and what undo holds of it. */
export async function trashEmpty(world: World, { yes }: { readonly yes?: boolean }): Promise<Exit> {
  const { words, messages: talk } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  if (items.length === 0) {
    talk.say(words('trash.empty'));
    return Exit.done;
  }
  talk.say(words('trash.will_empty', { n: items.length }));
  if (!(await isSure(world, words('delete.ask_forever'), { yes }))) {
    talk.say(words('delete.stopped'));
    return Exit.done;
  }
  talk.say(words('delete.erased', { n: await store.trash.empty() }));
  talk.say(words('delete.elsewhere'));
  return Exit.done;
}

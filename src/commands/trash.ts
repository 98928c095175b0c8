import { calledOn } from '../report/note-title.ts';
import { askOnTerminal } from '../conversation/choose-note.ts';
import { chooseTrashed } from '../conversation/choose-trashed.ts';
import { Exit, Problem } from '../errors.ts';
import { isSure } from '../conversation/sure.ts';
import type { World } from '../world.ts';

/** Lists what lies in the trash, the newest first. */
export async function trashList(world: World): Promise<Exit> {
  const items = await (await world.openStore()).trash.list();
  if (items.length === 0) world.talk.say(world.words('trash.empty'));
  for (const { id, path, at, title } of items) {
    world.out.wrapped(title === undefined ? world.words('trash.row', { id, path, day: at.slice(0, 10) }) : world.words('trash.row_title', { id, path, title, day: at.slice(0, 10) }), 4);
  }
  return Exit.done;
}

/**
 * Moves a note back to where it was, never onto another file or beside a note of the same id. `typed` is an
 * id or words of a title; without any the person chooses.
 */
export async function trashRestore(world: World, typed: readonly string[]): Promise<Exit> {
  const { words } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  const ask = askOnTerminal(world);
  if (items.length === 0 && typed.length === 0 && ask !== undefined) {
    world.talk.say(words('trash.empty'));
    return Exit.done;
  }
  const item = await chooseTrashed(world, items, typed, ask);
  if (item === undefined) return Exit.done;
  const there = (await store.shelf()).moments.find(({ head }) => head.id === item.id);
  if (there !== undefined) throw new Problem('trash.there', { id: item.id, path: there.path });
  world.out.line(await store.trash.restore(item.name));
  world.talk.say(words('trash.restored', { name: calledOn(world, item) }));
  return Exit.done;
}

/** Erases all that lies in the trash, and what undo holds of it. */
export async function trashEmpty(world: World, { yes }: { readonly yes?: boolean }): Promise<Exit> {
  const { words, talk } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  if (items.length === 0) {
    talk.say(words('trash.empty'));
    return Exit.done;
  }
  talk.say(words('trash.will_empty', { n: items.length }));
  if (!await isSure(world, words('delete.ask_forever'), yes === true)) {
    talk.say(words('delete.stopped'));
    return Exit.done;
  }
  talk.say(words('delete.erased', { n: await store.trash.empty() }));
  talk.say(words('delete.elsewhere'));
  return Exit.done;
}

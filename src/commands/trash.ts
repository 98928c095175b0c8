import { Exit, Problem } from '../errors.ts';
import { isSure } from '../conversation/sure.ts';
import type { Trashed, World } from '../world.ts';

/** Lists what lies in the trash, the newest first. */
export async function trashList(world: World): Promise<Exit> {
  const items = await (await world.openStore()).trash.list();
  if (items.length === 0) world.talk.say(world.words('trash.empty'));
  for (const { id, path, at, title } of items) {
    world.out.wrapped(title === undefined ? world.words('trash.row', { id, path, day: at.slice(0, 10) }) : world.words('trash.row_title', { id, path, title, day: at.slice(0, 10) }), 4);
  }
  return Exit.done;
}

/** Moves one back to where it was. Never onto another file, and never beside a moment of the same id. */
export async function trashRestore(world: World, id: string): Promise<Exit> {
  const { words } = world;
  const store = await world.openStore();
  const item = find(await store.trash.list(), id);
  const there = (await store.shelf()).moments.find(({ head }) => head.id === item.id);
  if (there !== undefined) throw new Problem('trash.there', { id: item.id, path: there.path });
  world.out.line(await store.trash.restore(item.name));
  world.talk.say(words('trash.restored', { id: item.id }));
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

// Of several versions of one moment the newest.
function find(items: readonly Trashed[], id: string): Trashed {
  const [newest] = items;
  const exact = id === 'last' ? newest : items.find((item) => item.id === id);
  if (exact !== undefined) return exact;
  const near = items.filter((item) => id !== '' && item.id.toLowerCase().startsWith(id.toLowerCase()));
  const ids = [...new Set(near.map((item) => item.id))];
  if (ids.length > 1) throw new Problem('cli.ambiguous-id', { id, near: ids.join(', ') }, { exit: Exit.misused });
  const [only] = near;
  if (only === undefined) throw new Problem('trash.unknown', { id }, { exit: Exit.misused });
  return only;
}

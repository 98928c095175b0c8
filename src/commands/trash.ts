import { makeId } from '../core/id.ts';
import { Exit, Problem } from '../errors.ts';
import { isSure } from '../conversation/sure.ts';
import type { Store, Trashed, World } from '../world.ts';
import { tellNote } from './show.ts';

/**
 * Lists what lies in the trash, the newest first: deleted moments, and earlier versions of a moment. Of several
 * with one id each but the first is called by its number, `k3f9qa~2`.
 */
export async function trashList(world: World): Promise<Exit> {
  const { words } = world;
  const store = await world.openStore();
  const items = await store.trash.list();
  if (items.length === 0) world.talk.say(words('trash.empty'));
  const present = await idsPresent(store, items);
  for (const item of items) {
    const { path, at, title } = item;
    const key = isVersion(item, present) ? 'trash.version' : 'trash.row';
    const row = words(key, { id: nameIn(items, item), path, day: at.slice(0, 10) });
    world.out.wrapped(title === undefined ? row : words('trash.titled', { row, title }), 4);
  }
  return Exit.done;
}

/** Shows what one of them holds, as `show` does. */
export async function trashShow(world: World, id: string): Promise<Exit> {
  const store = await world.openStore();
  const items = await store.trash.list();
  const item = find(items, id);
  const key = isVersion(item, await idsPresent(store, [item])) ? 'trash.shows_version' : 'trash.shows';
  world.talk.say(world.words(key, { id: nameIn(items, item), day: item.at.slice(0, 10) }));
  return tellNote(world, await store.trash.read(item.name));
}

/**
 * Moves one back to where it was. Where its moment is there, what lies in the trash becomes a moment of its own
 * beside it, with a new id: nothing is put over what is there.
 */
export async function trashRestore(world: World, id: string): Promise<Exit> {
  const { words, talk } = world;
  const store = await world.openStore();
  const item = find(await store.trash.list(), id);
  const present = await idsPresent(store, [item]);
  if (present.has(item.id)) {
    const copy = makeId(world.chance);
    world.out.line(await store.trash.restoreAs(item.name, copy));
    talk.say(words('trash.restored_beside', { id: item.id, copy }));
    return Exit.done;
  }
  world.out.line(await store.trash.restore(item.name));
  talk.say(words('trash.restored', { id: item.id }));
  return Exit.done;
}

/** The ids of moments in the folder; nothing is read where nothing is asked for. */
async function idsPresent(store: Store, items: readonly Trashed[]): Promise<ReadonlySet<string>> {
  if (items.length === 0) return new Set();
  return new Set((await store.shelf()).moments.map(({ head }) => head.id));
}

// What came here before versions were told apart is one where its moment is there.
function isVersion(item: Trashed, present: ReadonlySet<string>): boolean {
  return item.isVersion === true || present.has(item.id);
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

/** All with one id: deleted moments first, then earlier versions, the newest first in each. */
function sameId(items: readonly Trashed[], id: string): readonly Trashed[] {
  const same = items.filter((item) => item.id === id);
  return [...same.filter((item) => item.isVersion !== true), ...same.filter((item) => item.isVersion === true)];
}

/** How one of them is called: by its id, and with a number where others with that id stand before it. */
function nameIn(items: readonly Trashed[], item: Trashed): string {
  const at = sameId(items, item.id).indexOf(item);
  return at === 0 ? item.id : `${item.id}~${at + 1}`;
}

/** Finds what a person calls by its id, the beginning of it, `last`, or an id with a number (`k3f9qa~2`). */
function find(items: readonly Trashed[], text: string): Trashed {
  const [, id = text, number = '1'] = /^(.+)~([1-9]\d{0,5})$/.exec(text) ?? [];
  const near = [...new Set(items.filter((item) => id !== '' && item.id.toLowerCase().startsWith(id.toLowerCase())).map((item) => item.id))];
  const exact = near.includes(id) ? [id] : near;
  if (id === 'last' && items[0] !== undefined) return items[0];
  if (exact.length > 1) throw new Problem('cli.ambiguous-id', { id, near: exact.join(', ') }, { exit: Exit.misused });
  const item = sameId(items, exact[0] ?? '')[Number(number) - 1];
  if (item === undefined) throw new Problem('trash.unknown', { id: text }, { exit: Exit.misused });
  return item;
}

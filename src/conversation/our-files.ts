import { parseDay } from '../core/day.ts';
import { findMoment } from '../core/find.ts';
import type { NamedNote, Shelf, Shelved, Store } from '../world.ts';

const name = /(?:^|\/)(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md(?:\.age)?$/;

/** Gives the files that are ours and can't be read as a moment; those that are named like ours have their id and day from there. */
export function brokenFiles({ folder }: Pick<Store, 'folder'>, { unreadable }: Shelf): readonly { readonly path: string; readonly told: string; readonly moment?: Shelved }[] {
  return unreadable.flatMap(({ path: told, key }) => {
    const [, dayText = '', id = ''] = name.exec(told) ?? [];
    const session = parseDay(dayText);
    const path = `${folder}/${told}`;
    // A link, a folder and what can't be looked into are not ours to touch.
    if (['storage.read-link', 'storage.read-not-file', 'storage.folder-unreadable'].includes(key)) return [];
    if (session !== undefined) return [{ path, told, moment: { path, head: { id, session, kinds: [], feelings: [], keys: {} } } }];
    return key.split('.')[1]?.startsWith('read-') === true ? [] : [{ path, told }];
  });
}

/** Finds a file by its moment's id as `findMoment` does, also one that can't be read. */
export function findFile(store: Pick<Store, 'folder'>, shelf: Shelf, id: string): Shelved {
  const broken = id === 'last' ? [] : brokenFiles(store, shelf).flatMap(({ moment }) => moment ?? []);
  return findMoment([...shelf.moments, ...broken], id);
}

/** Gives a moment's file, and those that carry its id as well. */
export function filesOf({ copies }: Shelf, { path, head: { id } }: Shelved): readonly NamedNote[] {
  return [{ id, path }, ...copies.filter(({ of }) => of === path).map((copy) => ({ id, path: copy.path }))];
}

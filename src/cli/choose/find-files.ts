import { parseDay } from '../../core/dates/day.ts';
import { findMoment } from '../../core/search/find-note.ts';
import { asArgument } from '../../core/notes/id.ts';
import { Exit, Problem } from '../../errors.ts';
import type { NamedNote, NoteIndex, NoteSummary, Store } from '../../world/world.ts';

const name = /(?:^|\/)(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md(?:\.age)?$/;
// Also where a syncing program left a placeholder: `.2026-03-12-k3f9qa.md.icloud`.
const anyName = /(?:^|\/)\.?\d{4}-\d\d-\d\d-([a-z0-9]{6})\.md(?:\.age)?(?:\.[a-z]+)?$/i;

/**
 * Gives the files that are ours and can't be read as a moment; those that are named like ours have their id
 * and day from there.
 */
export function brokenFiles(
  { folder }: Pick<Store, 'folder'>,
  { unreadable }: NoteIndex,
): readonly { readonly path: string; readonly told: string; readonly moment?: NoteSummary }[] {
  return unreadable.flatMap(({ path: told, key }) => {
    const [, dayText = '', id = ''] = name.exec(told) ?? [];
    const session = parseDay(dayText);
    const path = `${folder}/${told}`;
    // A link, a folder, what is elsewhere only and what can't be looked into are not ours to touch.
    if (
      [
        'storage.read-not-here',
        'storage.read-link',
        'storage.read-not-file',
        'storage.folder-unreadable',
      ].includes(key)
    )
      return [];
    if (session !== undefined)
      return [{ path, told, moment: { path, head: { id, session, kinds: [], feelings: [], keys: {} } } }];
    return key.split('.')[1]?.startsWith('read-') === true ? [] : [{ path, told }];
  });
}

/**
 * Throws the Problem (exit 1) of a file that can't be read, where `text` is the beginning of its id and of
 * no other, or where no file can be read.
 */
export function refuseUnreadable({ moments, unreadable }: NoteIndex, text: string): void {
  const start = text.toLowerCase();
  const isMeant = (id: string | undefined): boolean => start !== '' && id?.startsWith(start) === true;
  const broken = moments.some(({ head }) => isMeant(head.id.toLowerCase()))
    ? undefined
    : unreadable.find(({ path }) => isMeant(anyName.exec(path)?.[1]));
  if (broken !== undefined)
    throw new Problem(broken.key, { path: broken.path, line: broken.line ?? 1, ...broken.params });
  const [first] = unreadable;
  // Of files that can't be read nobody knows which is the last.
  if (moments.length === 0 && first !== undefined)
    throw new Problem(first.key, { path: first.path, line: first.line ?? 1, ...first.params });
}

/** Throws a Problem (exit 2) for a moment that is kept apart: nothing leads from there to raising it. */
export function refuseKeptApart({ head: { id, status } }: NoteSummary): void {
  if (status === 'set-aside') {
    throw new Problem('cli.kept-apart', { id, argument: asArgument(id) }, { exit: Exit.misused });
  }
}

/**
 * Finds the moment of an id, as a draft or a file names it, to go on with it. Throws a Problem for one that
 * is unknown (exit 2), can't be read (exit 1) or is kept apart (exit 2).
 */
export function findInSight(index: NoteIndex, id: string): NoteSummary {
  refuseUnreadable(index, id);
  const found = findMoment(index.moments, id);
  refuseKeptApart(found);
  return found;
}

/** Finds several moments as `findInSight` does, in order. A moment that is named twice is there once. */
export function findAllInSight(index: NoteIndex, ids: readonly string[]): readonly NoteSummary[] {
  const found = ids.map(id => findInSight(index, id));
  return found.filter(({ path }, at) => found.findIndex(one => one.path === path) === at);
}

/** Gives a moment's file, and those that carry its id as well. */
export function filesOf({ copies }: NoteIndex, { path, head: { id } }: NoteSummary): readonly NamedNote[] {
  return [{ id, path }, ...copies.filter(({ of }) => of === path).map(copy => ({ id, path: copy.path }))];
}

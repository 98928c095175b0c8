import { parseDay } from '../../core/dates/day.ts';
import { findMoment } from '../../core/search/find-note.ts';
import { asArgument } from '../../core/notes/id.ts';
import { Exit, Problem } from '../../errors.ts';
import type { NamedNote, NoteIndex, NoteSummary, Store } from '../../world/world.ts';

const noteFileName = /(?:^|\/)(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md(?:\.age)?$/;
// Matches placeholders of syncing programs too: `.2026-03-12-k3f9qa.md.icloud`.
const nameOrPlaceholder = /(?:^|\/)\.?\d{4}-\d\d-\d\d-([a-z0-9]{6})\.md(?:\.age)?(?:\.[a-z]+)?$/i;

/**
 * Returns the files of the notebook that can't be read as a note; those with the file name of a note have the
 * id and day from there. `path` is absolute, `relativePath` relative to the folder.
 */
export function brokenFiles(
  { folder }: Pick<Store, 'folder'>,
  { unreadable }: NoteIndex,
): readonly { readonly path: string; readonly relativePath: string; readonly moment?: NoteSummary }[] {
  return unreadable.flatMap(({ path: relativePath, key }) => {
    const [, dayText = '', id = ''] = noteFileName.exec(relativePath) ?? [];
    const session = parseDay(dayText);
    const path = `${folder}/${relativePath}`;
    // Links, folders, files that are not downloaded and folders that can't be read are not ours to touch.
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
      return [
        { path, relativePath, moment: { path, head: { id, session, kinds: [], feelings: [], keys: {} } } },
      ];
    return key.split('.')[1]?.startsWith('read-') === true ? [] : [{ path, relativePath }];
  });
}

/**
 * Throws the Problem (exit 1) of an unreadable file if its id, and no readable note's, begins with `text`, or
 * if no file is readable.
 */
export function refuseUnreadable({ moments, unreadable }: NoteIndex, text: string): void {
  const start = text.toLowerCase();
  const hasStart = (id: string | undefined): boolean => start !== '' && id?.startsWith(start) === true;
  const broken = moments.some(({ head }) => hasStart(head.id.toLowerCase()))
    ? undefined
    : unreadable.find(({ path }) => hasStart(nameOrPlaceholder.exec(path)?.[1]));
  if (broken !== undefined)
    throw new Problem(broken.key, { path: broken.path, line: broken.line ?? 1, ...broken.params });
  const [first] = unreadable;
  // Which of several unreadable files is the last is not known.
  if (moments.length === 0 && first !== undefined)
    throw new Problem(first.key, { path: first.path, line: first.line ?? 1, ...first.params });
}

/** Throws a Problem (exit 2) for a note that is set aside: nothing leads from there to raising it. */
export function refuseKeptApart({ head: { id, status } }: NoteSummary): void {
  if (status === 'set-aside') {
    throw new Problem('cli.kept-apart', { id, argument: asArgument(id) }, { exit: Exit.misused });
  }
}

/**
 * Returns the note with an id, as a draft or a file names it. Throws a Problem if it is unknown (exit 2),
 * unreadable (exit 1) or set aside (exit 2).
 */
export function findVisible(index: NoteIndex, id: string): NoteSummary {
  refuseUnreadable(index, id);
  const found = findMoment(index.moments, id);
  refuseKeptApart(found);
  return found;
}

/** Returns several notes as `findVisible` does, in order, each once. */
export function findAllInSight(index: NoteIndex, ids: readonly string[]): readonly NoteSummary[] {
  const found = ids.map(id => findVisible(index, id));
  return found.filter(({ path }, at) => found.findIndex(other => other.path === path) === at);
}

/** Returns a note's file, and the other files that have its id. */
export function filesOf({ copies }: NoteIndex, { path, head: { id } }: NoteSummary): readonly NamedNote[] {
  return [{ id, path }, ...copies.filter(({ of }) => of === path).map(copy => ({ id, path: copy.path }))];
}

import { basename, dirname, join } from 'node:path';
import type { SlowReader } from '../format/front-matter.ts';
import { noteInside, toldInside } from '../fs/relative-path.ts';
import type { Journal } from './undo-log.ts';
import type { Locked } from '../fs/lock.ts';
import { markOf } from '../fs/fingerprint.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { reviseText } from '../format/revise-text.ts';
import type { Writer } from '../fs/write-file.ts';
import { clearName } from '../fs/encrypted-name.ts';
import type { Texts } from '../encryption/encrypted-files.ts';
import type { TrashFolder } from './trash.ts';

export interface RestoreCopyNeeds {
  readonly folder: string;
  readonly journal: Journal;
  readonly trash: TrashFolder;
  readonly texts: Texts;
  readonly writer: Writer;
  readonly locked: Locked;
  readonly openSlow: () => Promise<SlowReader>;
}

/**
 * Adds what lies in the trash under `name` as a note of its own with the id `id`, beside the note that it
 * was, and gives its path. Then it is taken from the trash. Undo knows of it. Throws a Problem where its text
 * can't be read, its id can't be changed or the new name is taken.
 */
export async function restoreCopy(needs: RestoreCopyNeeds, name: string, id: string): Promise<string> {
  const { folder, journal, trash, texts, writer, locked, openSlow } = needs;
  const item = trash.list().find(one => one.name === name);
  const home = item && noteInside(folder, item.path);
  if (item === undefined || home === undefined) throw new Error('nothing of that name is in the trash');
  const read = await texts.open(trash.pathOf(item));
  if (read.is === 'fault') throw problemOf(read.fault);
  const text = reviseText(read.text, { front: { id }, append: [] }, trash.pathOf(item), await openSlow());
  if (text === undefined) throw new Error('the YAML reader is never unsure');
  const clear = join(dirname(home), nameFor(clearName(basename(home)), item.id, id));
  return locked(async () => {
    const path = texts.placeFor(clear);
    const data = await texts.dataFor(path, text);
    journal.note([{ is: 'added', id, path: toldInside(folder, path), after: markOf(data) }]);
    if (!writer.add(path, data)) throw problemOf(fault('storage.name-taken', { path }));
    trash.erase([item]);
    return path;
  });
}

/**
 * The file name with the new id in the place of the old one; behind the name where the old one is not in it.
 */
function nameFor(name: string, old: string, id: string): string {
  return name.includes(old) ? name.replace(old, id) : `${name.replace(/\.md$/, '')}-${id}.md`;
}

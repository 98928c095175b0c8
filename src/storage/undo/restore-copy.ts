import { basename, dirname, join } from 'node:path';
import type { YamlReader } from '../format/front-matter.ts';
import { noteInside, relativePath } from '../fs/relative-path.ts';
import type { UndoLog } from './undo-log.ts';
import type { Locked } from '../fs/lock.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { reviseText } from '../format/revise-text.ts';
import type { Writer } from '../fs/write-file.ts';
import { plaintextName } from '../fs/encrypted-name.ts';
import type { EncryptedFiles } from '../encryption/encrypted-files.ts';
import type { TrashFolder } from './trash.ts';

export interface RestoreCopyNeeds {
  readonly folder: string;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  readonly texts: EncryptedFiles;
  readonly writer: Writer;
  readonly locked: Locked;
  readonly loadYamlReader: () => Promise<YamlReader>;
}

/**
 * Restores the trash item `name` as a separate note with the id `id`, in the folder of the original. Returns
 * the absolute path of the new note, removes the item from the trash and records the new note for undo.
 * Throws a Problem if the text can't be read, the id can't be changed or the new file name is taken.
 */
export async function restoreCopy(needs: RestoreCopyNeeds, name: string, id: string): Promise<string> {
  const { folder, undoLog, trash, texts, writer, locked, loadYamlReader } = needs;
  const item = trash.list().find(candidate => candidate.name === name);
  const home = item && noteInside(folder, item.path);
  if (item === undefined || home === undefined) throw new Error('nothing of that name is in the trash');
  const read = await texts.read(trash.pathOf(item));
  if (read.is === 'fault') throw problemOf(read.fault);
  const text = reviseText(
    read.text,
    { front: { id }, append: [] },
    trash.pathOf(item),
    await loadYamlReader(),
  );
  if (text === undefined) throw new Error('the YAML reader is never unsure');
  const plaintextPath = join(dirname(home), nameFor(plaintextName(basename(home)), item.id, id));
  return locked(async () => {
    const path = texts.placeFor(plaintextPath);
    const data = await texts.dataFor(path, text);
    undoLog.record([{ is: 'added', id, path: relativePath(folder, path), after: contentFingerprint(data) }]);
    if (!writer.add(path, data)) throw problemOf(fault('storage.name-taken', { path }));
    trash.erase([item]);
    return path;
  });
}

/**
 * Returns the file name with the new id in place of the old one, or with the new id appended if the name does
 * not contain the old one.
 */
function nameFor(name: string, oldId: string, id: string): string {
  return name.includes(oldId) ? name.replace(oldId, id) : `${name.replace(/\.md$/, '')}-${id}.md`;
}

import { closeSync, lstatSync, openSync, statSync, writeSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { FolderRegistry } from './folder-registry.ts';
import { unlinkRetrying } from '../fs/retry-busy.ts';
import { codeOf, fault, problemOf, readFault, writeProblem } from '../fs/problems.ts';
import { removeIgnoringErrors } from '../fs/ignore-errors.ts';
import type { Writer } from '../fs/write-file.ts';

export interface PrepareFolderNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  /** The user's id; undefined on Windows. */
  readonly uid: number | undefined;
  readonly pid: number;
  readonly writer: Writer;
  readonly known: FolderRegistry;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
}

/**
 * Returns whether the folder of the notes exists. Throws a Problem when it is missing although this machine
 * has used it before, when it is not a folder, or when it belongs to another account (checked only with
 * `uid`).
 */
export function checkFolder({
  folder,
  uid,
  known,
}: Pick<PrepareFolderNeeds, 'folder' | 'known'> & { readonly uid?: number }): boolean {
  const stat = statOf(folder);
  if (stat === undefined) {
    if (known.has(folder)) throw problemOf(fault('storage.folder-gone', { folder }));
    return false;
  }
  if (!stat.isDirectory()) throw problemOf(fault('storage.folder-is-file', { folder }));
  if (uid !== undefined && stat.uid !== uid) throw problemOf(fault('storage.folder-of-other', { folder }));
  return true;
}

/**
 * Makes the folder and its `.rupture` if they are missing, checks by writing a file that both are writable,
 * and records the folder in the registry. Throws a Problem as `checkFolder` does, or when writing fails.
 */
export async function prepareFolder(needs: PrepareFolderNeeds): Promise<void> {
  const { folder, uid, pid, writer, known, windows = false } = needs;
  const own = join(folder, '.rupture');
  checkFolder({ folder, uid, known });
  writer.makeFolder(folder);
  writer.makeFolder(own);
  probe(join(folder, `.probe-${pid}`), folder, windows);
  probe(join(own, `.probe-${pid}`), own, windows);
  await known.record(folder);
}

/** Writes and removes a file of one byte: only a write shows a full disk, a quota or a read-only mount. */
function probe(path: string, shownPath: string, windows: boolean): void {
  let handle: number | undefined;
  try {
    removeOldProbe(path, windows);
    // `wx` never follows a link and never overwrites a file.
    handle = openSync(path, 'wx', 0o600);
    writeSync(handle, '.');
  } catch (error) {
    if (handle !== undefined) removeIgnoringErrors(path);
    if (codeOf(error) === 'EEXIST') throw problemOf(fault('storage.name-taken', { path }), { cause: error });
    throw writeProblem(shownPath, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
  try {
    unlinkRetrying(path, windows);
  } catch (error) {
    throw writeProblem(shownPath, error);
  }
}

/** Removes the probe of a killed run with the same PID: a file of at most one byte. */
function removeOldProbe(path: string, windows: boolean): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() === true && stat.size <= 1) unlinkRetrying(path, windows);
}

function statOf(folder: string): Stats | undefined {
  try {
    return statSync(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') throw problemOf(fault('storage.folder-is-file', { folder }), { cause: error });
    throw problemOf(readFault(folder, error), { cause: error });
  }
}

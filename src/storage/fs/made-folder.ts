import { fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors } from './ignore-errors.ts';

const noFolderSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Syncs a folder, so that the names in it survive a power cut. Throws a Problem that names `path`. Does
 * nothing on Windows, where folders can't be synced.
 */
export function syncFolder(folder: string, path: string, windows: boolean): void {
  if (windows) return;
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined && noFolderSync.has(code)) return;
    throw problemOf(fault('storage.saved-unsure', { path }), { cause: error });
  } finally {
    if (handle !== undefined) closeIgnoringErrors(handle);
  }
}

/**
 * Makes a folder and its missing parents with mode 0700 and syncs them. Does nothing when the folder exists.
 * Throws a Problem.
 */
export function makeFolder(path: string, windows: boolean): void {
  // One level at a time: on a read-only disk Node's recursive mkdir reports a missing folder.
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    // For the root of a drive Windows reports EPERM instead of EEXIST.
    if ((code === 'EEXIST' || (windows && code === 'EPERM')) && isFolder(path)) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw writeProblem(path, error);
    makeFolder(dirname(path), windows);
    makeFolder(path, windows);
    return;
  }
  syncFolder(dirname(path), path, windows);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

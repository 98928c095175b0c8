import { fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors } from './ignore-errors.ts';

const noFolderSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Makes sure that the names in a folder would survive a power cut; `path` is what a Problem names. Does
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

/** Makes a folder and its parents with mode 0700 and syncs them; nothing when it is there. */
export function makeFolder(path: string, windows: boolean): void {
  // Step by step: Node's recursive mkdir calls a read-only disk a missing folder.
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    // Windows does not say of a drive that it exists, but that it may not be made.
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

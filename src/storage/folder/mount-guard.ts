import { statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { FolderRegistry } from './folder-registry.ts';
import { codeOf, fault, problemOf, readFault } from '../fs/problems.ts';

/**
 * Returns a check to call before each write. It throws a Problem when the folder is missing, or when it is
 * not the same folder as on the first call and has no `.rupture` (a mount point without its disk, or a new
 * folder in place of one that was moved). It makes nothing.
 */
export function openMountGuard(folder: string, registry: FolderRegistry): () => void {
  let first: BigIntStats | undefined;
  return () => {
    const now = statOf(folder);
    if (now === undefined)
      throw problemOf(
        first !== undefined || registry.has(folder)
          ? fault('storage.folder-gone', { folder })
          : fault('storage.write-gone', { path: folder }),
      );
    // Network disks and some USB sticks change a folder's inode number at times, but keep its `.rupture`.
    if (
      first !== undefined &&
      (now.dev !== first.dev || now.ino !== first.ino) &&
      statOf(join(folder, '.rupture')) === undefined
    )
      throw problemOf(fault('storage.folder-gone', { folder }));
    first = now;
  };
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw problemOf(readFault(path, error), { cause: error });
  }
}

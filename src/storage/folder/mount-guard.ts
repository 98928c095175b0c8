import { statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { FolderRegistry } from './folder-registry.ts';
import { codeOf, fault, problemOf, readFault } from '../fs/problems.ts';

/**
 * Gives what is called before anything is written: it throws a Problem when the folder is not there, or is
 * another one than it was at first and has nothing of ours in it (a mount point without its disk, a new
 * folder in the place of one that was moved). It makes nothing.
 */
export function openMountGuard(folder: string, known: FolderRegistry): () => void {
  let first: BigIntStats | undefined;
  return () => {
    const now = statOf(folder);
    if (now === undefined)
      throw problemOf(
        first !== undefined || known.has(folder)
          ? fault('storage.folder-gone', { folder })
          : fault('storage.write-gone', { path: folder }),
      );
    // Network disks and some sticks give a folder a new number at times; what we made in it is still there
    // then.
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

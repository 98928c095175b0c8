import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';

/** The folders that the program keeps in `.rupture`. */
const parts = ['drafts', 'trash', 'undo', 'kept', 'editor'];

/**
 * Lists what stands where the program's own folders belong and is not a folder: `.rupture` and the folders
 * in it. A link to a folder counts, because whatever lies behind it belongs to something else. `folder` is
 * the folder of the notes; the faults name absolute paths.
 */
export function findForeignFolders(folder: string): readonly StorageFault[] {
  const own = join(folder, '.rupture');
  const found = foreignFault(own);
  if (found !== undefined) return [found];
  return parts.flatMap(name => foreignFault(join(own, name)) ?? []);
}

/**
 * Throws a Problem for the first path that `findForeignFolders` lists. Called before anything in `.rupture`
 * is read, written or removed.
 */
export function refuseForeignFolders(folder: string): void {
  const [found] = findForeignFolders(folder);
  if (found !== undefined) throw problemOf(found);
}

/** Throws a Problem where `path` is a link or anything else that is no folder; not where nothing is there. */
export function refuseForeignFolder(path: string): void {
  const found = foreignFault(path);
  if (found !== undefined) throw problemOf(found);
}

/** Whether `path` is a folder, and not a link to one. False where nothing can be found out. */
export function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Lists the names in one of the folders in `.rupture`, sorted. Empty where the folder is missing or cannot
 * be read, and where it or `.rupture` is a link: nothing behind a link is the program's.
 */
export function namesInOwnFolder(path: string): readonly string[] {
  if (!isRealFolder(dirname(path)) || !isRealFolder(path)) return [];
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

function foreignFault(path: string): StorageFault | undefined {
  try {
    const stat = lstatSync(path);
    if (stat.isDirectory()) return undefined;
    if (stat.isSymbolicLink()) return fault('storage.own-link', { path });
    return fault('storage.own-not-folder', { path });
  } catch {
    // Missing, or closed to this account: then nothing is read or written there either.
    return undefined;
  }
}

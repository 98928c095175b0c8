import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';

/** The names of the program's folders in `.rupture`. */
const ownFolderNames = ['drafts', 'trash', 'undo', 'kept', 'editor'];

/**
 * Returns a fault for each of the program's own folders, `.rupture` and the folders in it, whose path
 * exists and is not a folder. A link to a folder counts too, because its target is not the program's.
 * `folder` is the folder of the notes, absolute; the faults name absolute paths.
 */
export function findForeignFolders(folder: string): readonly StorageFault[] {
  const own = join(folder, '.rupture');
  const found = foreignFault(own);
  if (found !== undefined) return [found];
  return ownFolderNames.flatMap(name => foreignFault(join(own, name)) ?? []);
}

/**
 * Throws a Problem for the first fault of `findForeignFolders`. To be called before anything in `.rupture` is
 * read, written or removed.
 */
export function refuseForeignFolders(folder: string): void {
  const [found] = findForeignFolders(folder);
  if (found !== undefined) throw problemOf(found);
}

/** Throws a Problem if `path` exists and is a link or anything else but a folder. */
export function refuseForeignFolder(path: string): void {
  const found = foreignFault(path);
  if (found !== undefined) throw problemOf(found);
}

/** Whether `path` is a folder, and not a link to a folder. Returns false when that can't be found out. */
export function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Returns the sorted names in one of the folders in `.rupture`; `path` is absolute. Empty when the folder is
 * missing or unreadable, and when it or `.rupture` is a link: the target of a link is not the program's.
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
    // Missing, or not accessible to this account: then the program can't read or write there either.
    return undefined;
  }
}

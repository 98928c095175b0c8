import { lstatSync, mkdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { codeOf, fault, problemOf, writeProblem } from '../fs/problems.ts';

/**
 * A private folder in memory, never on a disk, for the texts of encrypted notes while an editor edits them.
 */
export interface InMemoryFolder {
  /**
   * Makes the folder (mode 0700) if it is missing and returns its absolute path. Throws a Problem when the
   * system has no folder in memory, or another account can use the folder.
   */
  readonly make: () => string;
  /**
   * Returns the absolute paths where the folder may be, including those of earlier versions, which did not
   * check the file system. Empty when the system has no such place.
   */
  readonly places: () => readonly string[];
}

export interface InMemoryFolderNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's id; undefined on Windows. */
  readonly uid: number | undefined;
  /** As in `process.platform`. */
  readonly platform: string;
}

/** Every account can write here, so a folder in it must be checked to belong to this account alone. */
const sharedMemory = '/dev/shm';
/**
 * Linux's numbers for the file systems in memory, tmpfs and ramfs. Checked because a path proves nothing:
 * `/dev/shm` or XDG_RUNTIME_DIR may be on a disk.
 */
const memoryFileSystems: readonly number[] = [0x01021994, 0x858458f6];

/** Opens the folder in memory. Makes nothing until `make` is called. */
export function openInMemoryFolder({ folder, env, uid, platform }: InMemoryFolderNeeds): InMemoryFolder {
  // macOS and Windows have no folder in memory, even if XDG_RUNTIME_DIR is set.
  const parents = platform === 'linux' ? [env['XDG_RUNTIME_DIR'], sharedMemory] : [];
  const placesIn = (isUsable: (parent: string) => boolean): readonly string[] =>
    parents
      .flatMap(parent => (parent === undefined || parent === '' ? [] : [parent]))
      .filter(isUsable)
      .map(parent => join(parent, `rupture-${uid ?? 0}-${contentFingerprint(folder)}`));
  return {
    places: () => placesIn(isFolder),
    make: () => {
      const [path] = placesIn(parent => isFolder(parent) && isInMemory(parent));
      if (path === undefined) throw problemOf(fault('storage.no-memory', {}));
      try {
        mkdirSync(path, { mode: 0o700 });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw writeProblem(path, error);
      }
      const stat = lstatSync(path);
      if (!stat.isDirectory() || (uid !== undefined && stat.uid !== uid) || (stat.mode & 0o077) !== 0)
        throw problemOf(fault('storage.memory-not-ours', { path }));
      return path;
    },
  };
}

function isInMemory(path: string): boolean {
  try {
    // `>>> 0` makes it unsigned: a 32-bit system may return the second number as a negative one.
    return memoryFileSystems.includes(statfsSync(path).type >>> 0);
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

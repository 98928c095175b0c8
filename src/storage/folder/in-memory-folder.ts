import { lstatSync, mkdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { codeOf, fault, problemOf, writeProblem } from '../fs/problems.ts';

/** A private folder that is never on a disk, for texts of one folder of notes while an editor has them. */
export interface InMemoryFolder {
  /** Makes it and gives its path. Throws a Problem when there is no such place, or it is not ours alone. */
  readonly make: () => string;
  /**
   * Where it may lie, or was put by an earlier version that did not look at the file system. Empty where
   * there is no such place.
   */
  readonly places: () => readonly string[];
}

export interface InMemoryFolderNeeds {
  /** The folder of the notes. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  /** As in `process.platform`. */
  readonly platform: string;
}

/** A folder for everybody, so the folder made in it has to belong to this account alone. */
const common = '/dev/shm';
/**
 * The numbers by which Linux names the file systems that are kept in memory: tmpfs and ramfs. A name
 * promises nothing: either folder may lie on a disk.
 */
const inMemory: readonly number[] = [0x01021994, 0x858458f6];

/** Opens the place in memory. Nothing is made before it is asked for. */
export function openInMemoryFolder({ folder, env, uid, platform }: InMemoryFolderNeeds): InMemoryFolder {
  // macOS and Windows keep no folder in memory, even where somebody sets XDG_RUNTIME_DIR there.
  const parents = platform === 'linux' ? [env['XDG_RUNTIME_DIR'], common] : [];
  const placesIn = (isMeant: (parent: string) => boolean): readonly string[] =>
    parents
      .flatMap(parent => (parent === undefined || parent === '' ? [] : [parent]))
      .filter(isMeant)
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
    // Unsigned, as a 32-bit system may give the second number as a negative one.
    return inMemory.includes(statfsSync(path).type >>> 0);
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

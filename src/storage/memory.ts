import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { markOf } from './mark.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';

/** A private folder that is never on a disk, for texts of one folder of notes while an editor has them. */
export interface Memory {
  /** Makes it and gives its path. Throws a Problem when there is no such place, or it is not ours alone. */
  readonly make: () => string;
  /** Where it would lie; none where there is no such place. */
  readonly places: () => readonly string[];
}

export interface MemoryNeeds {
  /** The folder of the notes. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  /** As in `process.platform`. */
  readonly platform: string;
}

// What Linux keeps in memory: that of the person's session, then that of everybody, in which ours has to be our own. macOS and Windows have no such place,
// and where somebody sets XDG_RUNTIME_DIR there, it lies on the disk.
const common = '/dev/shm';

/** Opens the place in memory. Nothing is made before it is asked for. */
export function openMemory({ folder, env, uid, platform }: MemoryNeeds): Memory {
  const session = env['XDG_RUNTIME_DIR'];
  const places = (): readonly string[] => (platform === 'linux' ? [session, common] : []).flatMap((place) => (place !== undefined && place !== '' && isFolder(place) ? [join(place, `rupture-${uid ?? 0}-${markOf(folder)}`)] : []));
  return {
    places,
    make: () => {
      const [path] = places();
      if (path === undefined) throw problemOf(fault('storage.no-memory', {}));
      try {
        mkdirSync(path, { mode: 0o700 });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw writeProblem(path, error);
      }
      const stat = lstatSync(path);
      if (!stat.isDirectory() || (uid !== undefined && stat.uid !== uid) || (stat.mode & 0o077) !== 0) throw problemOf(fault('storage.memory-not-ours', { path }));
      return path;
    },
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

import { Exit } from '../../errors.ts';
import type { Locked } from '../fs/lock.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from './encrypted-files.ts';

/**
 * Runs work under the folder's lock that needs the content of files. Decrypts the files first without the
 * lock, because that may ask for the passphrase. Then takes the lock and reads the files again. If a file has
 * changed and this run lacks the key for it, releases the lock and starts over; `work` has not run by then.
 */
export interface LockedReading {
  /**
   * Calls `list` without the lock and again under it; passes `work` the content of each listed file by its
   * absolute path. Throws a Problem (exit 5) when the keys change again and again.
   */
  readonly files: <T>(
    list: () => readonly string[],
    work: (found: ReadonlyMap<string, ReadData>) => T | Promise<T>,
  ) => Promise<T>;
  /** The same for a single file, whose path `locate` returns. */
  readonly file: <T>(
    locate: () => string,
    work: (path: string, content: ReadData) => T | Promise<T>,
  ) => Promise<T>;
}

export interface LockedReadingNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  readonly texts: Pick<EncryptedFiles, 'read' | 'readWithoutAsking'>;
  readonly locked: Locked;
  /** Throws a Problem when the folder must not be read. Called before encrypted files are read. */
  readonly check: () => void;
}

/** Starting over this often means that other commands replaced the keys each time. */
const maxTries = 20;

/** Opens the reading under the lock of a folder. */
export function openLockedReading({ folder, texts, locked, check }: LockedReadingNeeds): LockedReading {
  const readAll = async (paths: readonly string[]): Promise<ReadonlyMap<string, ReadData> | undefined> => {
    const found = new Map<string, ReadData>();
    for (const path of paths) {
      const read = await texts.readWithoutAsking(path);
      if (read.is === 'locked') return undefined;
      found.set(path, read);
    }
    return found;
  };
  const files: LockedReading['files'] = async (list, work) => {
    for (let tries = 0; tries < maxTries; tries++) {
      const encrypted = list().filter(isEncryptedName);
      if (encrypted.length > 0) check();
      for (const path of encrypted) await texts.read(path);
      const outcome = await locked(async () => {
        const found = await readAll(list());
        return found === undefined ? undefined : { result: await work(found) };
      });
      if (outcome !== undefined) return outcome.result;
    }
    throw problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
  };
  return {
    files,
    file: (locate, work) =>
      files(
        () => [locate()],
        found => {
          const [entry] = found;
          if (entry === undefined) throw new Error('one path was listed');
          return work(...entry);
        },
      ),
  };
}

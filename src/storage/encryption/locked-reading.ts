import { Exit } from '../../errors.ts';
import type { Locked } from '../fs/lock.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from './encrypted-files.ts';

/**
 * Works under the lock with what files hold. Encrypted files are decrypted before the lock is taken, where a
 * person may be asked for the passphrase. Under the lock all are read again: one that changed meanwhile is
 * decrypted there if the keys are at hand; else the lock is released, and all of it begins again before any
 * work was done.
 */
export interface LockedReading {
  /** `list` is called again under the lock; `work` gets what lies at each of its paths. */
  readonly files: <T>(
    list: () => readonly string[],
    work: (found: ReadonlyMap<string, ReadData>) => T | Promise<T>,
  ) => Promise<T>;
  /** The same for one file. */
  readonly file: <T>(
    locate: () => string,
    work: (path: string, there: ReadData) => T | Promise<T>,
  ) => Promise<T>;
}

export interface LockedReadingNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  readonly texts: Pick<EncryptedFiles, 'read' | 'readAtOnce'>;
  readonly locked: Locked;
  /** Throws a Problem where nothing below the folder may be read. */
  readonly check: () => void;
}

/** Another command would have to replace the keys this often, each time just before the lock is taken. */
const mostTries = 20;

export function openLockedReading({ folder, texts, locked, check }: LockedReadingNeeds): LockedReading {
  const readAll = async (paths: readonly string[]): Promise<ReadonlyMap<string, ReadData> | undefined> => {
    const found = new Map<string, ReadData>();
    for (const path of paths) {
      const read = await texts.readAtOnce(path);
      if (read.is === 'locked') return undefined;
      found.set(path, read);
    }
    return found;
  };
  const files: LockedReading['files'] = async (list, work) => {
    for (let tries = 0; tries < mostTries; tries++) {
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

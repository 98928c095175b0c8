import type { Tick, ConversionResult } from '../../world/world.ts';
import { encryptFile, reencryptFile, versionOf, type ConvertNeeds } from './convert-files.ts';
import { relativePath } from '../fs/relative-path.ts';
import { fault, type StorageFault } from '../fs/problems.ts';
import { listPlaintextFiles, listEncryptedFiles } from './list-plaintext-files.ts';
import { isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import { unreadableOf } from '../notebook/note-index.ts';

export interface ConvertAllNeeds extends Pick<ConvertNeeds, 'change'> {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  readonly tick: Tick;
  /** Returns the absolute paths of the files that still have to be converted. */
  readonly list: () => readonly string[];
  /** Converts one file. Returns a fault when that fails. */
  readonly convert: (path: string) => Promise<StorageFault | undefined>;
  /** Called when no file is left to convert, under the lock under which that was checked. */
  readonly finish: () => void | Promise<void>;
}

/**
 * How many times one file is tried. A file whose name is not UTF-8 is listed but can't be opened, so without
 * this limit the loop would never end.
 */
const maxTries = 1000;

/**
 * Converts files in rounds, because other commands may write new files at the same time. Ends when, under the
 * lock, only files that failed are left. Returns the number of converted files and the files that are left.
 * Leaves out a failed file that is no longer listed at the end.
 */
export async function convertAll({
  folder,
  change,
  tick,
  list,
  convert,
  finish,
}: ConvertAllNeeds): Promise<ConversionResult> {
  const failed = new Map<string, StorageFault>();
  const tries = new Map<string, number>();
  const done = new Set<string>();
  for (;;) {
    const paths = list().filter(path => !failed.has(path));
    for (const [at, path] of paths.entries()) {
      tick(at, paths.length);
      const count = (tries.get(path) ?? 0) + 1;
      tries.set(path, count);
      const problem = count > maxTries ? fault('storage.keeps-changing', { path }) : await convert(path);
      if (problem === undefined) done.add(encryptedName(path));
      else failed.set(path, problem);
    }
    const remaining = await change(async () => {
      const listed = list();
      if (listed.some(path => !failed.has(path))) return undefined;
      if (listed.length === 0) await finish();
      return listed;
    });
    if (remaining === undefined) continue;
    return { done: done.size, left: remaining.flatMap(path => unreadableFor(path)) };
  }

  function unreadableFor(path: string): ConversionResult['left'] {
    const problem = failed.get(path);
    return problem === undefined ? [] : [unreadableOf(relativePath(folder, path), problem)];
  }
}

export interface EncryptNeeds extends ConvertNeeds, Pick<ConvertAllNeeds, 'folder' | 'tick' | 'finish'> {
  /** Whether to check the encrypted files too, because some may be encrypted for an older key. */
  readonly includeEncrypted: boolean;
}

/** Encrypts all of the program's files that are not encrypted for the first key. */
export function encryptEverything({ includeEncrypted, ...needs }: EncryptNeeds): Promise<ConversionResult> {
  const { folder } = needs;
  // The version of each encrypted file that was found to be encrypted for the first key.
  const verified = new Map<string, string | undefined>();
  const isVerified = (path: string): boolean => verified.has(path) && verified.get(path) === versionOf(path);
  return convertAll({
    ...needs,
    list: () => [
      ...listPlaintextFiles(folder),
      ...(includeEncrypted ? listEncryptedFiles(folder).filter(path => !isVerified(path)) : []),
    ],
    convert: async path => {
      if (!isEncryptedName(path)) return encryptFile(needs, path);
      const version = versionOf(path);
      const problem = await reencryptFile(needs, path);
      // A file that was encrypted again has a new version; the next round checks it.
      if (problem === undefined && version === versionOf(path)) verified.set(path, version);
      return problem;
    },
  });
}

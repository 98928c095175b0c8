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
  /** The files that are left to convert, absolute. */
  readonly list: () => readonly string[];
  /** Converts one file; gives why not. */
  readonly convert: (path: string) => Promise<StorageFault | undefined>;
  /** Called once nothing is left, under the same lock under which that was seen. */
  readonly finish: () => void | Promise<void>;
}

/** A name that is listed and can't be opened (its bytes are no text) would be listed for ever. */
const mostTries = 1000;

/**
 * Converts files round by round, until with the lock held none is left but those that failed: other commands
 * may write new ones meanwhile. A file that failed and is gone at the end counts as converted.
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
      const found = count > mostTries ? fault('storage.keeps-changing', { path }) : await convert(path);
      if (found === undefined) done.add(encryptedName(path));
      else failed.set(path, found);
    }
    const left = await change(async () => {
      const still = list();
      if (still.some(path => !failed.has(path))) return undefined;
      if (still.length === 0) await finish();
      return still;
    });
    if (left === undefined) continue;
    return { done: done.size, left: left.flatMap(path => unreadableFor(path)) };
  }

  function unreadableFor(path: string): ConversionResult['left'] {
    const found = failed.get(path);
    return found === undefined ? [] : [unreadableOf(relativePath(folder, path), found)];
  }
}

export interface EncryptNeeds extends ConvertNeeds, Pick<ConvertAllNeeds, 'folder' | 'tick' | 'finish'> {
  /** Whether files that are encrypted already are looked at too: some may be encrypted for an older key. */
  readonly again: boolean;
}

/** Encrypts everything of ours that is not encrypted for the first key. */
export function encryptEverything({ again, ...needs }: EncryptNeeds): Promise<ConversionResult> {
  const { folder } = needs;
  // The version of each encrypted file that was read and opened with the first key.
  const verified = new Map<string, string | undefined>();
  const isVerified = (path: string): boolean => verified.has(path) && verified.get(path) === versionOf(path);
  return convertAll({
    ...needs,
    list: () => [
      ...listPlaintextFiles(folder),
      ...(again ? listEncryptedFiles(folder).filter(path => !isVerified(path)) : []),
    ],
    convert: async path => {
      if (!isEncryptedName(path)) return encryptFile(needs, path);
      const version = versionOf(path);
      const found = await reencryptFile(needs, path);
      // A file that was written again is read back in the next round.
      if (found === undefined && version === versionOf(path)) verified.set(path, version);
      return found;
    },
  });
}

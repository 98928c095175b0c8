import { decryptWithPassphrase, readIdentities, encryptWithPassphrase, type HeldKey } from './age.ts';
import { moveAll } from '../fs/move-files.ts';
import type { KeyFiles } from './key-files.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { removeIgnoringErrors } from '../fs/ignore-errors.ts';
import { isThere, tryReadBytes } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';

/** A new identity file, not written yet. */
export interface PreparedIdentity {
  readonly bytes: Uint8Array;
  readonly keys: readonly HeldKey[];
}

/**
 * Encrypts identities (`AGE-SECRET-KEY-…`) with a passphrase and checks in memory that the passphrase
 * decrypts them. Takes about two seconds, so callers do it before they take the lock. Scrypt's N is
 * 2^`cost`.
 */
export async function prepareIdentity(
  identities: readonly string[],
  passphrase: string,
  cost: number,
): Promise<PreparedIdentity> {
  const text = identities.map(identity => `${identity}\n`).join('');
  const bytes = await encryptWithPassphrase(text, passphrase, cost);
  const opened = await decryptWithPassphrase(bytes, passphrase);
  const keys =
    opened.is === 'bytes' && Buffer.from(opened.bytes).toString() === text
      ? await readIdentities(text)
      : undefined;
  if (keys === undefined) throw new Error('the new identity file does not open');
  return { bytes, keys };
}

/**
 * Writes a prepared identity file beside the current one and reads it back. Returns its path. Throws a
 * Problem when either fails.
 */
export function stageIdentity(identityPath: string, { bytes }: PreparedIdentity, writer: Writer): string {
  const staged = `${identityPath}.new`;
  writer.put(staged, bytes);
  const read = tryReadBytes(staged);
  if (read.is === 'fault') throw problemOf(read.fault);
  if (!read.bytes.equals(bytes)) throw problemOf(fault('storage.key-damaged', { path: staged }));
  return staged;
}

/**
 * Pins the first key of a folder and moves its identity file into place; never replaces an identity file.
 * Pins first, because a key that is in the folder without a pin would need `encrypt trust`. When a step
 * fails, restores the earlier pin and throws a Problem.
 */
export async function placeFirstKey(
  files: KeyFiles,
  prepared: PreparedIdentity,
  writer: Writer,
): Promise<void> {
  const [key] = prepared.keys;
  if (key === undefined) throw new Error('the new identity file holds no key');
  const { pinned } = files.state();
  const staged = stageIdentity(files.identityPath, prepared, writer);
  try {
    await files.pins.pin(key.recipient);
    const [skipped] = moveAll(writer, [{ from: staged, to: files.identityPath }]);
    if (skipped !== undefined) throw problemOf(fault('storage.name-taken', { path: files.identityPath }));
  } catch (error) {
    if (!isThere(files.identityPath)) await restorePin(files, pinned);
    removeIgnoringErrors(staged);
    throw error;
  }
}

async function restorePin(files: KeyFiles, pinned: string | undefined): Promise<void> {
  try {
    await files.pins.restore(pinned);
  } catch {
    // The caller reports the first error. `encrypt on` makes a new key if a pin has no key in the folder.
  }
}

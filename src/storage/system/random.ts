import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Gives random bytes that nobody can guess: those that the system keeps for everybody, or node:crypto's where
 * it keeps none. That takes longer to load than adding a note takes.
 */
export function readRandom(count: number, source = '/dev/urandom'): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(source, 'r');
    const bytes = new Uint8Array(count);
    // Anything else of this name holds what somebody wrote.
    if (fstatSync(file).isCharacterDevice() && readSync(file, bytes) === count) return bytes;
  } catch {
    // Windows has no such file, and a small container may have none.
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return randomBytes(count);
}

/**
 * Tells locks apart. Taken from the system even where a test hands in its own chance: how often a lock is
 * taken must not decide which ids come next.
 */
export function lockRandom(count: number): Uint8Array {
  return readRandom(count);
}

import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Returns `count` cryptographically secure random bytes: from the device `source`, or from node:crypto where
 * there is no such device.
 */
export function readRandom(count: number, source = '/dev/urandom'): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(source, 'r');
    const bytes = new Uint8Array(count);
    // A regular file with this name would not contain random bytes.
    if (fstatSync(file).isCharacterDevice() && readSync(file, bytes) === count) return bytes;
  } catch {
    // Windows has no such device, and a small container may have none.
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return randomBytes(count);
}

/**
 * Returns random bytes for the text of a lock. Always from the system, even if a test passes its own random
 * source: the number of locks taken must not change which note ids come next.
 */
export function lockRandom(count: number): Uint8Array {
  return readRandom(count);
}

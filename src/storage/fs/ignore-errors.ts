import { closeSync } from 'node:fs';
import { unlinkRetrying } from './retry-busy.ts';

/** Removes a file after something failed. Ignores errors, so that the caller reports the first failure. */
export function removeIgnoringErrors(path: string, windows = false): void {
  try {
    unlinkRetrying(path, windows);
  } catch {
    // The caller reports the first error.
  }
}

/** Closes a file after something failed. Ignores errors, so that the caller reports the first failure. */
export function closeIgnoringErrors(handle: number): void {
  try {
    closeSync(handle);
  } catch {
    // The caller reports the first error.
  }
}

import { closeSync } from 'node:fs';
import { unlinkPatiently } from './retry-busy.ts';

/** Removes a file after something went wrong with it: the first error is the one to tell. */
export function removeQuietly(path: string, windows = false): void {
  try {
    unlinkPatiently(path, windows);
  } catch {
    // As above.
  }
}

/** Closes a file after something went wrong with it. */
export function closeQuietly(handle: number): void {
  try {
    closeSync(handle);
  } catch {
    // As above.
  }
}

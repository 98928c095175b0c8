import { closeSync } from 'node:fs';
import { unlinkRetrying } from './retry-busy.ts';

/** Removes a file after something went wrong with it: the first error is the one to tell. */
export function removeIgnoringErrors(path: string, windows = false): void {
  try {
    unlinkRetrying(path, windows);
  } catch {
    // As above.
  }
}

/** Closes a file after something went wrong with it. */
export function closeIgnoringErrors(handle: number): void {
  try {
    closeSync(handle);
  } catch {
    // As above.
  }
}

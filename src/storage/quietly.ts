import { closeSync, unlinkSync } from 'node:fs';

/** Removes a file after something went wrong with it: the first error is the one to tell. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
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

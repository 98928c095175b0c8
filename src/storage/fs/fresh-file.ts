import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { codeOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors, removeIgnoringErrors } from './ignore-errors.ts';

/** What lies in a file: a text, or bytes where it is sealed. */
export type Data = string | Uint8Array;

/**
 * Writes and syncs a file that must not exist yet; on an error nothing is left and the Problem names `path`.
 */
export function writeFresh(temp: string, data: Data, path: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(temp, 'wx', 0o600);
    const length = writeAll(handle, data);
    if (fstatSync(handle).size !== length) throw full();
    fsyncSync(handle);
    const open = handle;
    handle = undefined;
    closeSync(open);
  } catch (error) {
    if (handle !== undefined) closeIgnoringErrors(handle);
    if (codeOf(error) !== 'EEXIST') removeIgnoringErrors(temp);
    throw writeProblem(path, error);
  }
}

/** Writes all of `data` and gives its length in bytes. */
export function writeAll(handle: number, data: Data): number {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  for (let at = 0; at < bytes.length;) {
    const count = writeSync(handle, bytes, at, bytes.length - at);
    if (count === 0) throw full();
    at += count;
  }
  return bytes.length;
}

/** The error of a disk that took less than it was given. */
function full(): Error {
  return Object.assign(new Error('short write'), { code: 'ENOSPC' });
}

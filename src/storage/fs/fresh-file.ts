import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { codeOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors, removeIgnoringErrors } from './ignore-errors.ts';

/** The content of a file: a string for plaintext (written as UTF-8), bytes for an encrypted file. */
export type Data = string | Uint8Array;

/**
 * Writes and syncs the file `temp`, which must not exist yet. On an error removes it again and throws a
 * Problem that names `path`.
 */
export function writeFresh(temp: string, data: Data, path: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(temp, 'wx', 0o600);
    const length = writeAll(handle, data);
    if (fstatSync(handle).size !== length) throw diskFullError();
    fsyncSync(handle);
    const openHandle = handle;
    handle = undefined;
    closeSync(openHandle);
  } catch (error) {
    if (handle !== undefined) closeIgnoringErrors(handle);
    if (codeOf(error) !== 'EEXIST') removeIgnoringErrors(temp);
    throw writeProblem(path, error);
  }
}

/** Writes all of `data` to an open file. Returns its length in bytes. */
export function writeAll(handle: number, data: Data): number {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  for (let at = 0; at < bytes.length;) {
    const count = writeSync(handle, bytes, at, bytes.length - at);
    if (count === 0) throw diskFullError();
    at += count;
  }
  return bytes.length;
}

/** Returns the error for a disk that wrote fewer bytes than it was given. */
function diskFullError(): Error {
  return Object.assign(new Error('short write'), { code: 'ENOSPC' });
}

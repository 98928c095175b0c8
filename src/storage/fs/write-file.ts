import { constants, fsyncSync, linkSync, openSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../errors.ts';
import { writeAll, writeFresh, type Data } from './fresh-file.ts';
import { makeFolder, syncFolder } from './made-folder.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors, removeIgnoringErrors } from './ignore-errors.ts';
import { renameRetrying, unlinkRetrying } from './retry-busy.ts';
import { readIfThere, encryptedLimit, tryReadBytes } from './read-file.ts';

export type { Data } from './fresh-file.ts';

/** The dependencies of the writer. */
export interface WriterNeeds {
  readonly pid: number;
  readonly random: (count: number) => Uint8Array;
  /** True on Windows, where a rename can fail while a file is busy, and folders can't be synced. */
  readonly windows?: boolean;
}

/**
 * Writes files atomically: each file is complete and on disk when the call returns, or unchanged. Throws a
 * Problem with the path and the reason. All paths are absolute.
 */
export interface Writer {
  /** Adds a file and makes its missing folders. Never overwrites: returns false when the name is taken. */
  readonly add: (path: string, data: Data) => boolean;
  /** Replaces a file if its content is still `before`. Returns false if it is not, or the file is missing. */
  readonly replace: (path: string, data: Data, before: Data) => boolean;
  /** Writes a file, over an existing file too, and makes its missing folders. */
  readonly put: (path: string, data: Data) => void;
  /**
   * Appends to a file. Makes a missing file (mode 0600) and its missing folders. The text is on disk when the
   * call returns, but a power cut may still lose the name of a new file.
   */
  readonly append: (path: string, text: string) => void;
  /** Removes a file. Returns false when there is none. */
  readonly remove: (path: string) => boolean;
  /** Renames a file atomically within a folder, over an existing file too. */
  readonly move: (from: string, to: string) => void;
  /** Makes a folder and its missing parents with mode 0700 and syncs them. Does nothing when it exists. */
  readonly makeFolder: (path: string) => void;
  /** Syncs a folder, so that the names in it survive a power cut. A Problem names `path`. */
  readonly syncFolder: (folder: string, path: string) => void;
}

/** The codes of `link` that mean that the file system has no hard links, or allows none here. */
const noLinks = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EMLINK',
  'UNKNOWN',
]);

/** Opens the writer through which every file is written. */
export function openWriter({ pid, random, windows = false }: WriterNeeds): Writer {
  const temp = (path: string): string =>
    join(
      dirname(path),
      `.${basename(path).slice(0, 60)}.${pid}-${Buffer.from(random(6)).toString('hex')}.tmp`,
    );
  return {
    add: (path, data) => {
      makeFolder(dirname(path), windows);
      return addFile(temp(path), data, path, windows);
    },
    put: (path, data) => {
      makeFolder(dirname(path), windows);
      const from = temp(path);
      writeFresh(from, data, path);
      renameOver(from, path, windows);
    },
    replace: (path, data, before) => {
      const from = temp(path);
      writeFresh(from, data, path);
      return replaceFile(from, path, before, windows);
    },
    append: (path, text) => {
      makeFolder(dirname(path), windows);
      appendText(path, text);
    },
    remove: path => removeFile(path, windows),
    move: (from, to) => moveFile(from, to, windows),
    makeFolder: path => makeFolder(path, windows),
    syncFolder: (folder, path) => syncFolder(folder, path, windows),
  };
}

/** Writes `data` to `temp` and gives that file the name `path`. Returns false when the name is taken. */
function addFile(temp: string, data: Data, path: string, windows: boolean): boolean {
  writeFresh(temp, data, path);
  let withoutLinks = false;
  try {
    linkSync(temp, path);
  } catch (error) {
    const code = codeOf(error);
    withoutLinks = code !== undefined && noLinks.has(code);
    if (!withoutLinks) removeIgnoringErrors(temp);
    if (code === 'EEXIST') return false;
    if (!withoutLinks) throw writeProblem(path, error);
  }
  if (withoutLinks) {
    if (!renameIntoNewName(temp, path, windows)) return false;
  } else {
    removeSecondName(temp, path, windows);
  }
  syncFolder(dirname(path), path, windows);
  return true;
}

/** Renames `temp` over a file whose content is still `before`. Returns false if it is not. */
function replaceFile(temp: string, path: string, before: Data, windows: boolean): boolean {
  try {
    // Checked as late as possible: only a change between this check and the rename goes unnoticed.
    if (!hasContent(path, before)) {
      removeIgnoringErrors(temp);
      return false;
    }
  } catch (error) {
    removeIgnoringErrors(temp);
    throw error;
  }
  renameOver(temp, path, windows);
  return true;
}

/**
 * The fallback without hard links: reserves the name with an empty file, then renames `temp` over it. Returns
 * false when the name is taken.
 */
function renameIntoNewName(temp: string, path: string, windows: boolean): boolean {
  try {
    writeFresh(path, '', path);
  } catch (error) {
    removeIgnoringErrors(temp);
    if (error instanceof Problem && codeOf(error.cause) === 'EEXIST') return false;
    throw error;
  }
  try {
    renameOver(temp, path, windows);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.size === 0) removeIgnoringErrors(path);
    throw error;
  }
  return true;
}

/** Renames `temp` to `path`, over an existing file too. Removes `temp` when that fails. */
function renameOver(temp: string, path: string, windows: boolean): void {
  try {
    moveFile(temp, path, windows);
  } catch (error) {
    removeIgnoringErrors(temp);
    throw error;
  }
}

function moveFile(from: string, to: string, windows: boolean): void {
  try {
    renameRetrying(from, to, windows);
  } catch (error) {
    throw writeProblem(to, error);
  }
  syncFolder(dirname(to), to, windows);
}

function appendText(path: string, text: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
      0o600,
    );
    writeAll(handle, text);
    fsyncSync(handle);
  } catch (error) {
    throw writeProblem(path, error);
  } finally {
    if (handle !== undefined) closeIgnoringErrors(handle);
  }
}

function removeFile(path: string, windows: boolean): boolean {
  try {
    unlinkRetrying(path, windows);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw writeProblem(path, error);
  }
  syncFolder(dirname(path), path, windows);
  return true;
}

function hasContent(path: string, before: Data): boolean {
  if (typeof before === 'string') return readIfThere(path) === before;
  const read = tryReadBytes(path, { limit: encryptedLimit });
  if (read.is === 'fault' && read.fault.key !== 'storage.read-missing') throw problemOf(read.fault);
  return read.is === 'bytes' && read.bytes.equals(before);
}

function removeSecondName(temp: string, path: string, windows: boolean): void {
  try {
    unlinkRetrying(temp, windows);
  } catch (error) {
    throw problemOf(fault('storage.saved-left-over', { path, temp }), { cause: error });
  }
}

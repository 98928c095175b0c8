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

/** What the one writer needs from outside. */
export interface WriterNeeds {
  readonly pid: number;
  readonly random: (count: number) => Uint8Array;
  /** True on Windows, where a rename can fail for a moment and folders can't be synced. */
  readonly windows?: boolean;
}

/**
 * Writes whole files or nothing; each is on disk when the call returns. Failures are Problems with the path
 * and the reason.
 */
export interface Writer {
  /** Adds a file, its folders too. False when the name is taken; never overwrites. */
  readonly add: (path: string, data: Data) => boolean;
  /** Puts `data` in the place of a file that still reads `before`. False when it reads otherwise. */
  readonly replace: (path: string, data: Data, before: Data) => boolean;
  /** Puts `data` at `path` whatever is there. */
  readonly put: (path: string, data: Data) => void;
  /**
   * Adds to the end of a file, which is made (0600) where it is not there, its folders too. The text is on
   * disk when it returns; the name of a new file need not be.
   */
  readonly append: (path: string, text: string) => void;
  /** Removes a file. False when there is none. */
  readonly remove: (path: string) => boolean;
  /** Renames within a folder, in one step. */
  readonly move: (from: string, to: string) => void;
  /** Makes a folder and its parents with mode 0700 and syncs them; nothing when it is there. */
  readonly makeFolder: (path: string) => void;
  /** Makes sure that the names in a folder would survive a power cut; `path` is what a Problem names. */
  readonly syncFolder: (folder: string, path: string) => void;
}

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

/** Opens the one writer. */
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

/** Writes `data` to `temp` and gives it the name `path`. False when the name is taken. */
function addFile(temp: string, data: Data, path: string, windows: boolean): boolean {
  writeFresh(temp, data, path);
  let direct = false;
  try {
    linkSync(temp, path);
  } catch (error) {
    const code = codeOf(error);
    direct = code !== undefined && noLinks.has(code);
    if (!direct) removeIgnoringErrors(temp);
    if (code === 'EEXIST') return false;
    if (!direct) throw writeProblem(path, error);
  }
  if (direct) {
    if (!takeName(temp, path, windows)) return false;
  } else {
    removeSecondName(temp, path, windows);
  }
  syncFolder(dirname(path), path, windows);
  return true;
}

/** Renames `temp` over a file that still reads `before`. False when it reads otherwise. */
function replaceFile(temp: string, path: string, before: Data, windows: boolean): boolean {
  try {
    // As late as possible: a change is missed only if it happens between this check and the rename.
    if (!stillReads(path, before)) {
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
 * For file systems without links: an empty file takes the name, then the whole file replaces it in one step.
 * False when the name is taken.
 */
function takeName(temp: string, path: string, windows: boolean): boolean {
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

/** Renames `temp` to `path`, whatever is there, and removes `temp` when that fails. */
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

function stillReads(path: string, before: Data): boolean {
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

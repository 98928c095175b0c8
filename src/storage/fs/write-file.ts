import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../errors.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { closeIgnoringErrors, removeIgnoringErrors } from './ignore-errors.ts';
import { renameRetrying, unlinkRetrying } from './retry-busy.ts';
import { readIfThere, encryptedLimit, tryReadBytes } from './read-file.ts';

/** What the one writer needs from outside. */
export interface WriterNeeds {
  readonly pid: number;
  readonly random: (count: number) => Uint8Array;
  /** True on Windows, where a rename can fail for a moment and folders can't be synced. */
  readonly windows?: boolean;
}

/** What lies in a file: a text, or bytes where it is sealed. */
export type Data = string | Uint8Array;

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
const noFolderSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Opens the one writer. */
export function openWriter({ pid, random, windows = false }: WriterNeeds): Writer {
  const tempFor = (path: string): string =>
    join(
      dirname(path),
      `.${basename(path).slice(0, 60)}.${pid}-${Buffer.from(random(6)).toString('hex')}.tmp`,
    );

  const add = (path: string, data: Data): boolean => {
    makeFolder(dirname(path));
    const temp = tempFor(path);
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
      if (!takeName(temp, path)) return false;
    } else {
      removeSecondName(temp, path, windows);
    }
    syncFolder(dirname(path), path);
    return true;
  };

  const put = (path: string, data: Data): void => {
    makeFolder(dirname(path));
    const temp = tempFor(path);
    writeFresh(temp, data, path);
    renameOver(temp, path);
  };

  const replace = (path: string, data: Data, before: Data): boolean => {
    const temp = tempFor(path);
    writeFresh(temp, data, path);
    try {
      // As late as can be: what is between this and the rename is the whole window in which a change would be
      // missed.
      if (!stillReads(path, before)) {
        removeIgnoringErrors(temp);
        return false;
      }
    } catch (error) {
      removeIgnoringErrors(temp);
      throw error;
    }
    renameOver(temp, path);
    return true;
  };

  /**
   * Where links are not known: an empty file takes the name, and the whole one its place in one step. False
   * when the name is taken.
   */
  const takeName = (temp: string, path: string): boolean => {
    try {
      writeFresh(path, '', path);
    } catch (error) {
      removeIgnoringErrors(temp);
      if (error instanceof Problem && codeOf(error.cause) === 'EEXIST') return false;
      throw error;
    }
    try {
      renameOver(temp, path);
    } catch (error) {
      if (statSync(path, { throwIfNoEntry: false })?.size === 0) removeIgnoringErrors(path);
      throw error;
    }
    return true;
  };

  const renameOver = (temp: string, path: string): void => {
    try {
      move(temp, path);
    } catch (error) {
      removeIgnoringErrors(temp);
      throw error;
    }
  };

  const move = (from: string, to: string): void => {
    try {
      renameRetrying(from, to, windows);
    } catch (error) {
      throw writeProblem(to, error);
    }
    syncFolder(dirname(to), to);
  };

  const append = (path: string, text: string): void => {
    makeFolder(dirname(path));
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
  };

  const remove = (path: string): boolean => {
    try {
      unlinkRetrying(path, windows);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw writeProblem(path, error);
    }
    syncFolder(dirname(path), path);
    return true;
  };

  const syncFolder = (folder: string, path: string): void => {
    if (windows) return;
    let handle: number | undefined;
    try {
      handle = openSync(folder, 'r');
      fsyncSync(handle);
    } catch (error) {
      const code = codeOf(error);
      if (code !== undefined && noFolderSync.has(code)) return;
      throw problemOf(fault('storage.saved-unsure', { path }), { cause: error });
    } finally {
      if (handle !== undefined) closeIgnoringErrors(handle);
    }
  };

  const makeFolder = (path: string): void => {
    // Step by step: Node's recursive mkdir calls a read-only disk a missing folder.
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      const code = codeOf(error);
      // Windows does not say of a drive that it exists, but that it may not be made.
      if ((code === 'EEXIST' || (windows && code === 'EPERM')) && isFolder(path)) return;
      if (code !== 'ENOENT' || dirname(path) === path) throw writeProblem(path, error);
      makeFolder(dirname(path));
      makeFolder(path);
      return;
    }
    syncFolder(dirname(path), path);
  };

  return { add, put, replace, append, remove, move, makeFolder, syncFolder };
}

/**
 * Writes and syncs a file that must not exist yet; on an error nothing is left and the Problem names `path`.
 */
function writeFresh(temp: string, data: Data, path: string): void {
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

/** Writes all of it and gives its length in bytes. */
function writeAll(handle: number, data: Data): number {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  for (let at = 0; at < bytes.length;) {
    const count = writeSync(handle, bytes, at, bytes.length - at);
    if (count === 0) throw full();
    at += count;
  }
  return bytes.length;
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

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function full(): Error {
  return Object.assign(new Error('short write'), { code: 'ENOSPC' });
}

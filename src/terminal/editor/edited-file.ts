import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Reads what an editor left. A pipe, a device, a socket, a folder or a link is never waited for and never
 * followed. Undefined when nothing is there.
 */
export function readBack(path: string): Buffer | 'not-a-file' | 'unreadable' | undefined {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return undefined;
  if (!there.isFile()) return 'not-a-file';
  let file: number | undefined;
  try {
    // Between the two calls something else may have taken the name.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    return fstatSync(file).isFile() ? readFileSync(file) : 'not-a-file';
  } catch {
    return 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Opens a file before an editor gets it. Gives what reads it afterwards as `readBack` does; where its folder
 * is gone by then, with what was saved into the file before that, if it is not what was `given`. To be called
 * once.
 */
export function openBefore(path: string, given: string, platform: string): () => ReturnType<typeof readBack> {
  const file = platform === 'win32' ? undefined : openIfThere(path);
  return () => {
    try {
      const bytes = readBack(path);
      const isGone = lstatSync(dirname(path), { throwIfNoEntry: false }) === undefined;
      if (bytes !== undefined || !isGone || file === undefined) return bytes;
      const saved = readFileSync(file);
      return saved.equals(Buffer.from(given)) ? undefined : saved;
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

/**
 * Gives the file that holds something other than what was given: the text's own, or what an editor saved
 * beside it when it was killed. A folder in the place of the text counts when anything is in it.
 */
export function writtenIn(folder: string, path: string, given: Buffer): string | undefined {
  if (isFilledFolder(path)) return path;
  const others = namesIn(folder)
    .map(name => join(folder, name))
    .filter(other => other !== path);
  return [path, ...others].find(file => {
    const bytes = readBack(file);
    if (typeof bytes === 'string' || bytes === undefined) return bytes === 'unreadable';
    return bytes.length > 0 && !bytes.equals(given);
  });
}

// Windows keeps a folder from being removed while a file in it is open, so it is not opened there.
function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder of the notes is gone, and everything in it.
    return [];
  }
}

function isFilledFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && namesIn(path).length > 0;
}

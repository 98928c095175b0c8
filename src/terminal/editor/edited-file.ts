import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Reads the file at `path` after an editor ended. Never waits for a pipe or a device and never follows a
 * link: returns `not-a-file` for anything but a regular file, `unreadable` on an error, undefined if there is
 * nothing.
 */
export function readEditedFile(path: string): Buffer | 'not-a-file' | 'unreadable' | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) return 'not-a-file';
  let file: number | undefined;
  try {
    // The file may have been replaced since lstat.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    return fstatSync(file).isFile() ? readFileSync(file) : 'not-a-file';
  } catch {
    return 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Opens a file before an editor gets it. Returns a function that reads it afterwards as `readEditedFile`
 * does. If its folder is gone by then, that function returns the content that was saved before, unless it
 * equals `original`. Call it exactly once: it closes the file.
 */
export function openBeforeEditing(
  path: string,
  original: string,
  platform: string,
): () => ReturnType<typeof readEditedFile> {
  const file = platform === 'win32' ? undefined : openIfThere(path);
  return () => {
    try {
      const bytes = readEditedFile(path);
      const isGone = lstatSync(dirname(path), { throwIfNoEntry: false }) === undefined;
      if (bytes !== undefined || !isGone || file === undefined) return bytes;
      const saved = readFileSync(file);
      return saved.equals(Buffer.from(original)) ? undefined : saved;
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

/**
 * Returns the path of the file whose content differs from `original`: the text's own, or one that an editor
 * saved beside it when it was killed. A non-empty folder in place of the text counts too. Undefined if there
 * is none.
 */
export function findChangedFile(folder: string, path: string, original: Buffer): string | undefined {
  if (isFilledFolder(path)) return path;
  const siblings = namesIn(folder)
    .map(name => join(folder, name))
    .filter(sibling => sibling !== path);
  return [path, ...siblings].find(file => {
    const bytes = readEditedFile(file);
    if (typeof bytes === 'string' || bytes === undefined) return bytes === 'unreadable';
    return bytes.length > 0 && !bytes.equals(original);
  });
}

// Windows cannot remove a folder while a file in it is open, so this is not used there.
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
    // The folder of the notes is gone with everything in it.
    return [];
  }
}

function isFilledFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && namesIn(path).length > 0;
}

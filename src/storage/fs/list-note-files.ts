import { lstatSync, opendirSync, readdirSync, type Dir, type Dirent } from 'node:fs';
import { codeOf, fault, isBrokenName, readFault, type StorageFault } from './problems.ts';
import { isThere } from './read-file.ts';
import { isNoteName } from './encrypted-name.ts';

/** The absolute paths of Markdown files, sorted, and a fault for each path that could not be listed. */
export interface ListedFiles {
  readonly files: readonly string[];
  readonly faults: readonly { readonly path: string; readonly fault: StorageFault }[];
}

/**
 * Lists the Markdown files below a folder, encrypted ones too. Skips names that begin with a dot, and the
 * top-level folder `templates`. Never follows links to notes: they become faults, and so do notes that a
 * syncing program has not downloaded. A missing folder counts as empty.
 */
export function listNoteFiles(folder: string): ListedFiles {
  const files: string[] = [];
  const faults: { path: string; fault: StorageFault }[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = entriesOf(at, at === folder, faults);
    for (const entry of entries) {
      const { name } = entry;
      const path = `${at}/${name}`;
      if (isPlaceholder(name)) faults.push({ path, fault: fault('storage.read-not-here', { path }) });
      if (name.startsWith('.')) continue;
      if (isNoteName(name) && isBrokenName(name) && !isThere(path)) {
        faults.push({ path, fault: fault('storage.read-name', { path }) });
      } else if (isNoteName(name)) {
        if (entry.isFile()) files.push(path);
        else if (entry.isSymbolicLink()) faults.push({ path, fault: fault('storage.read-link', { path }) });
        else if (!isFolder(entry, path)) addSpecialEntry(entry, path, files, faults);
        else pending.push(path);
      } else if (isFolder(entry, path) && !(at === folder && name === 'templates')) {
        pending.push(path);
      }
    }
  }
  // Sorted by code units, not by locale, so that the order is the same on every machine.
  return { files: files.sort(), faults };
}

// Names of placeholders for files that are only in the cloud: `.NAME.icloud` of iCloud Drive, and the endings
// of ownCloud, Nextcloud, Resilio Sync and odrive. OneDrive and Dropbox use no placeholders: reading the file
// downloads it or fails.
const placeholder = /^\.?([^.].*)\.(?:icloud|owncloud|nextcloud|rsls|cloud)$/i;

/** Whether a name is that of a placeholder for a note which a syncing program has not downloaded. */
export function isPlaceholder(name: string): boolean {
  const [, original = ''] = placeholder.exec(name) ?? [];
  return isNoteName(original);
}

/**
 * Whether the folder itself, not its subfolders, contains a file whose name matches. Stops reading the folder
 * at the first match.
 */
export function hasNamedFile(folder: string, matches: (name: string) => boolean): boolean {
  let directory: Dir | undefined;
  try {
    directory = opendirSync(folder);
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      if (matches(entry.name) && entry.isFile()) return true;
    }
    return false;
  } catch {
    // The folder is missing or unreadable; `listNoteFiles` reports that.
    return false;
  } finally {
    directory?.closeSync();
  }
}

function entriesOf(
  folder: string,
  isTop: boolean,
  faults: { path: string; fault: StorageFault }[],
): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (!(isTop && code === 'ENOENT'))
      faults.push({ path: folder, fault: fault('storage.folder-unreadable', { path: folder }) });
    return [];
  }
}

/** Whether the file system does not say what kind of entry this is; some never do. */
function isUnknown(entry: Dirent): boolean {
  return !(
    entry.isFile() ||
    entry.isDirectory() ||
    entry.isSymbolicLink() ||
    entry.isFIFO() ||
    entry.isSocket() ||
    entry.isCharacterDevice() ||
    entry.isBlockDevice()
  );
}

function isFolder(entry: Dirent, path: string): boolean {
  if (entry.isDirectory()) return true;
  if (!isUnknown(entry)) return false;
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Adds an entry that is neither a known file nor a known link: a file, or a fault where it is anything
 * else.
 */
function addSpecialEntry(
  entry: Dirent,
  path: string,
  files: string[],
  faults: { path: string; fault: StorageFault }[],
): void {
  if (!isUnknown(entry)) {
    faults.push({ path, fault: fault('storage.read-not-file', { path }) });
    return;
  }
  try {
    if (lstatSync(path).isSymbolicLink()) faults.push({ path, fault: fault('storage.read-link', { path }) });
    else files.push(path);
  } catch (error) {
    faults.push({ path, fault: readFault(path, error) });
  }
}

import { lstatSync, opendirSync, readdirSync, type Dir, type Dirent } from 'node:fs';
import { codeOf, fault, isBrokenName, readFault, type StorageFault } from './problems.ts';
import { isThere } from './read-file.ts';
import { isNoteName } from './encrypted-name.ts';

/** What a walk has met: Markdown files by absolute path in order, and what could not be looked at. */
export interface ListedFiles {
  readonly files: readonly string[];
  readonly faults: readonly { readonly path: string; readonly fault: StorageFault }[];
}

/**
 * Lists the `.md` files below a folder, sealed ones too. Dot-names are not searched, nor is `templates` at
 * the top; links are told and never followed, and so is what a syncing program has not downloaded. A folder
 * that is not there is empty.
 */
export function listNoteFiles(folder: string): ListedFiles {
  const files: string[] = [];
  const faults: { path: string; fault: StorageFault }[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
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
        else if (!isFolder(entry, path)) sort(entry, path, files, faults);
        else open.push(path);
      } else if (isFolder(entry, path) && !(at === folder && name === 'templates')) {
        open.push(path);
      }
    }
  }
  // By code units, so that every machine agrees.
  return { files: files.sort(), faults };
}

// What stands in the place of a file that is elsewhere only: `.NAME.icloud` of iCloud Drive, and endings of
// ownCloud, Nextcloud, Resilio Sync and odrive. Others (OneDrive, Dropbox) leave the file's own name, and
// reading it downloads it or fails.
const placeholder = /^\.?([^.].*)\.(?:icloud|owncloud|nextcloud|rsls|cloud)$/i;

/** Says whether a name is that of a note which a syncing program has not downloaded. */
export function isPlaceholder(name: string): boolean {
  const [, meant = ''] = placeholder.exec(name) ?? [];
  return isNoteName(meant);
}

/** Says whether a file of such a name lies in the folder itself, and lists it no further than that. */
export function hasNamedFile(folder: string, isMeant: (name: string) => boolean): boolean {
  let open: Dir | undefined;
  try {
    open = opendirSync(folder);
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
      if (isMeant(entry.name) && entry.isFile()) return true;
    }
    return false;
  } catch {
    // Not there, or closed to us: whoever reads it all says so.
    return false;
  } finally {
    open?.closeSync();
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

/** Some file systems leave the kind of an entry unknown. */
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

function sort(
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

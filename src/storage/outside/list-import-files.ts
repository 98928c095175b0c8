import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { codeOf, fault, type StorageFault } from '../fs/problems.ts';

/** The contents of a folder to import. Paths are relative, with `/`, and sorted. */
export interface ListedImportFiles {
  readonly files: readonly string[];
  /** Paths of files that exist only as cloud placeholders (not downloaded). */
  readonly placeholders: readonly string[];
  /** Names of the top-level folders, including hidden ones. */
  readonly topFolders: readonly string[];
  /** Links, which are not followed, and files and folders that could not be read. */
  readonly faults: readonly { readonly path: string; readonly fault: StorageFault }[];
}

interface Found {
  readonly files: string[];
  readonly placeholders: string[];
  readonly topFolders: string[];
  readonly faults: { path: string; fault: StorageFault }[];
}

/** Files that operating systems create. */
const systemFiles = /^(?:thumbs\.db|desktop\.ini|icon\r)$/i;

/** Lists the files in a folder and its subfolders. Skips hidden files and folders. */
export function listImportFiles(folder: string): ListedImportFiles {
  const found: Found = { files: [], placeholders: [], topFolders: [], faults: [] };
  const pending = [''];
  for (let under = pending.pop(); under !== undefined; under = pending.pop()) {
    for (const entry of entriesOf(folder, under, found)) {
      const { name } = entry;
      const path = under === '' ? name : `${under}/${name}`;
      const isFolder = entry.isDirectory();
      if (isFolder && under === '') found.topFolders.push(name);
      const [, placeholder] = /^\.(.+)\.icloud$/.exec(name) ?? [];
      if (placeholder !== undefined) found.placeholders.push(path.slice(0, -name.length) + placeholder);
      else if (name.startsWith('.') || systemFiles.test(name)) continue;
      else if (isFolder) pending.push(path);
      else sortFile(folder, path, entry, found);
    }
  }
  // Sorted by code units, the same on every machine.
  return { ...found, files: found.files.sort(), placeholders: found.placeholders.sort() };
}

function sortFile(folder: string, path: string, entry: Dirent, { files, faults }: Found): void {
  const isFile =
    entry.isFile() ||
    (!entry.isSymbolicLink() && lstatSync(`${folder}/${path}`, { throwIfNoEntry: false })?.isFile() === true);
  if (isFile) files.push(path);
  else
    faults.push({
      path,
      fault: fault(entry.isSymbolicLink() ? 'storage.read-link' : 'storage.read-not-file', { path }),
    });
}

function entriesOf(folder: string, under: string, { faults }: Found): readonly Dirent[] {
  try {
    return readdirSync(under === '' ? folder : `${folder}/${under}`, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    const path = under === '' ? folder : under;
    faults.push({ path, fault: fault('storage.folder-unreadable', { path }) });
    return [];
  }
}

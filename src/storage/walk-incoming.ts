import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { codeOf, fault, type StorageFault } from './problems.ts';

/** What lies in a folder to import; paths are relative to it, with `/`, in order. */
export interface WalkedIncoming {
  readonly files: readonly string[];
  /** Files of which a syncing program has only left a placeholder here, by the names that they will have. */
  readonly placeholders: readonly string[];
  /** The names of the folders at the top, hidden ones too. */
  readonly topFolders: readonly string[];
  /** What could not be looked at, and links, which are not followed. */
  readonly faults: readonly { readonly path: string; readonly fault: StorageFault }[];
}

interface Found {
  readonly files: string[];
  readonly placeholders: string[];
  readonly topFolders: string[];
  readonly faults: { path: string; fault: StorageFault }[];
}

/** What systems put beside files, and nobody wrote. */
const systemFiles = /^(?:thumbs\.db|desktop\.ini|icon\r)$/i;

/** Lists the files below a folder. What is hidden by a point at the beginning of its name is not searched. */
export function walkIncoming(folder: string): WalkedIncoming {
  const found: Found = { files: [], placeholders: [], topFolders: [], faults: [] };
  const open = [''];
  for (let under = open.pop(); under !== undefined; under = open.pop()) {
    for (const entry of entriesOf(folder, under, found)) {
      const { name } = entry;
      const path = under === '' ? name : `${under}/${name}`;
      const isFolder = entry.isDirectory();
      if (isFolder && under === '') found.topFolders.push(name);
      const [, awaited] = /^\.(.+)\.icloud$/.exec(name) ?? [];
      if (awaited !== undefined) found.placeholders.push(path.slice(0, -name.length) + awaited);
      else if (name.startsWith('.') || systemFiles.test(name)) continue;
      else if (isFolder) open.push(path);
      else sortFile(folder, path, entry, found);
    }
  }
  // By code units, so that every machine agrees.
  return { ...found, files: found.files.sort(), placeholders: found.placeholders.sort() };
}

function sortFile(folder: string, path: string, entry: Dirent, { files, faults }: Found): void {
  const isFile = entry.isFile() || (
    !entry.isSymbolicLink() && lstatSync(`${folder}/${path}`, { throwIfNoEntry: false })?.isFile() === true
  );
  if (isFile) files.push(path);
  else faults.push(
    { path, fault: fault(entry.isSymbolicLink() ? 'storage.read-link' : 'storage.read-not-file', { path }) },
  );
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

import { openFolderStore, type FolderNeeds, type FolderStore } from './folder-store.ts';
import { openKnownFolders } from './known-folders.ts';
import { openWriter } from './safe-write.ts';

export interface StoreNeeds extends Omit<FolderNeeds, 'writer' | 'known'> {
  /** Where the folders are remembered that notes were kept in. */
  readonly configDir: string;
  readonly windows: boolean;
}

/** Opens the store of a folder with a writer of its own. Nothing is made or looked at before it is asked for. */
export function openStore({ configDir, windows, ...needs }: StoreNeeds): FolderStore {
  const writer = openWriter({ pid: needs.pid, chance: needs.chance, windows });
  return openFolderStore({ ...needs, writer, known: openKnownFolders(configDir, writer) });
}

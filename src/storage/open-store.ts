import { openFolderStore, type FolderNeeds, type FolderStore } from './folder-store.ts';
import { openKnownFolders } from './known-folders.ts';
import { openKeyFiles } from './key-files.ts';
import { openMemory } from './memory.ts';
import { openWriter } from './safe-write.ts';
import { openTexts } from './texts.ts';
import { openUnlocking, type AskPassphrase } from './unlocking.ts';
import { openAgeVault } from './vault.ts';

export interface StoreNeeds extends Omit<FolderNeeds, 'writer' | 'known' | 'texts' | 'memory'> {
  /** Where the folders are remembered that notes were kept in. */
  readonly configDir: string;
  readonly windows: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: AskPassphrase;
}

/** Opens the store of a folder with a writer of its own. Nothing is made or looked at before it is asked for. */
export function openStore({ configDir, windows, env, ask, ...needs }: StoreNeeds): FolderStore {
  const writer = openWriter({ pid: needs.pid, chance: needs.chance, windows });
  const { folder, uid } = needs;
  const files = openKeyFiles({ folder, configDir, writer });
  const texts = openTexts({ folder, files, vault: openAgeVault(openUnlocking(files, ask)) });
  return openFolderStore({ ...needs, writer, texts, memory: openMemory({ folder, env, uid }), known: openKnownFolders(configDir, writer) });
}

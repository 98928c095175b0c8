import { join } from 'node:path';
import type { Encryption } from '../world.ts';
import { openFolderStore, type FolderNeeds, type FolderStore } from './folder-store.ts';
import { openKnownFolders } from './known-folders.ts';
import { openKeyFiles } from './key-files.ts';
import { isHeld, underLock, type LockNeeds } from './lock.ts';
import { openMemory } from './memory.ts';
import { refuseForeignFolders } from './own-folders.ts';
import { lookAtFolder } from './ready-folder.ts';
import { openWriter } from './safe-write.ts';
import { openTexts } from './texts.ts';
import { openUnlocking, type AskPassphrase } from './unlocking.ts';
import { openAgeVault } from './vault.ts';

export interface StoreNeeds extends Omit<FolderNeeds, 'writer' | 'known' | 'texts' | 'memory'> {
  /** Where the folders are remembered that notes were kept in. */
  readonly configDir: string;
  /** As in `process.platform`. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: AskPassphrase;
  /** The power of two of the work that a passphrase takes; 18 unless said otherwise, as in age. */
  readonly cost?: number;
}

/** A store that can be sealed. */
export interface SealedStore extends FolderStore {
  readonly openEncryption: () => Promise<Encryption>;
  /** Whether the folder says that it is sealed for another key than this machine seals for: somebody changed it, and nothing is ever sealed for that one. */
  readonly isToldOther: () => boolean;
}

/** Opens the store of a folder with a writer of its own. Nothing is made or looked at before it is asked for. */
export function openStore({ configDir, platform, env, ask, cost = 18, ...needs }: StoreNeeds): SealedStore {
  const windows = platform === 'win32';
  const writer = openWriter({ pid: needs.pid, chance: needs.chance, windows });
  const { folder, uid } = needs;
  const files = openKeyFiles({ folder, configDir, writer });
  const { unlock, isOpen } = openUnlocking(files, ask);
  const texts = openTexts({ folder, files, vault: openAgeVault(unlock), isUnlocked: isOpen });
  const known = openKnownFolders(configDir, writer);
  const store = openFolderStore({ ...needs, windows, writer, texts, memory: openMemory({ folder, env, uid, platform }), known });
  const lock: LockNeeds = { ...needs, windows, folder: join(folder, '.rupture'), now: () => needs.now().ms };
  const locked = <T>(work: () => T): T => {
    refuseForeignFolders(folder);
    return underLock(lock, () => {
      // Once more, because another program may have put a link there while this one waited.
      refuseForeignFolders(folder);
      return work();
    });
  };
  return {
    ...store,
    isToldOther: () => {
      const { state, told, pinned } = files.look();
      return state === 'on' && pinned !== undefined && told !== pinned;
    },
    openEncryption: async () => {
      lookAtFolder({ folder, known });
      refuseForeignFolders(folder);
      const { openEncryption } = await import('./encryption.ts');
      const isBusy = (): boolean => isHeld(lock);
      const now = (): string => needs.now().instant;
      return openEncryption({ store, files, writer, unlock, cost, locked, isBusy, now });
    },
  };
}

import { join } from 'node:path';
import { Problem } from '../errors.ts';
import type { Encryption } from '../world/world.ts';
import { lockRandom } from './system/random.ts';
import { openFolderStore, type FolderNeeds, type FolderStore } from './notebook/folder-store.ts';
import { openFolderRegistry, type FolderRegistry } from './folder/folder-registry.ts';
import { openKeyFiles, type KeyFiles, type KeyFileState } from './encryption/key-files.ts';
import { underLock, type Locked } from './fs/lock.ts';
import type { LockNeeds } from './fs/stale-lock.ts';
import { openInMemoryFolder } from './folder/in-memory-folder.ts';
import { refuseForeignFolders } from './folder/own-folders.ts';
import { checkFolder } from './folder/prepare-folder.ts';
import { isThere } from './fs/read-file.ts';
import { openWriter } from './fs/write-file.ts';
import { openEncryptedFiles } from './encryption/encrypted-files.ts';
import { openUnlocking, type AskPassphrase } from './encryption/unlock.ts';
import { openAgeVault } from './encryption/vault.ts';

export interface StoreNeeds extends Omit<FolderNeeds, 'writer' | 'known' | 'texts' | 'memory'> {
  /** The settings' folder, which also contains the registry of the folders used for notes. */
  readonly configDir: string;
  /** As in `process.platform`. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: AskPassphrase;
  /** The work factor of a passphrase, as a power of two; 18 by default, as in age. */
  readonly cost?: number;
}

/** A store whose notes can be encrypted. */
export interface EncryptedStore extends FolderStore {
  readonly openEncryption: () => Promise<Encryption>;
  /**
   * Whether the folder advertises another recipient than the one this machine has pinned. Somebody changed
   * it; nothing is ever encrypted for the advertised one.
   */
  readonly advertisesOtherRecipient: () => boolean;
  /** Whether the notes are encrypted; undefined if unknown, for example because the folder is missing. */
  readonly isEncrypted: () => boolean | undefined;
}

/** Opens the store of a folder. Reads and creates nothing until a method is called. */
export function openStore({
  configDir,
  platform,
  env,
  ask,
  cost = 18,
  ...needs
}: StoreNeeds): EncryptedStore {
  const windows = platform === 'win32';
  const writer = openWriter({ pid: needs.pid, random: needs.random, windows });
  const { folder, uid } = needs;
  const lockFor = (place: string): LockNeeds => ({
    ...needs,
    windows,
    folder: place,
    random: lockRandom,
    now: () => needs.now().ms,
  });
  // The settings' folder has its own lock. A run that needs both locks takes the notes' lock first.
  const configLocked: Locked = work => {
    writer.makeFolder(configDir);
    return underLock(lockFor(configDir), work);
  };
  const pinsLocked = isSameLock(configDir, folder) ? alreadyLocked : configLocked;
  const files = openKeyFiles({ folder, configDir, writer, locked: pinsLocked });
  const unlocking = openUnlocking(files, ask);
  const texts = openEncryptedFiles({
    folder,
    files,
    vault: openAgeVault(unlocking),
    isUnlocked: () => unlocking.held() !== undefined,
  });
  const known = openFolderRegistry({ configDir, writer, locked: configLocked });
  const memory = openInMemoryFolder({ folder, env, uid, platform });
  const store = openFolderStore({ ...needs, windows, writer, texts, memory, known });
  const locked: Locked = work => {
    refuseForeignFolders(folder);
    return underLock(lockFor(join(folder, '.rupture')), () => {
      // Check again: another program may have put a link there while this one waited for the lock.
      refuseForeignFolders(folder);
      files.refresh();
      return work();
    });
  };
  return {
    ...store,
    advertisesOtherRecipient: () => advertisesOther(files.state()),
    isEncrypted: () => isEncrypted(folder, files, known),
    openEncryption: async () => {
      checkFolder({ folder, known });
      refuseForeignFolders(folder);
      const { openEncryption } = await import('./encrypt-all/change-encryption.ts');
      const now = (): string => needs.now().instant;
      return openEncryption({ store, files, writer, unlocking, cost, locked, now });
    },
  };
}

/**
 * Whether the settings and the notes share one lock, because the settings are in `.rupture`. Pinned
 * recipients change while the notes' lock is held, so the lock must not be taken twice.
 */
function isSameLock(configDir: string, folder: string): boolean {
  return join(configDir) === join(folder, '.rupture');
}

const alreadyLocked: Locked = async work => work();

function advertisesOther({ state, advertised, pinned }: KeyFileState): boolean {
  return state === 'on' && pinned !== undefined && advertised !== pinned;
}

/** Rereads the key files and returns whether the notes are encrypted; undefined if unknown. */
function isEncrypted(folder: string, files: KeyFiles, known: FolderRegistry): boolean | undefined {
  try {
    files.refresh();
    const { state, pinned } = files.state();
    if (state !== 'off' || pinned !== undefined) return true;
    return isThere(folder) || !known.has(folder) ? false : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

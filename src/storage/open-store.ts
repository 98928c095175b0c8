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
export interface EncryptedStore extends FolderStore {
  readonly openEncryption: () => Promise<Encryption>;
  /**
   * Whether the folder says that it is sealed for another key than this machine seals for: somebody changed
   * it, and nothing is ever sealed for that one.
   */
  readonly isToldOther: () => boolean;
  /** Whether the notes are encrypted; undefined where that can't be told, as of a folder that is gone. */
  readonly isEncrypted: () => boolean | undefined;
}

/**
 * Opens the store of a folder with a writer of its own. Nothing is made or looked at before it is asked for.
 */
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
  // Files of the settings folder are changed under a lock of its own, taken after that of the notes if both
  // are.
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
      // Once more, because another program may have put a link there while this one waited.
      refuseForeignFolders(folder);
      files.refresh();
      return work();
    });
  };
  return {
    ...store,
    isToldOther: () => advertisesOther(files.state()),
    isEncrypted: () => isEncrypted(folder, files, known),
    openEncryption: async () => {
      checkFolder({ folder, known });
      refuseForeignFolders(folder);
      const { openEncryption } = await import('./encrypt-all/change-encryption.ts');
      return openEncryption({
        store,
        files,
        writer,
        unlocking,
        cost,
        locked,
        now: () => needs.now().instant,
      });
    },
  };
}

/** Pins change while the folder's lock is held: it is the settings' lock too if these lie in its place. */
function isSameLock(configDir: string, folder: string): boolean {
  return join(configDir) === join(folder, '.rupture');
}

const alreadyLocked: Locked = async work => work();

function advertisesOther({ state, advertised, pinned }: KeyFileState): boolean {
  return state === 'on' && pinned !== undefined && advertised !== pinned;
}

/** Whether the notes are encrypted, looked up anew; undefined where that can't be told. */
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

import type { DecryptResult } from './age.ts';
import type { Unlocking } from './unlock.ts';

/** Said of what can't be decrypted before somebody is asked for the passphrase. */
export interface IsLocked {
  readonly is: 'locked';
}

/** Seals and opens; it knows keys and bytes, and no file. */
export interface Vault {
  /** Seals for one recipient; nothing is asked. */
  readonly encrypt: (recipient: string, data: Uint8Array) => Promise<Uint8Array>;
  /** Opens with the keys of the folder, for which it may ask. Throws a Problem when they can't be had. */
  readonly decrypt: (data: Uint8Array) => Promise<DecryptResult>;
  /**
   * Decrypts without asking anybody and without scrypt, for work under a lock; `locked` when that needs the
   * passphrase, or keys that another command has made since.
   */
  readonly decryptWithoutAsking: (data: Uint8Array) => Promise<DecryptResult | IsLocked>;
  /** Asks for the passphrase if nobody gave it in this run. Throws a Problem when the keys can't be had. */
  readonly unlock: () => Promise<void>;
}

/** Opens a vault of the age format. The library is loaded with the first thing that is sealed or opened. */
export function openAgeVault({ unlock, renew, held, isReplaced }: Unlocking): Vault {
  const load = (): Promise<typeof import('./age.ts')> => import('./age.ts');
  return {
    encrypt: async (recipient, data) => (await load()).encryptFor(recipient, data),
    unlock: async () => void (await unlock()),
    decryptWithoutAsking: async data => {
      const unlocked = held();
      if (unlocked === undefined) return { is: 'locked' };
      const opened = await (await load()).decryptWith(unlocked.keys, data);
      return opened.is === 'other-key' && isReplaced() ? { is: 'locked' } : opened;
    },
    decrypt: async data => {
      const { keys } = await unlock();
      const { decryptWith } = await load();
      const opened = await decryptWith(keys, data);
      const renewed = opened.is === 'other-key' ? await renew() : undefined;
      return renewed === undefined ? opened : decryptWith(renewed.keys, data);
    },
  };
}

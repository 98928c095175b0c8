import type { DecryptResult } from './age.ts';
import type { Unlocking } from './unlock.ts';

/** The result when decryption would need the passphrase and nobody may be asked. */
export interface IsLocked {
  readonly is: 'locked';
}

/** Encrypts and decrypts bytes; knows nothing of files. */
export interface Vault {
  /** Encrypts for one recipient (`age1…`). Never asks. Throws an Error when it is not an X25519 recipient. */
  readonly encrypt: (recipient: string, data: Uint8Array) => Promise<Uint8Array>;
  /** Decrypts with the folder's keys; may ask for the passphrase. Throws a Problem as `unlock` does. */
  readonly decrypt: (data: Uint8Array) => Promise<DecryptResult>;
  /**
   * Decrypts without asking and without scrypt, for work under a lock. Returns `locked` when that needs the
   * passphrase, or keys that another command has made since this run unlocked.
   */
  readonly decryptWithoutAsking: (data: Uint8Array) => Promise<DecryptResult | IsLocked>;
  /**
   * Asks for the passphrase unless this run has it already. Throws a Problem when the keys can't be
   * unlocked.
   */
  readonly unlock: () => Promise<void>;
}

/** Opens a vault in the age format. Loads the library only when it first encrypts or decrypts. */
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

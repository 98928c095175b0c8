import type { Opened } from './age.ts';
import type { Unlocking } from './unlock.ts';

/** Said of what can't be decrypted before somebody is asked for the passphrase. */
export interface IsLocked {
  readonly is: 'locked';
}

/** Seals and opens; it knows keys and bytes, and no file. */
export interface Vault {
  /** Seals for one recipient; nothing is asked. */
  readonly seal: (recipient: string, data: Uint8Array) => Promise<Uint8Array>;
  /** Opens with the keys of the folder, for which it may ask. Throws a Problem when they can't be had. */
  readonly open: (data: Uint8Array) => Promise<Opened>;
  /**
   * Decrypts without asking anybody and without scrypt, for work under a lock; `locked` when that needs the
   * passphrase, or keys that another command has made since.
   */
  readonly openAtOnce: (data: Uint8Array) => Promise<Opened | IsLocked>;
  /** Asks for the passphrase if nobody gave it in this run. Throws a Problem when the keys can't be had. */
  readonly unlock: () => Promise<void>;
}

/** Opens a vault of the age format. The library is loaded with the first thing that is sealed or opened. */
export function openAgeVault({ unlock, renew, held, isReplaced }: Unlocking): Vault {
  const load = (): Promise<typeof import('./age.ts')> => import('./age.ts');
  return {
    seal: async (recipient, data) => (await load()).sealFor(recipient, data),
    unlock: async () => void (await unlock()),
    openAtOnce: async data => {
      const unlocked = held();
      if (unlocked === undefined) return { is: 'locked' };
      const opened = await (await load()).openWith(unlocked.keys, data);
      return opened.is === 'other-key' && isReplaced() ? { is: 'locked' } : opened;
    },
    open: async data => {
      const { keys } = await unlock();
      const { openWith } = await load();
      const opened = await openWith(keys, data);
      const renewed = opened.is === 'other-key' ? await renew() : undefined;
      return renewed === undefined ? opened : openWith(renewed.keys, data);
    },
  };
}

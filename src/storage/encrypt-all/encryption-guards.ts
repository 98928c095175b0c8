import { Exit } from '../../errors.ts';
import type { EncryptionState } from '../../world/world.ts';
import type { HeldKey } from '../encryption/age.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { fingerprint, type KeyFiles, type KeyFileState } from '../encryption/key-files.ts';
import type { Locked } from '../fs/lock.ts';
import { fault, problemOf } from '../fs/problems.ts';
import type { Writer } from '../fs/write-file.ts';
import type { Unlocked, Unlocking } from '../encryption/unlock.ts';

export interface EncryptionNeeds {
  readonly store: FolderStore;
  readonly files: KeyFiles;
  readonly writer: Writer;
  readonly unlocking: Unlocking;
  /** Does `work` under the folder's lock, which every command that writes takes. */
  readonly locked: Locked;
  /** As an instant. */
  readonly now: () => string;
  /** The power of two of scrypt's work. */
  readonly cost: number;
}

/** What makes sure that a step changes only what this run has seen. */
export interface EncryptionGuards {
  /** The keys of this run: those it made, or what the passphrase opens, for which it may ask. */
  readonly held: () => Promise<Unlocked>;
  /** Makes keys that this run has written the ones that it holds. */
  readonly hold: (unlocked: Unlocked) => void;
  /** Whether the identity file is the one that was unlocked; true where nothing was. Wants the lock. */
  readonly isStill: (unlocked: Unlocked | undefined) => boolean;
  /** Does `work` under the lock while the identity file is the one that was unlocked. */
  readonly whileUnlocked: <T>(unlocked: Unlocked, work: () => T | Promise<T>) => Promise<T>;
  /**
   * The unlocked keys, the pinned one first. Throws a Problem when this machine has no pin, or another key's.
   */
  readonly trustedKeys: (unlocked: Unlocked) => readonly [HeldKey, ...HeldKey[]];
  /** Does `work` under the lock while state, pin and identity file are as this run left them. */
  readonly changeIn: (left: Pick<KeyFileState, 'state' | 'pinned'>, unlocked: Unlocked | undefined) => Locked;
  /** Throws a Problem unless the folder is in this state. Wants the lock. */
  readonly expectState: (state: EncryptionState) => void;
  /** The Problem (exit 5) that another command has changed the encryption. */
  readonly changedMeanwhile: () => Error;
}

export function openGuards({ store, files, unlocking, locked }: EncryptionNeeds): EncryptionGuards {
  const { folder } = store;
  let made: Unlocked | undefined;
  const changedMeanwhile = (): Error =>
    problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
  const isStill = (unlocked: Unlocked | undefined): boolean => {
    const bytes = files.readIdentity();
    return unlocked === undefined || (bytes !== undefined && fingerprint(bytes) === unlocked.fingerprint);
  };
  return {
    held: async () => made ?? unlocking.unlock(),
    hold: unlocked => {
      made = unlocked;
    },
    isStill,
    whileUnlocked: (unlocked, work) =>
      locked(() => {
        if (!isStill(unlocked)) throw changedMeanwhile();
        return work();
      }),
    trustedKeys: unlocked => {
      const { pinned } = files.state();
      if (pinned === undefined) throw problemOf(fault('storage.seal-not-trusted', { folder }));
      const key = unlocked.keys.find(({ recipient }) => recipient === pinned);
      if (key === undefined) throw problemOf(fault('storage.key-not-pinned', { path: files.identityPath }));
      return [key, ...unlocked.keys.filter(other => other !== key)];
    },
    changeIn: (left, unlocked) => work =>
      locked(() => {
        const { state, pinned } = files.state();
        if (state !== left.state || pinned !== left.pinned || !isStill(unlocked)) throw changedMeanwhile();
        return work();
      }),
    expectState: state => {
      if (files.state().state !== state) throw changedMeanwhile();
    },
    changedMeanwhile,
  };
}

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
  /** Runs `work` under the folder's lock, which every command that writes takes. */
  readonly locked: Locked;
  /** Returns the current time as an ISO 8601 text with offset. */
  readonly now: () => string;
  /** Scrypt's N is 2^`cost`. */
  readonly cost: number;
}

/** Checks that stop a step when another command has changed the encryption since this run read it. */
export interface EncryptionGuards {
  /**
   * Returns the keys: those that this run has made, or else the unlocked ones; may ask for the passphrase.
   */
  readonly getUnlocked: () => Promise<Unlocked>;
  /** Makes `getUnlocked` return these keys, which this run has made and written. */
  readonly setUnlocked: (unlocked: Unlocked) => void;
  /**
   * Whether the identity file is still the one that was unlocked; true when nothing was unlocked. The caller
   * must hold the lock.
   */
  readonly isUnchanged: (unlocked: Unlocked | undefined) => boolean;
  /** Runs `work` under the lock. Throws `changedMeanwhile` when the identity file was replaced. */
  readonly whileUnlocked: <T>(unlocked: Unlocked, work: () => T | Promise<T>) => Promise<T>;
  /**
   * Returns the unlocked keys, the pinned key first. Throws a Problem when this machine has no pin, or the
   * pinned key is not among the unlocked ones.
   */
  readonly trustedKeys: (unlocked: Unlocked) => readonly [HeldKey, ...HeldKey[]];
  /**
   * Returns a function that runs work under the lock. It throws `changedMeanwhile` when the state, the pin or
   * the identity file is not the expected one.
   */
  readonly lockedWhile: (
    expected: Pick<KeyFileState, 'state' | 'pinned'>,
    unlocked: Unlocked | undefined,
  ) => Locked;
  /** Throws `changedMeanwhile` unless the folder is in this state. The caller must hold the lock. */
  readonly expectState: (state: EncryptionState) => void;
  /** Returns the Problem (exit 5) for an encryption that another command has changed. */
  readonly changedMeanwhile: () => Error;
}

/** The dependencies of every step of a change. */
export type Work = EncryptionNeeds & EncryptionGuards;

/** Opens the guards of a folder. They read the key files on each call. */
export function openGuards({ store, files, unlocking, locked }: EncryptionNeeds): EncryptionGuards {
  const { folder } = store;
  let newKeys: Unlocked | undefined;
  const changedMeanwhile = (): Error =>
    problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
  const isUnchanged = (unlocked: Unlocked | undefined): boolean => {
    const bytes = files.readIdentity();
    return unlocked === undefined || (bytes !== undefined && fingerprint(bytes) === unlocked.fingerprint);
  };
  return {
    getUnlocked: async () => newKeys ?? unlocking.unlock(),
    setUnlocked: unlocked => {
      newKeys = unlocked;
    },
    isUnchanged,
    whileUnlocked: (unlocked, work) =>
      locked(() => {
        if (!isUnchanged(unlocked)) throw changedMeanwhile();
        return work();
      }),
    trustedKeys: unlocked => {
      const { pinned } = files.state();
      if (pinned === undefined) throw problemOf(fault('storage.seal-not-trusted', { folder }));
      const key = unlocked.keys.find(({ recipient }) => recipient === pinned);
      if (key === undefined) throw problemOf(fault('storage.key-not-pinned', { path: files.identityPath }));
      return [key, ...unlocked.keys.filter(other => other !== key)];
    },
    lockedWhile: (expected, unlocked) => work =>
      locked(() => {
        const { state, pinned } = files.state();
        if (state !== expected.state || pinned !== expected.pinned || !isUnchanged(unlocked))
          throw changedMeanwhile();
        return work();
      }),
    expectState: state => {
      if (files.state().state !== state) throw changedMeanwhile();
    },
    changedMeanwhile,
  };
}

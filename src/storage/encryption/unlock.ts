import { passphraseForms } from '../../core/text/passphrase.ts';
import { Exit } from '../../errors.ts';
import type { HeldKey, DecryptResult } from './age.ts';
import type { KeyFiles } from './key-files.ts';
import { fingerprint } from './key-files.ts';
import { fault, problemOf } from '../fs/problems.ts';

/**
 * Asks for the passphrase of a folder. `attempt` counts from 1. Throws a Problem when there is nobody to ask,
 * or the passphrase comes from a source that can't be asked again.
 */
export type AskPassphrase = (attempt: number) => Promise<string>;

/** The decrypted keys of a folder; only ever in memory, until the run ends. */
export interface Unlocked {
  /** The key of new files comes first. The older keys follow: they still decrypt files encrypted for them. */
  readonly keys: readonly HeldKey[];
  readonly passphrase: string;
  /** The fingerprint of the identity file that the keys come from. */
  readonly fingerprint: string;
}

export interface Unlocking {
  /**
   * Returns the keys; the first call of a run asks for the passphrase. Throws a Problem when the identity
   * file is missing or damaged, or the passphrase is wrong three times (exit 4).
   */
  readonly unlock: () => Promise<Unlocked>;
  /**
   * Reads the keys again with the same passphrase, without asking, if another command has replaced the
   * identity file since. Returns undefined when the file is the same, or the passphrase no longer fits.
   */
  readonly renew: () => Promise<Unlocked | undefined>;
  /** Returns the keys if this run has unlocked them; undefined otherwise. */
  readonly held: () => Unlocked | undefined;
  /** Whether the identity file was replaced since `unlock`, so that `renew` may find newer keys. */
  readonly isReplaced: () => boolean;
}

const maxAttempts = 3;

/** Prepares the unlocking of a folder's keys. Reads nothing and asks nothing until `unlock` is called. */
export function openUnlocking(files: KeyFiles, ask: AskPassphrase): Unlocking {
  let unlocking: Promise<Unlocked> | undefined;
  let opened: Unlocked | undefined;
  const unlock = async (): Promise<Unlocked> => {
    const encrypted = files.readIdentity();
    const path = files.identityPath;
    if (encrypted === undefined) throw problemOf(fault('storage.key-missing', { path }));
    const { looksEncrypted } = await import('./encrypted-header.ts');
    // No passphrase can decrypt a damaged file, so do not ask for one.
    if (!['binary', 'armored'].includes(looksEncrypted(encrypted)))
      throw problemOf(fault('storage.key-damaged', { path }));
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const found = await decryptByForms(encrypted, await ask(attempt));
      if (found === undefined) continue;
      const keys = await keysIn(found.opened);
      if (keys === undefined) throw problemOf(fault('storage.key-damaged', { path }));
      opened = { keys, passphrase: found.passphrase, fingerprint: fingerprint(encrypted) };
      return opened;
    }
    throw problemOf(fault('storage.wrong-passphrase', { path }), { exit: Exit.locked });
  };
  const renew = async (): Promise<Unlocked | undefined> => {
    const before = await unlocking;
    const encrypted = files.readIdentity();
    if (before === undefined || encrypted === undefined || fingerprint(encrypted) === before.fingerprint)
      return undefined;
    const { decryptWithPassphrase } = await import('./age.ts');
    const keys = await keysIn(await decryptWithPassphrase(encrypted, before.passphrase));
    if (keys === undefined) return undefined;
    opened = { keys, passphrase: before.passphrase, fingerprint: fingerprint(encrypted) };
    unlocking = Promise.resolve(opened);
    return opened;
  };
  const isReplaced = (): boolean => {
    const encrypted = files.readIdentity();
    return opened !== undefined && encrypted !== undefined && fingerprint(encrypted) !== opened.fingerprint;
  };
  return { unlock: () => (unlocking ??= unlock()), renew, held: () => opened, isReplaced };
}

/** Returns the keys in a decrypted identity file; undefined when there are none or the file is damaged. */
async function keysIn(opened: DecryptResult): Promise<readonly HeldKey[] | undefined> {
  if (opened.is !== 'bytes') return undefined;
  const { readIdentities } = await import('./age.ts');
  return readIdentities(Buffer.from(opened.bytes).toString());
}

/**
 * Decrypts the identity file with the first Unicode form of the passphrase that fits. Returns the result and
 * that form; undefined when the passphrase is wrong.
 */
async function decryptByForms(
  encrypted: Uint8Array,
  typed: string,
): Promise<{ readonly opened: DecryptResult; readonly passphrase: string } | undefined> {
  const { decryptWithPassphrase } = await import('./age.ts');
  for (const passphrase of passphraseForms(typed)) {
    const opened = await decryptWithPassphrase(encrypted, passphrase);
    if (opened.is !== 'other-key') return { opened, passphrase };
  }
  return undefined;
}

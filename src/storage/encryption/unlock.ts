import { passphraseForms } from '../../core/text/passphrase.ts';
import { Exit } from '../../errors.ts';
import type { HeldKey, DecryptResult } from './age.ts';
import type { KeyFiles } from './key-files.ts';
import { fingerprint } from './key-files.ts';
import { fault, problemOf } from '../fs/problems.ts';

/**
 * Asks for the passphrase of a folder. `attempt` counts from 1; throws a Problem where nobody is there to
 * answer, or not again.
 */
export type AskPassphrase = (attempt: number) => Promise<string>;

/** What the passphrase has opened; kept in memory alone, as long as this run. */
export interface Unlocked {
  /** The one that is sealed for comes first; those before it can still open what was sealed for them. */
  readonly keys: readonly HeldKey[];
  readonly passphrase: string;
  /** Of the identity file that was opened. */
  readonly fingerprint: string;
}

export interface Unlocking {
  readonly unlock: () => Promise<Unlocked>;
  /**
   * Unlocks once more with the passphrase that was given before, when the identity file was replaced since:
   * another command made a new key. Nobody is asked. Undefined when the file is the same, or another
   * passphrase opens it.
   */
  readonly renew: () => Promise<Unlocked | undefined>;
  /** What was unlocked in this run; undefined when nothing was. */
  readonly held: () => Unlocked | undefined;
  /** Whether the identity file was replaced since, so that `renew` may find newer keys. */
  readonly isReplaced: () => boolean;
}

const attempts = 3;

/**
 * Opens the way to the keys of a folder: asks once a run, when something has to be opened for the first time.
 * Throws a Problem when there is no key, or none comes of it.
 */
export function openUnlocking(files: KeyFiles, ask: AskPassphrase): Unlocking {
  let once: Promise<Unlocked> | undefined;
  let opened: Unlocked | undefined;
  const unlock = async (): Promise<Unlocked> => {
    const encrypted = files.readIdentity();
    const path = files.identityPath;
    if (encrypted === undefined) throw problemOf(fault('storage.key-missing', { path }));
    const { looksEncrypted } = await import('./encrypted-header.ts');
    // Nobody is asked for what can't open.
    if (!['binary', 'armored'].includes(looksEncrypted(encrypted)))
      throw problemOf(fault('storage.key-damaged', { path }));
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const found = await openByForms(encrypted, await ask(attempt));
      if (found === undefined) continue;
      const keys = await keysIn(found.opened);
      if (keys === undefined) throw problemOf(fault('storage.key-damaged', { path }));
      opened = { keys, passphrase: found.passphrase, fingerprint: fingerprint(encrypted) };
      return opened;
    }
    throw problemOf(fault('storage.wrong-passphrase', { path }), { exit: Exit.locked });
  };
  const renew = async (): Promise<Unlocked | undefined> => {
    const before = await once;
    const encrypted = files.readIdentity();
    if (before === undefined || encrypted === undefined || fingerprint(encrypted) === before.fingerprint)
      return undefined;
    const { decryptWithPassphrase } = await import('./age.ts');
    const keys = await keysIn(await decryptWithPassphrase(encrypted, before.passphrase));
    if (keys === undefined) return undefined;
    opened = { keys, passphrase: before.passphrase, fingerprint: fingerprint(encrypted) };
    once = Promise.resolve(opened);
    return opened;
  };
  const isReplaced = (): boolean => {
    const encrypted = files.readIdentity();
    return opened !== undefined && encrypted !== undefined && fingerprint(encrypted) !== opened.fingerprint;
  };
  return { unlock: () => (once ??= unlock()), renew, held: () => opened, isReplaced };
}

/** The keys in a decrypted identity file; undefined when it holds none. */
async function keysIn(opened: DecryptResult): Promise<readonly HeldKey[] | undefined> {
  if (opened.is !== 'bytes') return undefined;
  const { readIdentities } = await import('./age.ts');
  return readIdentities(Buffer.from(opened.bytes).toString());
}

/**
 * Opens the key by the first form of the passphrase that fits, and gives that form; undefined when none does.
 */
async function openByForms(
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

import { passphraseForms } from '../../core/text/passphrase.ts';
import { Exit } from '../../errors.ts';
import type { HeldKey, Opened } from './age.ts';
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
    const sealed = files.readIdentity();
    const path = files.identityPath;
    if (sealed === undefined) throw problemOf(fault('storage.key-missing', { path }));
    const { looksSealed } = await import('./encrypted-header.ts');
    // Nobody is asked for what can't open.
    if (!['binary', 'armored'].includes(looksSealed(sealed)))
      throw problemOf(fault('storage.key-damaged', { path }));
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const found = await openByForms(sealed, await ask(attempt));
      if (found === undefined) continue;
      const keys = await keysIn(found.opened);
      if (keys === undefined) throw problemOf(fault('storage.key-damaged', { path }));
      opened = { keys, passphrase: found.passphrase, fingerprint: fingerprint(sealed) };
      return opened;
    }
    throw problemOf(fault('storage.wrong-passphrase', { path }), { exit: Exit.locked });
  };
  const renew = async (): Promise<Unlocked | undefined> => {
    const before = await once;
    const sealed = files.readIdentity();
    if (before === undefined || sealed === undefined || fingerprint(sealed) === before.fingerprint)
      return undefined;
    const { openByPassphrase } = await import('./age.ts');
    const keys = await keysIn(await openByPassphrase(sealed, before.passphrase));
    if (keys === undefined) return undefined;
    opened = { keys, passphrase: before.passphrase, fingerprint: fingerprint(sealed) };
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
async function keysIn(opened: Opened): Promise<readonly HeldKey[] | undefined> {
  if (opened.is !== 'bytes') return undefined;
  const { readIdentities } = await import('./age.ts');
  return readIdentities(Buffer.from(opened.bytes).toString());
}

/**
 * Opens the key by the first form of the passphrase that fits, and gives that form; undefined when none does.
 */
async function openByForms(
  sealed: Uint8Array,
  typed: string,
): Promise<{ readonly opened: Opened; readonly passphrase: string } | undefined> {
  const { openByPassphrase } = await import('./age.ts');
  for (const passphrase of passphraseForms(typed)) {
    const opened = await openByPassphrase(sealed, passphrase);
    if (opened.is !== 'other-key') return { opened, passphrase };
  }
  return undefined;
}

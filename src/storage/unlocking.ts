import { passphraseForms } from '../core/passphrase.ts';
import { Exit } from '../errors.ts';
import type { HeldKey, Opened } from './age.ts';
import type { KeyFiles } from './key-files.ts';
import { fingerprint } from './key-files.ts';
import { fault, problemOf } from './problems.ts';

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
  /** Whether it was unlocked in this run. */
  readonly isOpen: () => boolean;
}

const attempts = 3;

/**
 * Opens the way to the keys of a folder: asks once a run, when something has to be opened for the first time.
 * Throws a Problem when there is no key, or none comes of it.
 */
export function openUnlocking(files: KeyFiles, ask: AskPassphrase): Unlocking {
  let once: Promise<Unlocked> | undefined;
  let isOpen = false;
  const unlock = async (): Promise<Unlocked> => {
    const sealed = files.readIdentity();
    const path = files.identityPath;
    if (sealed === undefined) throw problemOf(fault('storage.key-missing', { path }));
    const { readIdentities } = await import('./age.ts');
    const { looksSealed } = await import('./sealed-header.ts');
    // Nobody is asked for what can't open.
    if (!['binary', 'armored'].includes(looksSealed(sealed)))
      throw problemOf(fault('storage.key-damaged', { path }));
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const found = await openByForms(sealed, await ask(attempt));
      if (found === undefined) continue;
      const { opened, passphrase } = found;
      const keys =
        opened.is === 'bytes' ? await readIdentities(Buffer.from(opened.bytes).toString()) : undefined;
      if (keys === undefined) throw problemOf(fault('storage.key-damaged', { path }));
      isOpen = true;
      return { keys, passphrase, fingerprint: fingerprint(sealed) };
    }
    throw problemOf(fault('storage.wrong-passphrase', { path }), { exit: Exit.locked });
  };
  const renew = async (): Promise<Unlocked | undefined> => {
    const before = await once;
    const sealed = files.readIdentity();
    if (before === undefined || sealed === undefined || fingerprint(sealed) === before.fingerprint)
      return undefined;
    const { openByPassphrase, readIdentities } = await import('./age.ts');
    const opened = await openByPassphrase(sealed, before.passphrase);
    const keys =
      opened.is === 'bytes' ? await readIdentities(Buffer.from(opened.bytes).toString()) : undefined;
    if (keys === undefined) return undefined;
    const renewed = { keys, passphrase: before.passphrase, fingerprint: fingerprint(sealed) };
    once = Promise.resolve(renewed);
    return renewed;
  };
  return { unlock: () => (once ??= unlock()), renew, isOpen: () => isOpen };
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

import { join } from 'node:path';
import { Exit } from '../errors.ts';
import type { Encryption, SealState, Turned } from '../world.ts';
import { makeKeyPair, type HeldKey } from './age.ts';
import { checkReady } from './check-ready.ts';
import { convertAll, encryptEverything, type EncryptNeeds } from './convert-all.ts';
import { decryptFile, type ConvertNeeds } from './convert-files.ts';
import type { FolderStore } from './folder-store.ts';
import { placeFirstKey, prepareIdentity, stageIdentity } from './identity-file.ts';
import { toldInside } from './inside.ts';
import { fingerprint, type KeyFiles, type Sealing } from './key-files.ts';
import type { Locked } from './lock.ts';
import { fault, problemOf } from './problems.ts';
import { isThere } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import { clearFiles, clearNotes, clearRemains, sealedFiles, undoFiles } from './sealable.ts';
import type { Unlocked, Unlocking } from './unlocking.ts';

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

/**
 * Opens what changes the encryption of a folder. `.github/SECURITY.md` has the states and who may move them.
 * A passphrase is typed and scrypt runs without the lock; every step takes the lock, reads the key files
 * again, and stops with a Problem (exit 5) when another command has changed them.
 */
export function openEncryption(needs: EncryptionNeeds): Encryption {
  const { store, files, writer, unlocking, locked, cost } = needs;
  const { folder } = store;
  const own = join(folder, '.rupture');
  let made: Unlocked | undefined;
  const held = async (): Promise<Unlocked> => made ?? unlocking.unlock();

  const changedMeanwhile = (): Error =>
    problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
  const isStill = (unlocked: Unlocked | undefined): boolean => {
    const bytes = files.readIdentity();
    return unlocked === undefined || (bytes !== undefined && fingerprint(bytes) === unlocked.fingerprint);
  };
  /** Does `work` under the lock while the identity file is the one that was unlocked. */
  const whileUnlocked = <T>(unlocked: Unlocked, work: () => T | Promise<T>): Promise<T> =>
    locked(() => {
      if (!isStill(unlocked)) throw changedMeanwhile();
      return work();
    });

  /**
   * The unlocked keys, the pinned one first. Throws a Problem when this machine has no pin, or another key's.
   */
  const trustedKeys = (unlocked: Unlocked): readonly [HeldKey, ...HeldKey[]] => {
    const { pinned } = files.look();
    if (pinned === undefined) throw problemOf(fault('storage.seal-not-trusted', { folder }));
    const key = unlocked.keys.find(({ recipient }) => recipient === pinned);
    if (key === undefined) throw problemOf(fault('storage.key-not-pinned', { path: files.identityPath }));
    return [key, ...unlocked.keys.filter(other => other !== key)];
  };

  /** Does `work` under the lock while state, pin and identity file are as this run left them. */
  const changeIn =
    (left: Pick<Sealing, 'state' | 'pinned'>, unlocked: Unlocked | undefined): ConvertNeeds['change'] =>
    work =>
      locked(() => {
        const { state, pinned } = files.look();
        if (state !== left.state || pinned !== left.pinned || !isStill(unlocked)) throw changedMeanwhile();
        return work();
      });

  // Undo holds earlier texts and knows files by what they were.
  const forgetUndo = (): void => {
    for (const path of undoFiles(folder)) writer.remove(path);
  };

  const encryptAll = ({ state, unlocked, ...how }: EncryptAll): Promise<Turned> =>
    encryptEverything({
      ...how,
      folder,
      writer,
      change: changeIn({ state, pinned: how.keys[0].recipient }, unlocked),
      finish: () => {
        forgetUndo();
        files.setState('on');
      },
    });

  return {
    folder,
    status: () => {
      const { state, hasKey, advertised, pinned } = files.look();
      return {
        state,
        hasKey,
        advertised,
        pinned,
        sealed: sealedFiles(folder).length,
        clear: clearNotes(folder).map(path => toldInside(folder, path)),
        isWhole: state === 'on' && hasKey && clearFiles(folder).length === 0,
      };
    },
    check: () => checkReady(store, files),
    settle: async () => {
      const isSettled = (): boolean => {
        const { state, pinned } = files.look();
        return state !== 'disabling' || pinned !== undefined || sealedFiles(folder).length > 0;
      };
      if (isSettled()) return;
      await locked(async () => {
        if (!isSettled()) await turnOff();
      });
    },
    makeKey: async passphrase => {
      await store.makeReady();
      const pair = await makeKeyPair();
      const prepared = await prepareIdentity([pair.identity], passphrase, cost);
      await locked(async () => {
        if (files.look().hasKey || sealedFiles(folder).length > 0) throw changedMeanwhile();
        await placeFirstKey(files, prepared, writer);
        files.advertise(pair.recipient);
        files.setState('enabling');
      });
      made = { keys: prepared.keys, passphrase, fingerprint: fingerprint(prepared.bytes) };
      return pair.identity;
    },
    seal: async tick => {
      const unlocked = await held();
      const begun = await whileUnlocked(unlocked, () => {
        const keys = trustedKeys(unlocked);
        const again = files.look().state === 'rotating';
        const state: SealState = again ? 'rotating' : 'enabling';
        files.advertise(keys[0].recipient);
        files.setState(state);
        return { keys, again, state };
      });
      return encryptAll({ unlocked, tick, ...begun });
    },
    open: async tick => {
      const isEncrypted = sealedFiles(folder).length > 0;
      const unlocked = isEncrypted ? await held() : undefined;
      const left = await locked(() => {
        const { state, pinned } = files.look();
        if (!isStill(unlocked) || state === 'off') throw changedMeanwhile();
        files.setState('disabling');
        return { state: 'disabling', pinned } as const;
      });
      let key: string | undefined;
      const change = changeIn(left, unlocked);
      const [first, ...others] = unlocked?.keys ?? [];
      const turned = await convertAll({
        folder,
        change,
        tick,
        list: () => sealedFiles(folder),
        convert: async path => {
          // An encrypted file came after the last moment to ask for the passphrase.
          if (first === undefined) throw changedMeanwhile();
          return decryptFile({ writer, change, keys: [first, ...others] }, path);
        },
        finish: async () => {
          key = await turnOff();
        },
      });
      return { ...turned, key };
    },
    rotate: async tick => {
      const { state } = files.look();
      const unlocked = await held();
      await whileUnlocked(unlocked, () => trustedKeys(unlocked));
      const pair = await makeKeyPair();
      const prepared = await prepareIdentity(
        [pair.identity, ...unlocked.keys.map(({ identity }) => identity)],
        unlocked.passphrase,
        cost,
      );
      await whileUnlocked(unlocked, async () => {
        trustedKeys(unlocked);
        if (files.look().state !== state) throw changedMeanwhile();
        const staged = stageIdentity(files.identityPath, prepared, writer);
        files.setState('rotating');
        // The new file holds the old keys too, so that every file can be read whatever happens next.
        writer.move(staged, files.identityPath);
        await files.pins.pin(pair.recipient);
        files.advertise(pair.recipient);
      });
      made = {
        keys: prepared.keys,
        passphrase: unlocked.passphrase,
        fingerprint: fingerprint(prepared.bytes),
      };
      return encryptAll({ state: 'rotating', unlocked: made, keys: trustedKeys(made), tick, again: true });
    },
    unlock: async () => {
      await held();
    },
    change: async passphrase => {
      const unlocked = await held();
      const prepared = await prepareIdentity(
        unlocked.keys.map(({ identity }) => identity),
        passphrase,
        cost,
      );
      await whileUnlocked(unlocked, () => {
        trustedKeys(unlocked);
        if (files.look().state !== 'on') throw changedMeanwhile();
        writer.move(stageIdentity(files.identityPath, prepared, writer), files.identityPath);
      });
    },
    trust: async () => {
      if (files.look().state === 'off') return forgetPin(needs);
      const unlocked = await held();
      const [key] = unlocked.keys;
      if (key === undefined) throw problemOf(fault('storage.key-damaged', { path: files.identityPath }));
      return whileUnlocked(unlocked, async (): Promise<'pinned'> => {
        const { pinned, advertised } = files.look();
        const { recipient } = key;
        if (recipient !== pinned && files.pins.isRetired(recipient))
          throw problemOf(fault('storage.key-retired', { path: files.identityPath }));
        await files.pins.pin(recipient);
        if (advertised !== recipient) files.advertise(recipient);
        return 'pinned';
      });
    },
    survivors: () => clearRemains(folder),
  };

  /** The last steps of `encrypt off`. Gives where the key lies then. */
  async function turnOff(): Promise<string | undefined> {
    forgetUndo();
    // The pin goes first: from here to the end no command writes anything into the folder.
    await files.pins.pin(undefined);
    files.advertise(undefined);
    const key = setKeyAside();
    files.setState('off');
    return key;
  }

  /** Copies in a backup may be encrypted for the key, so it stays under another name. */
  function setKeyAside(): string | undefined {
    if (!isThere(files.identityPath)) return undefined;
    const base = join(
      own,
      `former-key-${needs
        .now()
        .replace(/[^0-9T]/g, '')
        .slice(0, 15)}`,
    );
    let aside = `${base}.age`;
    for (let at = 2; isThere(aside); at++) aside = `${base}-${at}.age`;
    writer.move(files.identityPath, aside);
    return aside;
  }
}

interface EncryptAll extends Pick<EncryptNeeds, 'keys' | 'tick' | 'again'> {
  /** The state that the folder stays in meanwhile. */
  readonly state: SealState;
  readonly unlocked: Unlocked;
}

/** Forgets what this machine pinned for a folder that is not encrypted any more. */
async function forgetPin({
  store: { folder },
  files,
  locked,
}: EncryptionNeeds): Promise<'forgotten' | 'nothing'> {
  return locked(async () => {
    const { state, pinned } = files.look();
    if (state !== 'off')
      throw problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
    if (sealedFiles(folder).length > 0)
      throw problemOf(fault('storage.key-missing', { path: files.identityPath }), { exit: Exit.locked });
    await files.pins.pin(undefined);
    return pinned === undefined ? 'nothing' : 'forgotten';
  });
}

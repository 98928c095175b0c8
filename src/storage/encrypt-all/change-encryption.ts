import type { Work } from './encryption-guards.ts';
import { Exit } from '../../errors.ts';
import type {
  Encryption,
  EncryptionStatus,
  EncryptionState,
  Tick,
  ConversionResult,
} from '../../world/world.ts';
import { makeKeyPair } from '../encryption/age.ts';
import { checkReady } from './check-encryption-ready.ts';
import { convertAll, encryptEverything, type EncryptNeeds } from './convert-all.ts';
import { decryptFile } from './convert-files.ts';
import { openGuards, type EncryptionNeeds } from './encryption-guards.ts';
import { placeFirstKey, prepareIdentity, stageIdentity } from '../encryption/identity-file.ts';
import { relativePath } from '../fs/relative-path.ts';
import { fingerprint } from '../encryption/key-files.ts';
import { fault, problemOf } from '../fs/problems.ts';
import {
  listPlaintextFiles,
  listPlaintextNotes,
  plaintextLeftovers,
  listEncryptedFiles,
} from './list-plaintext-files.ts';
import type { Unlocked } from '../encryption/unlock.ts';
import { forgetUndo, turnOff } from './turn-off.ts';

/**
 * Opens the changes of a folder's encryption. `.github/SECURITY.md` describes the states and which command
 * may change them. Asking for a passphrase and scrypt happen without the lock. Every step then takes the
 * lock, reads the key files again, and throws a Problem (exit 5) when another command has changed them.
 */
export function openEncryption(needs: EncryptionNeeds): Encryption {
  const work: Work = { ...needs, ...openGuards(needs) };
  const { folder } = needs.store;
  return {
    folder,
    status: () => statusOf(work),
    check: () => checkReady(needs.store, needs.files),
    settle: () => finishDisabling(work),
    makeKey: passphrase => makeFirstKey(work, passphrase),
    encryptAll: tick => encryptNotes(work, tick),
    decryptAll: tick => decryptNotes(work, tick),
    rotate: tick => rotateKey(work, tick),
    unlock: async () => void (await work.getUnlocked()),
    change: passphrase => changePassphrase(work, passphrase),
    trust: () => trustKey(work),
    survivors: () => plaintextLeftovers(folder),
  };
}

function statusOf({ store: { folder }, files }: Work): EncryptionStatus {
  const { state, hasKey, advertised, pinned } = files.state();
  return {
    state,
    hasKey,
    advertised,
    pinned,
    encryptedCount: listEncryptedFiles(folder).length,
    plaintext: listPlaintextNotes(folder).map(path => relativePath(folder, path)),
    isWhole: state === 'on' && hasKey && listPlaintextFiles(folder).length === 0,
  };
}

/** Finishes an `encrypt off` that stopped after the last file and after removing the pin. */
async function finishDisabling(work: Work): Promise<void> {
  const { store, files, locked } = work;
  const hasNothingToFinish = (): boolean => {
    const { state, pinned } = files.state();
    return state !== 'disabling' || pinned !== undefined || listEncryptedFiles(store.folder).length > 0;
  };
  if (hasNothingToFinish()) return;
  await locked(async () => {
    if (!hasNothingToFinish()) await turnOff(work);
  });
}

/** Makes the first key of a folder. Returns the secret key (`AGE-SECRET-KEY-…`), for the person to keep. */
async function makeFirstKey(work: Work, passphrase: string): Promise<string> {
  const { store, files, writer, locked, cost, setUnlocked, changedMeanwhile } = work;
  await store.makeReady();
  const pair = await makeKeyPair();
  const prepared = await prepareIdentity([pair.identity], passphrase, cost);
  await locked(async () => {
    if (files.state().hasKey || listEncryptedFiles(store.folder).length > 0) throw changedMeanwhile();
    await placeFirstKey(files, prepared, writer);
    files.advertise(pair.recipient);
    files.setState('enabling');
  });
  setUnlocked({ keys: prepared.keys, passphrase, fingerprint: fingerprint(prepared.bytes) });
  return pair.identity;
}

async function encryptNotes(work: Work, tick: Tick): Promise<ConversionResult> {
  const { files, getUnlocked, whileUnlocked, trustedKeys } = work;
  const unlocked = await getUnlocked();
  const started = await whileUnlocked(unlocked, () => {
    const keys = trustedKeys(unlocked);
    const isRotating = files.state().state === 'rotating';
    const state: EncryptionState = isRotating ? 'rotating' : 'enabling';
    files.advertise(keys[0].recipient);
    files.setState(state);
    return { keys, includeEncrypted: isRotating, state };
  });
  return encryptAll(work, { unlocked, tick, ...started });
}

async function decryptNotes(work: Work, tick: Tick): Promise<ConversionResult & { readonly key?: string }> {
  const { store, files, writer, locked, getUnlocked, isUnchanged, lockedWhile, changedMeanwhile } = work;
  const { folder } = store;
  const isEncrypted = listEncryptedFiles(folder).length > 0;
  const unlocked = isEncrypted ? await getUnlocked() : undefined;
  const expected = await locked(() => {
    const { state, pinned } = files.state();
    if (!isUnchanged(unlocked) || state === 'off') throw changedMeanwhile();
    files.setState('disabling');
    return { state: 'disabling', pinned } as const;
  });
  let key: string | undefined;
  const change = lockedWhile(expected, unlocked);
  const [firstKey, ...olderKeys] = unlocked?.keys ?? [];
  const conversion = await convertAll({
    folder,
    change,
    tick,
    list: () => listEncryptedFiles(folder),
    convert: async path => {
      // There was no encrypted file, so nobody was asked for the passphrase; one has appeared since.
      if (firstKey === undefined) throw changedMeanwhile();
      return decryptFile({ writer, change, keys: [firstKey, ...olderKeys] }, path);
    },
    finish: async () => {
      key = await turnOff(work);
    },
  });
  return { ...conversion, key };
}

/** Makes a new key, keeps the old keys for reading, and encrypts every file for the new key. */
async function rotateKey(work: Work, tick: Tick): Promise<ConversionResult> {
  const { files, writer, cost, getUnlocked, setUnlocked, whileUnlocked, trustedKeys, expectState } = work;
  const { state } = files.state();
  const unlocked = await getUnlocked();
  await whileUnlocked(unlocked, () => trustedKeys(unlocked));
  const { passphrase } = unlocked;
  const pair = await makeKeyPair();
  const identities = [pair.identity, ...unlocked.keys.map(({ identity }) => identity)];
  const prepared = await prepareIdentity(identities, passphrase, cost);
  await whileUnlocked(unlocked, async () => {
    trustedKeys(unlocked);
    expectState(state);
    const staged = stageIdentity(files.identityPath, prepared, writer);
    files.setState('rotating');
    // The new file contains the old keys too, so that every note stays readable if the run stops here.
    writer.move(staged, files.identityPath);
    await files.pins.pin(pair.recipient);
    files.advertise(pair.recipient);
  });
  const rotated = { keys: prepared.keys, passphrase, fingerprint: fingerprint(prepared.bytes) };
  setUnlocked(rotated);
  return encryptAll(work, {
    state: 'rotating',
    unlocked: rotated,
    keys: trustedKeys(rotated),
    tick,
    includeEncrypted: true,
  });
}

async function changePassphrase(work: Work, passphrase: string): Promise<void> {
  const { files, writer, cost, getUnlocked, whileUnlocked, trustedKeys, expectState } = work;
  const unlocked = await getUnlocked();
  const identities = unlocked.keys.map(({ identity }) => identity);
  const prepared = await prepareIdentity(identities, passphrase, cost);
  await whileUnlocked(unlocked, () => {
    trustedKeys(unlocked);
    expectState('on');
    writer.move(stageIdentity(files.identityPath, prepared, writer), files.identityPath);
  });
}

/** Pins the folder's first key on this machine; removes the pin if the folder is not encrypted. */
async function trustKey(work: Work): ReturnType<Encryption['trust']> {
  const { files, getUnlocked, whileUnlocked } = work;
  if (files.state().state === 'off') return forgetPin(work);
  const unlocked = await getUnlocked();
  const [key] = unlocked.keys;
  if (key === undefined) throw problemOf(fault('storage.key-damaged', { path: files.identityPath }));
  return whileUnlocked(unlocked, async (): Promise<'pinned'> => {
    const { pinned, advertised } = files.state();
    const { recipient } = key;
    if (recipient !== pinned && files.pins.isRetired(recipient))
      throw problemOf(fault('storage.key-retired', { path: files.identityPath }));
    await files.pins.pin(recipient);
    if (advertised !== recipient) files.advertise(recipient);
    return 'pinned';
  });
}

interface EncryptAllNeeds extends Pick<EncryptNeeds, 'keys' | 'tick' | 'includeEncrypted'> {
  /** The folder's state while its files are encrypted. */
  readonly state: EncryptionState;
  readonly unlocked: Unlocked;
}

function encryptAll(work: Work, { state, unlocked, ...options }: EncryptAllNeeds): Promise<ConversionResult> {
  return encryptEverything({
    ...options,
    folder: work.store.folder,
    writer: work.writer,
    change: work.lockedWhile({ state, pinned: options.keys[0].recipient }, unlocked),
    finish: () => {
      forgetUndo(work);
      work.files.setState('on');
    },
  });
}

/** Removes this machine's pin for a folder that is no longer encrypted. Throws a Problem if it still is. */
async function forgetPin({ store, files, locked }: Work): Promise<'forgotten' | 'nothing'> {
  const { folder } = store;
  return locked(async () => {
    const { state, pinned } = files.state();
    if (state !== 'off')
      throw problemOf(fault('storage.keys-changed', { folder }), { exit: Exit.changedElsewhere });
    if (listEncryptedFiles(folder).length > 0)
      throw problemOf(fault('storage.key-missing', { path: files.identityPath }), { exit: Exit.locked });
    await files.pins.pin(undefined);
    return pinned === undefined ? 'nothing' : 'forgotten';
  });
}

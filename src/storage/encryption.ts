import { join } from 'node:path';
import type { Encryption, Tick, Turned, Unreadable } from '../world.ts';
import { makeKeyPair, readIdentities } from './age.ts';
import type { FolderStore } from './folder-store.ts';
import { addIdentity, replaceIdentity } from './identity-file.ts';
import { toldInside } from './inside.ts';
import type { KeyFiles } from './key-files.ts';
import { namesInOwnFolder } from './own-folders.ts';
import { fault, problemOf, type StorageFault } from './problems.ts';
import { removeQuietly } from './quietly.ts';
import { isThere } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import { clearFiles, clearNotes, clearRemains, sealedFiles } from './sealable.ts';
import { clearName } from './sealed-name.ts';
import { unreadableOf } from './shelf.ts';
import { trustCompiler } from './short-run.ts';
import { openForGood, resealFile, sealFile, type TurningNeeds } from './turning.ts';
import type { Unlocked } from './unlocking.ts';

export interface EncryptionNeeds {
  readonly store: FolderStore;
  readonly files: KeyFiles;
  readonly writer: Writer;
  readonly unlock: () => Promise<Unlocked>;
  readonly locked: <T>(work: () => T) => T;
  /** Whether another run is at work in the folder this moment. */
  readonly isBusy: () => boolean;
  /** As an instant. */
  readonly now: () => string;
  readonly cost: number;
}

/** Opens what turns the sealing of a folder on and off. Whatever happens, each step leaves every note readable, and the next run goes on from there. */
export function openEncryption({ store, files, writer, unlock, locked, isBusy, now, cost }: EncryptionNeeds): Encryption {
  const { folder } = store;
  const own = join(folder, '.rupture');
  let made: Unlocked | undefined;
  const held = async (): Promise<Unlocked> => made ?? unlock();

  const through = async (paths: readonly string[], tick: Tick, turn: (path: string) => Promise<StorageFault | undefined>): Promise<Turned> => {
    const left: Unreadable[] = [];
    trustCompiler();
    for (const [at, path] of paths.entries()) {
      tick(at, paths.length);
      const found = await turn(path);
      if (found !== undefined) left.push(unreadableOf(toldInside(folder, path), found));
    }
    return { done: paths.length - left.length, left };
  };
  /** Undo holds earlier texts, and knows files by what they were. */
  const forgetUndo = (): void => locked(() => {
    for (const name of namesInOwnFolder(join(own, 'undo'))) writer.remove(join(own, 'undo', name));
  });
  const turning = (keys: Unlocked['keys']): TurningNeeds => ({ writer, locked, keys });

  return {
    folder,
    status: () => {
      const { state, hasKey, told, pinned } = files.look();
      return { state, hasKey, told, pinned, sealed: sealedFiles(folder).length, clear: clearNotes(folder).map((path) => toldInside(folder, path)) };
    },
    check: async () => {
      if (isBusy()) throw problemOf(fault('storage.seal-busy', { folder }));
      // A new key would open none of what is sealed already.
      if (!files.look().hasKey && sealedFiles(folder).length > 0) throw problemOf(fault('storage.key-missing', { path: files.identityPath }));
      const [text] = store.editing.leftOver();
      if (text !== undefined) throw problemOf(fault('storage.seal-editor', { path: text }));
      if (sealedFiles(folder).length === 0) {
        if (await store.drafts.held() > 0) throw problemOf(fault('storage.seal-draft', { folder }));
        const { copies } = await store.shelf();
        const [copy] = copies;
        if (copy !== undefined) throw problemOf(fault('storage.seal-copies', { path: toldInside(folder, copy.path), of: toldInside(folder, copy.of) }));
      }
    },
    makeKey: async (passphrase) => {
      store.prepare();
      const pair = await makeKeyPair();
      try {
        await addIdentity({ files, writer, cost }, [pair.identity], passphrase);
        files.pin(pair.recipient);
        files.tell(pair.recipient);
        files.setState('enabling');
      } catch (error) {
        // Nothing is sealed for it yet: the folder is as it was.
        for (const path of [files.identityPath, join(own, 'recipient.txt'), join(own, 'sealing')]) removeQuietly(path);
        throw error;
      }
      made = { keys: readIdentities(pair.identity) ?? [], passphrase };
      return pair.identity;
    },
    seal: async (tick) => {
      const { keys } = await held();
      const [key] = keys;
      if (key === undefined) throw problemOf(fault('storage.key-damaged', { path: files.identityPath }));
      files.pin(key.recipient);
      files.tell(key.recipient);
      files.setState('enabling');
      const turned = await through(clearFiles(folder), tick, (path) => sealFile(turning(keys), path));
      forgetUndo();
      if (turned.left.length === 0) files.setState('on');
      return turned;
    },
    open: async (tick) => {
      const sealed = sealedFiles(folder);
      let turned: Turned = { done: 0, left: [] };
      if (sealed.length > 0) {
        const { keys } = await held();
        files.setState('disabling');
        turned = await through(sealed, tick, (path) => openForGood(turning(keys), path, clearName(path)));
      }
      forgetUndo();
      if (turned.left.length > 0) return turned;
      // The pin goes before the rest: until the end nothing is written here that is not asked for.
      files.pin(undefined);
      files.tell(undefined);
      const key = putAside();
      files.setState('off');
      return { ...turned, key };
    },
    rotate: async (tick) => {
      const { keys: before, passphrase } = await held();
      const { state, pinned } = files.look();
      const begun = state === 'rotating' || before[0]?.recipient !== pinned;
      const keys = begun ? before : await replaceIdentity({ files, writer, cost }, [(await makeKeyPair()).identity, ...before.map(({ identity }) => identity)], passphrase);
      const [key] = keys;
      if (key === undefined) throw problemOf(fault('storage.key-damaged', { path: files.identityPath }));
      files.setState('rotating');
      files.pin(key.recipient);
      files.tell(key.recipient);
      const turned = await through(sealedFiles(folder), tick, (path) => resealFile(turning(keys), path));
      forgetUndo();
      if (turned.left.length === 0) files.setState('on');
      return turned;
    },
    unlock: async () => {
      await held();
    },
    change: async (passphrase) => {
      const { keys } = await held();
      await replaceIdentity({ files, writer, cost }, keys.map(({ identity }) => identity), passphrase);
    },
    trust: async () => {
      const { state, pinned } = files.look();
      if (state === 'off') {
        files.pin(undefined);
        return pinned === undefined ? 'nothing' : 'forgotten';
      }
      const [key] = (await held()).keys;
      if (key === undefined) throw problemOf(fault('storage.key-damaged', { path: files.identityPath }));
      files.pin(key.recipient);
      if (files.look().told !== key.recipient) files.tell(key.recipient);
      return 'pinned';
    },
    survivors: () => clearRemains(folder),
  };

  /** What was sealed for the key may be in a backup: it is kept under another name. */
  function putAside(): string | undefined {
    if (!isThere(files.identityPath)) return undefined;
    const aside = join(own, `former-key-${now().replace(/[^0-9T]/g, '').slice(0, 15)}.age`);
    writer.move(files.identityPath, aside);
    return aside;
  }
}

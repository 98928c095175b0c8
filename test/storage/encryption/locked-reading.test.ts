import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { makeKeyPair, encryptWithPassphrase, encryptFor } from '../../../src/storage/encryption/age.ts';
import { openKeyFiles, type KeyFiles } from '../../../src/storage/encryption/key-files.ts';
import type { Locked } from '../../../src/storage/fs/lock.ts';
import { openLockedReading, type LockedReading } from '../../../src/storage/encryption/locked-reading.ts';
import { openEncryptedFiles } from '../../../src/storage/encryption/encrypted-files.ts';
import { openUnlocking } from '../../../src/storage/encryption/unlock.ts';
import { openAgeVault } from '../../../src/storage/encryption/vault.ts';
import type { Draft } from '../../../src/world/world.ts';
import { alone, storeIn, tempFolder, writer } from '../support.ts';

const passphrase = 'six words';
const pair = await makeKeyPair();
const newer = await makeKeyPair();
const identityOf = (...identities: readonly string[]): Promise<Uint8Array> =>
  encryptWithPassphrase(`${identities.join('\n')}\n`, passphrase, 10);
const identity = await identityOf(pair.identity);
const rotated = await identityOf(newer.identity, pair.identity);

let folder: string;
let note: string;
let files: KeyFiles;
let isHeld: boolean;
/** Whether the lock was held at each question for the passphrase. */
let asked: boolean[];
/** What another process does before each time the lock is taken. */
let others: (() => void)[];
let holds: number;

const writeFor = async (recipient: string, text: string): Promise<void> =>
  writeFileSync(note, await encryptFor(recipient, Buffer.from(text)));

beforeEach(async () => {
  folder = tempFolder();
  note = join(folder, 'a walk.md.age');
  [isHeld, asked, others, holds] = [false, [], [], 0];
  files = openKeyFiles({ folder, configDir: join(folder, '.config'), writer, locked: alone });
  writer.makeFolder(join(folder, '.rupture'));
  writeFileSync(files.identityPath, identity);
  await files.pins.pin(pair.recipient);
  files.advertise(pair.recipient);
  files.setState('on');
});

const locked: Locked = async work => {
  others.shift()?.();
  [isHeld, holds] = [true, holds + 1];
  try {
    return await work();
  } finally {
    isHeld = false;
  }
};

function openReading(): LockedReading {
  const unlocking = openUnlocking(files, () => {
    asked.push(isHeld);
    return Promise.resolve(passphrase);
  });
  const isUnlocked = (): boolean => unlocking.held() !== undefined;
  const texts = openEncryptedFiles({ folder, files, vault: openAgeVault(unlocking), isUnlocked });
  return openLockedReading({ folder, texts, locked, check: () => undefined });
}

/** Works once with the note, and returns what it read under the lock. */
async function readNote(reading: LockedReading): Promise<readonly string[]> {
  const read: string[] = [];
  await reading.file(
    () => note,
    (_path, there) => {
      expect(isHeld).toBe(true);
      read.push(there.is === 'text' ? there.text : there.fault.key);
    },
  );
  return read;
}

it('asks for the passphrase before the lock is taken, and works once', async () => {
  await writeFor(pair.recipient, 'as it was');
  expect([await readNote(openReading()), asked, holds]).toEqual([['as it was'], [false], 1]);
});

it('works with the note as it is under the lock if it changed just before', async () => {
  await writeFor(pair.recipient, 'changed');
  const changed = readFileSync(note);
  await writeFor(pair.recipient, 'as it was');
  others = [() => writeFileSync(note, changed)];
  expect([await readNote(openReading()), asked, holds]).toEqual([['changed'], [false], 1]);
});

it('asks without the lock when a note was encrypted just before the lock was taken', async () => {
  await writeFor(pair.recipient, 'now encrypted');
  const encrypted = readFileSync(note);
  writeFileSync(note, '');
  const path = join(folder, 'a walk.md');
  writeFileSync(path, 'in plaintext');
  others = [() => writeFileSync(note, encrypted)];
  const read: string[] = [];
  await openReading().file(
    () => (readFileSync(note).length > 0 ? note : path),
    (_path, there) => void read.push(there.is === 'text' ? there.text : there.fault.key),
  );
  expect([read, asked, holds]).toEqual([['now encrypted'], [false], 2]);
});

it('gets a rotated key without the lock and without asking', async () => {
  await writeFor(newer.recipient, 'under the newer key');
  const changed = readFileSync(note);
  await writeFor(pair.recipient, 'as it was');
  others = [
    () => {
      writeFileSync(note, changed);
      writeFileSync(files.identityPath, rotated);
    },
  ];
  expect([await readNote(openReading()), asked, holds]).toEqual([['under the newer key'], [false], 2]);
});

it('reports the fault of a note that no key opens', async () => {
  await writeFor(newer.recipient, 'of somebody else');
  expect([await readNote(openReading()), holds]).toEqual([['storage.sealed-other-key'], 1]);
});

it('does not save a draft that is dropped during its encryption', async () => {
  const { drafts } = storeIn(folder);
  const draft: Draft = {
    id: 'abcdef',
    template: 'reflect',
    mode: 'quick',
    session: '2026-03-12',
    started: '2026-03-12T19:00:00.000-05:00',
    answers: { what: 'a' },
  };
  const kept = drafts.save(draft);
  await new Promise(resolve => setImmediate(resolve));
  expect(existsSync(join(folder, '.rupture', 'lock'))).toBe(true);
  drafts.drop('abcdef');
  await kept;
  const place = join(folder, '.rupture', 'drafts');
  expect(existsSync(place) ? readdirSync(place) : []).toEqual([]);
});

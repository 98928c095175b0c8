import { mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findForeignFolders, namesInOwnFolder } from '../../../src/storage/folder/own-folders.ts';
import { noteOf, storeIn, tempFolder } from '../support.ts';

test('finds a link that appears while the lock is taken, before anything is written', async () => {
  const folder = tempFolder();
  const outside = tempFolder();
  const path = await storeIn(folder).add(noteOf([]));
  const text = readFileSync(path, 'utf8');
  const undo = join(folder, '.rupture/undo');
  let isSwapped = false;
  // The lock reads the host name after the first check and before the work.
  const host = (): string => {
    if (!isSwapped) {
      isSwapped = true;
      renameSync(undo, `${undo}-before`);
      symlinkSync(outside, undo);
    }
    return 'here';
  };
  await expect(
    storeIn(folder, { host }).revise(path, { front: { size: 3 }, append: [] }),
  ).rejects.toMatchObject({ key: 'storage.own-link', params: { path: undo } });
  expect([
    isSwapped,
    readdirSync(outside),
    readFileSync(path, 'utf8'),
    readdirSync(join(folder, '.rupture')).includes('lock'),
  ]).toEqual([true, [], text, false]);
});

test('lists nothing behind a link, whether it is the folder or its parent', () => {
  const folder = tempFolder();
  const outside = tempFolder();
  mkdirSync(join(outside, 'undo'));
  mkdirSync(join(outside, 'undo/inner'));
  symlinkSync(outside, join(folder, '.rupture'));
  expect(namesInOwnFolder(join(folder, '.rupture/undo'))).toEqual([]);
  expect(findForeignFolders(folder)).toMatchObject([
    { key: 'storage.own-link', params: { path: join(folder, '.rupture') } },
  ]);
  const second = tempFolder();
  mkdirSync(join(second, '.rupture'));
  symlinkSync(join(outside, 'undo'), join(second, '.rupture/undo'));
  expect(namesInOwnFolder(join(second, '.rupture/undo'))).toEqual([]);
  expect(findForeignFolders(second)).toMatchObject([
    { key: 'storage.own-link', params: { path: join(second, '.rupture/undo') } },
  ]);
  expect(namesInOwnFolder(join(outside, 'undo'))).toEqual(['inner']);
});

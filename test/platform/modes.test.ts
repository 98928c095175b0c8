import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkModes } from '../../src/storage/check-modes.ts';
import { openMemory } from '../../src/storage/memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rupture-modes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('where accounts have no numbers, as on Windows, no mode and no owner is told; where they have, both are', () => {
  const path = join(folder, 'a.md');
  writeFileSync(path, '');
  chmodSync(path, 0o666);
  chmodSync(folder, 0o777);
  const look = (uid: number | undefined): readonly string[] => checkModes({ folder, uid, notes: [path], settings: [] }).map(({ key }) => key);
  const { uid } = statSync(folder);
  expect(look(undefined)).toEqual([]);
  expect(look(uid)).toEqual(['doctor.wide-folder', 'doctor.wide-file']);
  expect(look(uid + 1)).toEqual(['doctor.of-other', 'doctor.of-other']);
});

test.each(['darwin', 'win32', 'freebsd'])('on %s no folder is taken for one in memory, whatever the environment names', (platform) => {
  const memory = openMemory({ folder, env: { XDG_RUNTIME_DIR: folder }, uid: process.getuid?.(), platform });
  expect(memory.places()).toEqual([]);
  expect(memory.make).toThrow('storage.no-memory');
});

test.skipIf(process.platform === 'win32')('on Linux the one that the environment names is', () => {
  const runtime = join(folder, 'run');
  mkdirSync(runtime);
  const memory = openMemory({ folder, env: { XDG_RUNTIME_DIR: runtime }, uid: process.getuid?.(), platform: 'linux' });
  expect(memory.places()[0]?.startsWith(`${runtime}/rupture-`)).toBe(true);
  expect(statSync(memory.make()).mode & 0o777).toBe(0o700);
});

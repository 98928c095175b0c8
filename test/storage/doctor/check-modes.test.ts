import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { checkModes } from '../../../src/storage/doctor/check-modes.ts';
import { openInMemoryFolder } from '../../../src/storage/folder/in-memory-folder.ts';
import type { InMemoryFolder } from '../../../src/storage/folder/in-memory-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rupture-modes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('reports modes and owners, but not on systems without user IDs, such as Windows', () => {
  const path = join(folder, 'a.md');
  writeFileSync(path, '');
  chmodSync(path, 0o666);
  chmodSync(folder, 0o777);
  const look = (uid: number | undefined): readonly string[] =>
    checkModes({ folder, uid, notes: [path], settings: [] }).map(({ key }) => key);
  const { uid } = statSync(folder);
  expect(look(undefined)).toEqual([]);
  expect(look(uid)).toEqual(['doctor.wide-folder', 'doctor.wide-file']);
  expect(look(uid + 1)).toEqual(['doctor.of-other', 'doctor.of-other']);
});

test.each(['darwin', 'win32', 'freebsd'])(
  'treats no folder as in memory on %s, whatever the environment names',
  platform => {
    const memory = openInMemoryFolder({
      folder,
      env: { XDG_RUNTIME_DIR: folder },
      uid: process.getuid?.(),
      platform,
    });
    expect(memory.places()).toEqual([]);
    expect(memory.make).toThrow('storage.no-memory');
  },
);

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  const memoryOf = (runtime: string): InMemoryFolder =>
    openInMemoryFolder({
      folder,
      env: { XDG_RUNTIME_DIR: runtime },
      uid: process.getuid?.(),
      platform: 'linux',
    });
  const make = (memory: InMemoryFolder): string => {
    const path = memory.make();
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  };

  test('uses the folder that the environment names if it is in memory', () => {
    const runtime = mkdtempSync('/dev/shm/rupture-modes-');
    onTestFinished(() => rmSync(runtime, { recursive: true }));
    const path = make(memoryOf(runtime));
    expect(path.startsWith(`${runtime}/rupture-`)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['a folder', false],
    ['a link to a folder', true],
  ])('does not use %s on a disk, and creates nothing in it', (_, isLink) => {
    const disk = mkdtempSync(join(process.cwd(), 'node_modules/.rupture-modes-'));
    onTestFinished(() => rmSync(disk, { recursive: true }));
    const runtime = isLink ? join(folder, 'run') : disk;
    if (isLink) symlinkSync(disk, runtime);
    const path = make(memoryOf(runtime));
    expect(path.startsWith('/dev/shm/rupture-')).toBe(true);
    expect(readdirSync(disk)).toEqual([]);
    // The doctor still finds a text that an earlier version left there.
    expect(memoryOf(runtime).places()).toContain(join(runtime, basename(path)));
  });

  test('refuses a folder that another account created, or that is a link', () => {
    const runtime = mkdtempSync('/dev/shm/rupture-modes-');
    onTestFinished(() => rmSync(runtime, { recursive: true }));
    const memory = memoryOf(runtime);
    symlinkSync(folder, memory.places()[0] ?? '');
    expect(() => memory.make()).toThrow('storage.memory-not-ours');
    expect(readdirSync(folder)).toEqual([]);
  });
});

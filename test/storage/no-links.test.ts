import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { storeIn, tempFolder, writer } from './support.ts';

const failing = vi.hoisted(() => ({ rename: false, write: false }));

// A disk that knows no second names; what else of it fails is said by each test.
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const refuse = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    ...fs,
    linkSync: () => refuse('EPERM'),
    renameSync: (from: string, to: string) => (failing.rename ? refuse('EIO') : fs.renameSync(from, to)),
    writeSync: (...args: Parameters<typeof fs.writeSync>) => (failing.write ? refuse('ENOSPC') : fs.writeSync(...args)),
  };
});

beforeEach(() => Object.assign(failing, { rename: false, write: false }));

test('where links are not known a file is there whole or not at all, and never written over', () => {
  const folder = tempFolder();
  const path = join(folder, 'a.md');
  expect([writer.add(path, 'one'), writer.add(path, 'two')]).toEqual([true, false]);
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['one', 0o600]);
  failing.rename = true;
  expect(() => writer.add(join(folder, 'b.md'), 'two')).toThrow('storage.write-disk');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('a probe that fails leaves nothing', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, '.rupture'));
  chmodSync(join(folder, '.rupture'), 0o700);
  failing.write = true;
  expect(() => storeIn(folder, { config: tempFolder() }).prepare()).toThrow('storage.write-full');
  expect([readdirSync(folder), readdirSync(join(folder, '.rupture'))]).toEqual([['.rupture'], []]);
});

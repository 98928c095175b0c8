import { chmodSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import { openHome } from './support/home.ts';
import type { Home } from './support/home.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  rupture = (await openPacked()).rupture;
});

const knowsCache = 'enableCompileCache' in nodeModule;

/** Runs a command without the variables that turn the cache off. */
function runWithCache(home: Home, more: Readonly<Record<string, string>> = {}): void {
  const { NODE_DISABLE_COMPILE_CACHE: _, ...env } = { ...home.env, ...more };
  const { code, out } = home.start('env', [
    '-i',
    ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
    rupture,
    '--version',
  ]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
}

const filesIn = (folder: string): number => readdirSync(folder, { recursive: true }).length;

describe.runIf(knowsCache)('the cache of compiled code', () => {
  test('is in a cache folder that only this account can read', () => {
    const home = openHome(rupture);
    const folder = join(home.root, 'cache', 'rupture-cli');
    runWithCache(home);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(filesIn(folder)).toBeGreaterThan(0);
    const inHome = openHome(rupture);
    runWithCache(inHome, { XDG_CACHE_HOME: 'not/absolute' });
    expect(filesIn(join(inHome.root, 'home', '.cache', 'rupture-cli'))).toBeGreaterThan(0);
  });

  test.each([
    [
      'others may write to it',
      (folder: string): void => {
        mkdirSync(folder);
        chmodSync(folder, 0o770);
      },
    ],
    [
      'it is a link',
      (folder: string): void => {
        mkdirSync(`${folder}.target`, { mode: 0o700 });
        symlinkSync(`${folder}.target`, folder);
      },
    ],
  ])('is not used where %s', (_why, make) => {
    const home = openHome(rupture);
    const folder = join(home.root, 'cache', 'rupture-cli');
    make(folder);
    runWithCache(home);
    expect(filesIn(folder)).toBe(0);
  });

  test('is not created without a folder for it', () => {
    const home = openHome(rupture);
    runWithCache(home, { XDG_CACHE_HOME: join(home.root, 'nowhere') });
    runWithCache(home, { XDG_CACHE_HOME: '', HOME: '' });
    expect(readdirSync(home.root)).not.toContain('nowhere');
  });
});

test.skipIf(knowsCache)('an old Node starts without a cache', () => {
  const home = openHome(rupture);
  runWithCache(home);
  expect(readdirSync(join(home.root, 'cache'))).toEqual([]);
});

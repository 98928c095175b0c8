import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { clearLock, checkLock, underLock, whenUnlocked } from '../../../src/storage/fs/lock.ts';
import type { LockNeeds } from '../../../src/storage/fs/stale-lock.ts';
import { tempFolder } from '../support.ts';

const run = promisify(execFile);

const needs = (folder: string, over: Partial<LockNeeds> = {}): LockNeeds => ({
  folder,
  pid: 1,
  host: hostname,
  now: () => 1_000_000,
  random: count => new Uint8Array(count).fill(250),
  isAlive: () => true,
  ...over,
});

test.each([
  ['of a dead program here', { pid: 2, host: hostname(), start: 999_999 }, false],
  ['of another machine, older than half a minute', { pid: 2, host: 'other', start: 969_000 }, true],
  [
    'of a living program here that has held it for an hour',
    { pid: 2, host: hostname(), start: -2_600_000 },
    true,
  ],
])('a lock %s is stale', async (_name, holder, isAlive) => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
  expect(await underLock(needs(folder, { isAlive: () => isAlive }), () => 'done')).toBe('done');
  expect(readdirSync(folder)).toEqual([]);
});

/** Waiting advances the clock without taking time. */
const waiting = (folder: string): LockNeeds & { readonly waited: () => number } => {
  let ms = 0;
  return {
    ...needs(folder),
    now: () => 1_000_000 + ms,
    pause: more => void (ms += more),
    waited: () => ms,
  };
};
const year = 365 * 86_400_000;
const setTime = (path: string, ms: number): void => utimesSync(path, ms / 1000, ms / 1000);
const withTime = (folder: string, text: string, ms: number): string => {
  const lock = join(folder, 'lock');
  writeFileSync(lock, text);
  setTime(lock, ms);
  return lock;
};

test.each([
  ['of another machine', { pid: 2, host: 'other', start: 1_000_000 + year }, 1_000_000 - 31_000],
  ['of a start that is no time', { pid: 2, host: 'other', start: 1e308 * 10 }, 1_000_000 - 31_000],
  [
    'of a run here with the same number',
    { pid: 1, host: hostname(), start: 1_000_000 + year },
    1_000_000 - 31_000,
  ],
  ['of a living program here', { pid: 2, host: hostname(), start: 1_000_000 + year }, 1_000_000 - 601_000],
])('a lock %s whose start lies ahead is as old as its file', async (_name, holder, changed) => {
  const folder = tempFolder();
  withTime(folder, JSON.stringify(holder).replace('null', '1e999'), changed);
  expect(await underLock(needs(folder), () => 'done')).toBe('done');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['of another machine', JSON.stringify({ pid: 2, host: 'other', start: 1_000_000 + year })],
  [
    'of a run here with the same number',
    JSON.stringify({ pid: 1, host: hostname(), start: 1_000_000 + year }),
  ],
  ['of a living program here', JSON.stringify({ pid: 2, host: hostname(), start: 1_000_000 + year })],
  ['that says nothing', ''],
])(
  'a lock %s whose file lies ahead too is taken away after ten seconds, with what broke it before',
  async (_name, text) => {
    const folder = tempFolder();
    withTime(folder, text, 1_000_000 + year);
    writeFileSync(join(folder, 'lock.break'), text);
    setTime(join(folder, 'lock.break'), 1_000_000 + year);
    expect(checkLock(needs(folder))).toBe('old');
    const patient = waiting(folder);
    expect(await underLock(patient, () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
    expect([patient.waited() >= 10_000, patient.waited() < 11_000]).toEqual([true, true]);
  },
);

test.each([
  [
    'is waited for while its file is new',
    JSON.stringify({ pid: 2, host: 'other', start: 1_000_000 + year }),
    999_000,
  ],
  [
    'is waited for where the clocks differ by minutes alone',
    JSON.stringify({ pid: 2, host: 'other', start: 1_000_000 + 200_000 }),
    1_000_000 - year,
  ],
])('a lock of another machine whose start lies ahead %s', async (_name, text, changed) => {
  const folder = tempFolder();
  const lock = withTime(folder, text, changed);
  await expect(underLock(waiting(folder), () => 'done')).rejects.toThrow('storage.locked');
  expect(readFileSync(lock, 'utf8')).toBe(text);
});

test('waits for a held lock, then reports it and leaves it', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  writeFileSync(lock, JSON.stringify({ pid: 2, host: hostname(), start: 999_999 }));
  await expect(underLock(needs(folder), () => 'done')).rejects.toThrow('storage.locked');
  expect(existsSync(lock)).toBe(true);
}, 40_000);

test('waits for an empty lock until it is old: a run ended while taking it', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  writeFileSync(lock, '');
  const aMomentAgo = (): number => Date.now();
  expect(checkLock(needs(folder, { now: aMomentAgo }))).toBe('held');
  expect(await underLock(needs(folder, { now: aMomentAgo }), () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, '');
  utimesSync(lock, 1, 1);
  expect(clearLock(needs(folder, { now: aMomentAgo }))).toBe(true);
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, JSON.stringify({ pid: 2, host: hostname(), start: Date.now() }));
  expect(checkLock(needs(folder, { now: aMomentAgo }))).toBe('held');
}, 40_000);

test('a released lock that this run could not remove does not block it', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  const own = await underLock(needs(folder), () => readFileSync(lock, 'utf8'));
  // As on a disk that refuses every change, even removing a name.
  writeFileSync(lock, own);
  expect(await underLock(needs(folder), () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

test('releases the lock when the work fails', async () => {
  const folder = tempFolder();
  await expect(
    underLock(needs(folder), () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(readdirSync(folder)).toEqual([]);
});

test('underLock takes a free lock and starts the work before it returns', async () => {
  const folder = tempFolder();
  let begun = false;
  const done = underLock(needs(folder), () => void (begun = existsSync(join(folder, 'lock'))));
  expect(begun).toBe(true);
  await done;
});

test('jobs of a process wait for its earlier jobs, even if those fail', async () => {
  const folder = tempFolder();
  const order: string[] = [];
  const lock = join(folder, 'lock');
  const work = (name: string, fails = false) =>
    underLock(needs(folder), async () => {
      order.push(`${name} begins ${existsSync(lock)}`);
      await run(process.execPath, ['--version']);
      order.push(`${name} ends ${existsSync(lock)}`);
      if (fails) throw new Error(name);
    });
  const all = await Promise.allSettled([work('one'), work('two', true), work('three')]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual(
    ['one', 'two', 'three'].flatMap(name => [`${name} begins true`, `${name} ends true`]),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('whenUnlocked waits for the lock that is held', async () => {
  const folder = tempFolder();
  let isOver = false;
  const work = underLock(needs(folder), async () => {
    await run(process.execPath, ['--version']);
    isOver = true;
  });
  await whenUnlocked();
  expect([isOver, readdirSync(folder)]).toEqual([true, []]);
  await work;
});

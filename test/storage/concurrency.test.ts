import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
  readFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clearLock, lookAtLock, underLock, whenUnlocked } from '../../src/storage/lock.ts';
import type { LockNeeds } from '../../src/storage/stale-lock.ts';
import { noteOf, storeIn, tempFolder } from './support.ts';

const run = promisify(execFile);
let script = '';
let outside = '';

/** The path of a file of the storage room, as a literal. */
function from(name: string): string {
  return JSON.stringify(join(process.cwd(), 'src/storage', name));
}

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'rupture-storage-'));
  const entry = join(outside, 'entry.ts');
  writeFileSync(
    entry,
    `
    import { hostname } from 'node:os';
    import { randomBytes } from 'node:crypto';
    import { underLock } from ${from('lock.ts')};
    import { openStore } from ${from('open-store.ts')};
    const [folder, kind, count, name, path] = process.argv.slice(2);
    const chance = (n) => randomBytes(n);
    const isAlive = (pid) => { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } };
    const now = () => ({ instant: new Date().toISOString(), day: '2026-03-12', ms: Date.now() });
    const store = openStore({ configDir: folder + '/.config', folder, platform: 'linux', env: {}, ask: () => Promise.reject(new Error('nobody is asked')), pid: process.pid, uid: process.getuid(), host: hostname, now, chance, isAlive });
    await store.prepare();
    const add = (at) => store.add({ id: name + String(at).padStart(4, '0'), session: '2026-03-12', title: 'x', front: { status: 'open' }, sections: [] });
    if (kind === 'together') await Promise.all(Array.from({ length: Number(count) }, (_, at) => add(at)));
    else if (kind === 'signal') {
      // As with a folder in memory that is cleared first: then the signal does what it would have done.
      process.once('SIGTERM', () => process.kill(process.pid, 'SIGTERM'));
      await underLock({ folder: folder + '/.rupture', pid: process.pid, host: hostname, now: Date.now, chance, isAlive }, () => {
        process.kill(process.pid, 'SIGTERM');
        return new Promise((resolve) => setInterval(resolve, 60_000));
      });
    } else for (let at = 0; at < Number(count); at += 1) {
      if (kind === 'add') await add(at);
      else await store.revise(path, { front: { size: at % 10 }, history: '2026-03-12 open ' + (at % 10), append: [{ level: 2, heading: 'Later', text: name + at }] });
      if (kind === 'die') { store.revise = 0; const { openSync, writeSync } = await import('node:fs'); const lock = openSync(folder + '/.rupture/lock', 'wx'); writeSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), start: Date.now() })); process.kill(process.pid, 'SIGKILL'); }
    }`,
  );
  script = join(outside, 'run.mjs');
  execFileSync('node_modules/.bin/esbuild', [
    entry,
    '--bundle',
    '--format=esm',
    '--platform=node',
    `--outfile=${script}`,
    '--log-level=error',
  ]);
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

test('four programs that add fifty moments each keep two hundred', async () => {
  const folder = tempFolder();
  await Promise.all(
    ['ka', 'kb', 'kc', 'kd'].map(name => run(process.execPath, [script, folder, 'add', '50', name])),
  );
  const shelf = await storeIn(folder).shelf();
  expect([shelf.moments.length, shelf.unreadable, shelf.copies]).toEqual([200, [], []]);
}, 60_000);

test('four programs that change one moment fifty times each keep two hundred changes', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const path = await store.add(noteOf([]));
  await Promise.all(
    ['a', 'b', 'c', 'd'].map(name => run(process.execPath, [script, folder, 'revise', '50', name, path])),
  );
  const { head, sections } = await store.read(path);
  expect(head.keys['history']).toHaveLength(201);
  expect(new Set(sections.map(({ text }) => text)).size).toBe(200);
  expect(readdirSync(join(folder, '.rupture')).filter(name => name.includes('lock'))).toEqual([]);
}, 60_000);

test('four programs that add fifty moments each, all at once, keep two hundred', async () => {
  const folder = tempFolder();
  await Promise.all(
    ['ka', 'kb', 'kc', 'kd'].map(name => run(process.execPath, [script, folder, 'together', '50', name])),
  );
  const shelf = await storeIn(folder).shelf();
  expect([shelf.moments.length, shelf.unreadable, shelf.copies]).toEqual([200, [], []]);
  expect(readdirSync(join(folder, '.rupture')).filter(name => name.includes('lock'))).toEqual([]);
}, 60_000);

test('a program that a signal ends while its work under the lock waits stops nobody', async () => {
  const folder = tempFolder();
  const ended = await run(process.execPath, [script, folder, 'signal', '1', 'x']).catch(
    (error: unknown) => error,
  );
  expect(ended).toMatchObject({ signal: 'SIGTERM' });
  const own = join(folder, '.rupture');
  const here = { ...needs(own), pid: process.pid, now: () => Date.now(), isAlive: runs };
  expect(lookAtLock(here)).toBe('dead');
  expect(await underLock(here, () => 'done')).toBe('done');
});

test('the lock of a program that was killed stops nobody', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const path = await store.add(noteOf([]));
  await run(process.execPath, [script, folder, 'die', '1', 'x', path]).catch(() => undefined);
  expect(existsSync(join(folder, '.rupture', 'lock'))).toBe(true);
  await Promise.all(
    ['a', 'b', 'c', 'd'].map(name => run(process.execPath, [script, folder, 'revise', '10', name, path])),
  );
  expect((await store.read(path)).head.keys['history']).toHaveLength(42);
}, 60_000);

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const needs = (folder: string, over: Partial<LockNeeds> = {}): LockNeeds => ({
  folder,
  pid: 1,
  host: hostname,
  now: () => 1_000_000,
  chance: count => new Uint8Array(count).fill(250),
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

/** Waiting takes no time, and the clock goes on by it. */
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
    expect(lookAtLock(needs(folder))).toBe('old');
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

test('a lock that is held is waited for, then named and left', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  writeFileSync(lock, JSON.stringify({ pid: 2, host: hostname(), start: 999_999 }));
  await expect(underLock(needs(folder), () => 'done')).rejects.toThrow('storage.locked');
  expect(existsSync(lock)).toBe(true);
}, 40_000);

test('a lock without a word is waited for until it is old: a run was ended while it took it', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  writeFileSync(lock, '');
  const aMomentAgo = (): number => Date.now();
  expect(lookAtLock(needs(folder, { now: aMomentAgo }))).toBe('held');
  expect(await underLock(needs(folder, { now: aMomentAgo }), () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, '');
  utimesSync(lock, 1, 1);
  expect(clearLock(needs(folder, { now: aMomentAgo }))).toBe(true);
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, JSON.stringify({ pid: 2, host: hostname(), start: Date.now() }));
  expect(lookAtLock(needs(folder, { now: aMomentAgo }))).toBe('held');
}, 40_000);

test('a lock that this run has let go of and could not remove does not stop it', async () => {
  const folder = tempFolder();
  const lock = join(folder, 'lock');
  const own = await underLock(needs(folder), () => readFileSync(lock, 'utf8'));
  // As on a disk that takes nothing any more, not even that a name goes.
  writeFileSync(lock, own);
  expect(await underLock(needs(folder), () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

test('the lock is let go when the work fails', async () => {
  const folder = tempFolder();
  await expect(
    underLock(needs(folder), () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(readdirSync(folder)).toEqual([]);
});

test('a free lock is taken, and the work begun, before underLock returns', async () => {
  const folder = tempFolder();
  let begun = false;
  const done = underLock(needs(folder), () => void (begun = existsSync(join(folder, 'lock'))));
  expect(begun).toBe(true);
  await done;
});

test('work of one process waits for its own work before it, also when that fails', async () => {
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

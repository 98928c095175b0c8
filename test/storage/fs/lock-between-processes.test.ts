import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLock, underLock } from '../../../src/storage/fs/lock.ts';
import type { LockNeeds } from '../../../src/storage/fs/stale-lock.ts';
import { noteOf, storeIn, tempFolder } from '../support.ts';

const run = promisify(execFile);
let script = '';
let outside = '';

/** Returns the path of a storage file as a string literal. */
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
    import { underLock } from ${from('fs/lock.ts')};
    import { openStore } from ${from('open-store.ts')};
    const [folder, kind, count, name, path] = process.argv.slice(2);
    const random = (n) => randomBytes(n);
    const isAlive = (pid) => { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } };
    const now = () => ({ instant: new Date().toISOString(), day: '2026-03-12', ms: Date.now() });
    const store = openStore({ configDir: folder + '/.config', folder, platform: 'linux', env: {}, ask: () => Promise.reject(new Error('nobody is asked')), pid: process.pid, uid: process.getuid(), host: hostname, now, random, isAlive });
    await store.prepare();
    const add = (at) => store.add({ id: name + String(at).padStart(4, '0'), session: '2026-03-12', title: 'x', front: { status: 'open' }, sections: [] });
    if (kind === 'together') await Promise.all(Array.from({ length: Number(count) }, (_, at) => add(at)));
    else if (kind === 'signal') {
      // As with a folder in memory: clean up first, then let the signal act as usual.
      process.once('SIGTERM', () => process.kill(process.pid, 'SIGTERM'));
      await underLock({ folder: folder + '/.rupture', pid: process.pid, host: hostname, now: Date.now, random, isAlive }, () => {
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

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('four programs that add fifty moments each save two hundred', async () => {
  const folder = tempFolder();
  await Promise.all(
    ['ka', 'kb', 'kc', 'kd'].map(name => run(process.execPath, [script, folder, 'add', '50', name])),
  );
  const index = await storeIn(folder).scan();
  expect([index.moments.length, index.unreadable, index.copies]).toEqual([200, [], []]);
}, 60_000);

test('four programs that change the same moment fifty times each save two hundred changes', async () => {
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

test('four programs that add fifty moments each in parallel save two hundred', async () => {
  const folder = tempFolder();
  await Promise.all(
    ['ka', 'kb', 'kc', 'kd'].map(name => run(process.execPath, [script, folder, 'together', '50', name])),
  );
  const index = await storeIn(folder).scan();
  expect([index.moments.length, index.unreadable, index.copies]).toEqual([200, [], []]);
  expect(readdirSync(join(folder, '.rupture')).filter(name => name.includes('lock'))).toEqual([]);
}, 60_000);

test('a program that a signal ends during its work under the lock blocks no other', async () => {
  const folder = tempFolder();
  const ended = await run(process.execPath, [script, folder, 'signal', '1', 'x']).catch(
    (error: unknown) => error,
  );
  expect(ended).toMatchObject({ signal: 'SIGTERM' });
  const own = join(folder, '.rupture');
  const here: LockNeeds = {
    folder: own,
    pid: process.pid,
    host: hostname,
    now: Date.now,
    random: count => randomBytes(count),
    isAlive: runs,
  };
  expect(checkLock(here)).toBe('dead');
  expect(await underLock(here, () => 'done')).toBe('done');
});

test('the lock of a killed program blocks no other', async () => {
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

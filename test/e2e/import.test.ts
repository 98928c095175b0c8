import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { openHome } from './support/home.ts';
import type { Home } from './support/home.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});

/** Returns the text of a jrnl journal with `count` entries, one per minute. */
function journal(count: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const entry = (at: number): string =>
    `[2024-03-12 ${two(Math.floor(at / 60))}:${two(at % 60)}] Entry ${at}.\n`;
  return Array.from({ length: count }, (_, at) => entry(at)).join('\n');
}

const days = (home: Home): readonly string[] => home.notes().map(name => name.slice(0, 10));

test.each([
  ['Pacific/Auckland', '2024-03-13'],
  ['America/New_York', '2024-03-12'],
  ['UTC', '2024-03-12'],
])('a moment of UTC is of the day that it was on this machine, in %s', (zone, day) => {
  const home = openHome(packed.rupture);
  writeFileSync(
    join(home.root, 'tasks.json'),
    '[{"uuid":"5f0c1c7e-1111-4000-8000-000000000001","description":"Ask","entry":"20240312T120000Z","status":"pending"}]',
  );
  expect(home.run(['import', 'tasks.json'], { env: { TZ: zone } }).code).toBe(0);
  expect(days(home)).toEqual([day]);
});

test.each(['Pacific/Auckland', 'America/New_York', 'UTC'])(
  'a time without a zone is of the day that is written, in %s',
  zone => {
    const home = openHome(packed.rupture);
    writeFileSync(join(home.root, 'j.txt'), '[2024-03-12 00:10] Late.\n\n[2024-03-12 23:50] Later.\n');
    expect(home.run(['import', 'j.txt'], { env: { TZ: zone } }).code).toBe(0);
    expect(days(home)).toEqual(['2024-03-12', '2024-03-12']);
    // The id depends on the source alone, not on the time zone.
    const again = home.run(['import', 'j.txt'], { env: { TZ: 'Asia/Tokyo' } });
    expect([again.err, days(home)]).toEqual([
      expect.stringContaining('0 notes added.\n2 were here already.\n'),
      ['2024-03-12', '2024-03-12'],
    ]);
  },
);

test('a file gets the day of its modification time in the local zone', () => {
  const home = openHome(packed.rupture);
  writeFileSync(join(home.root, 'a.md'), 'Words.\n');
  const at = new Date('2024-03-12T23:30:00Z');
  utimesSync(join(home.root, 'a.md'), at, at);
  expect(home.run(['import', 'a.md'], { env: { TZ: 'Pacific/Auckland' } }).err).toContain(
    "the file's own is used",
  );
  expect(days(home)).toEqual(['2024-03-13']);
});

test('a long import shows its progress on a terminal', async () => {
  const home = openHome(packed.rupture);
  writeFileSync(join(home.root, 'j.txt'), journal(400));
  const pty = home.onTerminal(['import', 'j.txt']);
  await pty.exited;
  expect(pty.raw()).toMatch(/Looking at \d+ of 400/);
  expect(pty.raw()).toContain('400 notes added.');
  expect(home.notes()).toHaveLength(400);
});

test('an interrupted import continues where it stopped', async () => {
  const home = openHome(packed.rupture);
  mkdirSync(home.folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(home.root, 'j.txt'), journal(400));
  const pty = home.onTerminal(['import', 'j.txt']);
  await vi.waitUntil(() => home.notes().length > 5, { timeout: 30_000, interval: 5 });
  pty.kill('SIGKILL');
  await pty.exited;
  const there = home.notes().length;
  expect(there).toBeLessThan(400);
  expect(home.run(['import', 'j.txt']).err).toMatch(
    new RegExp(`${400 - there} notes added\\.\n${there} were here already\\.`),
  );
  expect(new Set(home.notes().map(name => readFileSync(join(home.folder, name), 'utf8'))).size).toBe(400);
});

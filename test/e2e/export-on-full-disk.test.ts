import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { hasPrograms } from '../support/needs.ts';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { openHome } from './support/home.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});

const hasLimits = hasPrograms('an export that finds no room', 'prlimit');

test.skipIf(!hasLimits)('an export to a full disk fails clearly and leaves no file', () => {
  const home = openHome(packed.rupture);
  for (const word of ['one', 'two', 'three'])
    expect(home.run(['reflect', '-m', `${word} `.repeat(2000)]).code).toBe(0);
  for (const format of ['json', 'csv', 'markdown', 'html']) {
    const cut = spawnSync(
      'prlimit',
      ['--fsize=8192', packed.rupture, 'export', format, '--to', `out.${format}`],
      { cwd: home.root, env: home.env, encoding: 'utf8' },
    );
    expect([format, cut.status, cut.stdout]).toEqual([format, 1, '']);
    expect(cut.stderr).toMatch(new RegExp(`out\\.${format} could not be kept`));
  }
  expect(readdirSync(home.root).filter(name => name.includes('out.'))).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('an export to a full standard output fails clearly', () => {
  const home = openHome(packed.rupture);
  expect(home.run(['reflect', '-m', 'They moved on.']).code).toBe(0);
  const full = spawnSync('sh', ['-c', `"${packed.rupture}" export json > /dev/full`], {
    cwd: home.root,
    env: home.env,
    encoding: 'utf8',
  });
  expect([full.status, /could not be written/.test(full.stderr)]).toEqual([1, true]);
});

test('the packed program imports its own export through a pipe', () => {
  const home = openHome(packed.rupture);
  expect(home.run(['reflect', '-m', 'They moved on.']).code).toBe(0);
  const piped = spawnSync(
    'sh',
    [
      '-c',
      `"${packed.rupture}" export json | "${packed.rupture}" --folder there import - && "${packed.rupture}" export json | head -c 5`,
    ],
    { cwd: home.root, env: home.env, encoding: 'utf8' },
  );
  expect([piped.status, piped.stdout]).toEqual([0, '{\n  "']);
  const [name = ''] = readdirSync(join(home.root, 'there')).filter(one => one.endsWith('.md'));
  expect(statSync(join(home.root, 'there', name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(home.root, 'there', name), 'utf8')).toContain('They moved on.');
});

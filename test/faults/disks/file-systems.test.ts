import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  fsyncSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { canMount, reportMissing } from '../../support/needs.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { movedTo, openPerson } from '../harness/person.ts';
import { asking, changing, moving } from '../harness/scenarios.ts';
import type { Scenario } from '../harness/scenarios.ts';
import { filesBelow } from '../harness/encrypted-files.ts';
import { faultsAfter } from '../harness/verify.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const isThere = spawnSync('/usr/bin/python3', ['-c', 'import fusepy']).status === 0;
if (!isThere) reportMissing('other file systems', 'python3 with fusepy');
const usable = isThere && canMount('other file systems');
const kinds = ['ci', 'nfd', 'apfs,ci', 'busy=3', 'nolinks', 'nofoldersync', 'nolinks,nofoldersync,ci'];
const all = [...asking, ...changing, ...moving];
const swept = isWhole
  ? all
  : all.filter(({ name }) =>
      [
        'reflect, line by line',
        'mark, a file edited by hand',
        'delete',
        'trash restore',
        'undo of a change',
        'import a folder',
      ].includes(name),
    );

/** Mounts this file system over a folder and waits until it is there. */
async function mounted(folder: string, options: string): Promise<string> {
  const at = `${folder}.at`;
  mkdirSync(at);
  const fuse = spawn(
    '/usr/bin/python3',
    [fileURLToPath(new URL('../fuse/names.py', import.meta.url)), folder, at, options],
    { stdio: 'ignore' },
  );
  onTestFinished(() => {
    if (spawnSync('umount', [at]).status !== 0) spawnSync('umount', ['-l', at]);
    fuse.kill();
    rmSync(at, { recursive: true, force: true });
  });
  for (let waited = 0; spawnSync('mountpoint', ['-q', at]).status !== 0; waited += 1) {
    if (waited > 200) throw new Error('the file system does not come');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return at;
}

async function runOn(scenario: Scenario, options: string): Promise<readonly string[]> {
  const person = await openPerson(rupture, scenario.setUp);
  const before = filesBelow(person.folder);
  const home = movedTo(person, await mounted(person.root, options));
  const ran = home.run(scenario.args(home), { input: scenario.input, env: scenario.env?.(home) });
  const faults = await faultsAfter(home, scenario, before, ran, { wasKilled: false });
  return scenario.done(home) ? faults : [...faults, `not done: ${ran.code} ${ran.err.slice(0, 300)}`];
}

test.skipIf(!usable).each(kinds)('%s: every command works, and nothing is lost', async options => {
  const failures: string[] = [];
  for (const scenario of swept)
    for (const what of await runOn(scenario, options)) failures.push(`${scenario.name}: ${what}`);
  process.stdout.write(
    `file system, ${options.padEnd(27)} ${String(swept.length).padStart(4)} commands ${String(failures.length).padStart(11)} failures\n`,
  );
  expect(failures).toEqual([]);
});

test.skipIf(!usable)('gives up on a rename that stays busy, reports it, and loses nothing', async () => {
  const scenario = changing.find(({ name }) => name === 'mark --note');
  if (scenario === undefined) throw new Error('no such command');
  const person = await openPerson(rupture);
  const before = filesBelow(person.folder);
  const home = movedTo(person, await mounted(person.root, 'busy=100000'));
  const ran = home.run(scenario.args(home));
  expect([ran.code, /another program/i.test(ran.err)]).toEqual([1, true]);
  expect(filesBelow(home.folder).get('2026-03-05-kaaaa2.md')).toBe(before.get('2026-03-05-kaaaa2.md'));
});

test.skipIf(!usable)('these file systems behave as named (control)', async () => {
  const make = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'rupture-fuse-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  const ci = await mounted(make(), 'ci');
  writeFileSync(join(ci, 'Walk.md'), 'one');
  writeFileSync(join(ci, 'walk.md'), 'two');
  expect(readdirSync(ci)).toEqual(['Walk.md']);
  const nfd = await mounted(make(), 'nfd');
  writeFileSync(join(nfd, 'caf\u00e9.md'), 'one');
  expect(readdirSync(nfd)).toEqual(['cafe\u0301.md']);
  const plain = await mounted(make(), 'nolinks,nofoldersync,busy=1');
  writeFileSync(join(plain, 'a.md'), 'one');
  expect(() => linkSync(join(plain, 'a.md'), join(plain, 'b.md'))).toThrow('EPERM');
  expect(() => renameSync(join(plain, 'a.md'), join(plain, 'b.md'))).toThrow('EBUSY');
  const folder = openSync(plain, 'r');
  expect(() => fsyncSync(folder)).toThrow('EINVAL');
  closeSync(folder);
  cpSync(join(plain, 'a.md'), join(plain, 'c.md'));
  process.stdout.write(
    'file system, control: capitals, composed letters, busy, links and syncs are refused as they should be\n',
  );
});

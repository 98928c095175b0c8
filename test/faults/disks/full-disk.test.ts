import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { Home, Ran } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { faultyEnv, isWhole, shimHere } from '../harness/fault.ts';
import { canMount, hasPrograms } from '../../support/needs.ts';
import { filesBelow, openPerson, words } from '../harness/person.ts';
import { asking, changing } from '../harness/scenarios.ts';
import type { Scenario } from '../harness/scenarios.ts';
import { openSmallDisk } from '../harness/small-disk.ts';
import type { Room } from '../harness/small-disk.ts';
import { tell } from '../harness/tell.ts';
import { faultsAfter } from '../harness/verify.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const mounts = canMount('full disks');
const limits = hasPrograms('limits on the size of files', 'prlimit');
const all = [...asking, ...changing];
const sample = ['reflect, line by line', 'mark --note', 'delete', 'edit'];
const swept = isWhole ? all : all.filter(({ name }) => sample.includes(name));
const rooms: readonly Room[] = isWhole
  ? [...[0, 1, 2, 3, 4, 5, 6, 7].map(pages => ({ pages })), ...[0, 1, 2, 3, 4].map(names => ({ names }))]
  : [{ pages: 0 }, { pages: 2 }, { names: 1 }];
const saidRoom = (room: Room): string => ('pages' in room ? `${room.pages} pages` : `${room.names} names`);

/** Returns leftover files that the command should have removed. */
const leftOvers = (home: Home): readonly string[] =>
  [...filesBelow(home.folder).keys()]
    .filter(path => path.endsWith('.tmp') || path.includes('.probe-'))
    .map(path => `${path} is left`);

interface Filled {
  readonly runs: number;
  readonly refused: number;
  readonly failures: readonly string[];
}

async function runFilled(scenario: Scenario, instead?: readonly [string, ...string[]]): Promise<Filled> {
  const home = await openPerson(rupture, scenario.setUp);
  const before = filesBelow(home.folder);
  const disk = openSmallDisk(home.folder);
  const failures: string[] = [];
  let refused = 0;
  for (const room of rooms) {
    disk.unmount();
    home.again();
    disk.mount(join(`${home.root}.kept`, 'data', 'rupture'));
    disk.fillUp(room);
    const args = scenario.args(home);
    const options = { input: scenario.input, env: scenario.env?.(home) };
    const ran =
      instead === undefined
        ? home.run(args, options)
        : home.start(instead[0], [...instead.slice(1), ...args], options);
    disk.free();
    if (ran.code !== 0) refused += 1;
    for (const what of [
      ...leftOvers(home),
      ...(await faultsAfter(home, scenario, before, ran, { wasKilled: false })),
    ])
      failures.push(`${scenario.name}: ${saidRoom(room)} left: ${what}`);
  }
  disk.unmount();
  return { runs: rooms.length, refused, failures };
}

test.skipIf(!mounts).each(swept)(
  '$name on a disk of 80 KB that is full, or nearly: the old file or the new one, and never a cut one',
  async scenario => {
    const { failures, ...counted } = await runFilled(scenario);
    tell(`full disk: ${scenario.name}`, { ...counted, failures: failures.length });
    expect(failures).toEqual([]);
  },
);

const careless = fileURLToPath(new URL('../careless.mjs', import.meta.url));
const control = (kind: string): Scenario => ({
  name: `careless ${kind} (control)`,
  args: home => [kind, home.folder, words.now],
  changes: [words.open],
  done: home => [...filesBelow(home.folder).values()].some(text => text.includes(words.now)),
});

// Truncating a file frees the page that it needs, so only a new file meets the full disk.
test.skipIf(!mounts)('detects a careless add on a full disk (control)', async () => {
  const scenario = control('add');
  const { failures, ...counted } = await runFilled(scenario, [process.execPath, careless]);
  tell(`full disk: ${scenario.name}`, { ...counted, failures: failures.length });
  expect(failures.length).toBeGreaterThan(0);
});

const sizes = isWhole ? [0, 1, 10, 100, 200, 300, 400, 500, 600, 800, 1000, 1500, 2000, 4000] : [0, 300];

async function runLimited(scenario: Scenario, instead?: readonly [string, ...string[]]): Promise<Filled> {
  const home = await openPerson(rupture, scenario.setUp);
  const before = filesBelow(home.folder);
  const failures: string[] = [];
  let refused = 0;
  for (const size of sizes) {
    home.again();
    const ran: Ran = home.start(
      'prlimit',
      [`--fsize=${size}`, ...(instead ?? [home.rupture]), ...scenario.args(home)],
      { input: scenario.input, env: scenario.env?.(home) },
    );
    if (ran.code !== 0) refused += 1;
    for (const what of [
      ...leftOvers(home),
      ...(await faultsAfter(home, scenario, before, ran, { wasKilled: false })),
    ])
      failures.push(`${scenario.name}: files of at most ${size}: ${what}`);
  }
  return { runs: sizes.length, refused, failures };
}

test.skipIf(!limits).each(swept)(
  '$name where files may not grow: the old file or the new one, and never a cut one',
  async scenario => {
    const { failures, ...counted } = await runLimited(scenario);
    tell(`limit on files: ${scenario.name}`, { ...counted, failures: failures.length });
    expect(failures).toEqual([]);
  },
);

test.skipIf(!limits)('detects a careless change where files may not grow (control)', async () => {
  const scenario = control('change');
  const { failures, ...counted } = await runLimited(scenario, [process.execPath, careless]);
  tell(`limit on files: ${scenario.name}`, { ...counted, failures: failures.length });
  expect(failures.length).toBeGreaterThan(0);
});

const quota = isWhole
  ? all.filter(({ name }) => sample.includes(name))
  : all.filter(({ name }) => name === 'reflect, line by line');

test.skipIf(shimHere() === undefined).each(quota)(
  '$name with a quota that is used up from any operation on: nothing is lost',
  async scenario => {
    const home = await openPerson(rupture, scenario.setUp);
    const before = filesBelow(home.folder);
    const log = `${home.root}.log`;
    const run = (at: number): Ran => {
      home.again();
      rmSync(log, { force: true });
      const fault = at === 0 ? undefined : ({ wrong: { errno: 'EDQUOT' }, at, stays: true } as const);
      return home.run(scenario.args(home), {
        input: scenario.input,
        env: { ...scenario.env?.(home), ...faultyEnv(shimHere() ?? '', home.root, log, fault) },
      });
    };
    expect(run(0).code).toBe(0);
    const operations = readFileSync(log, 'utf8').trimEnd().split('\n').length;
    const failures: string[] = [];
    let runs = 0;
    for (let at = 1; at <= operations; at += isWhole ? 1 : 11) {
      runs += 1;
      for (const what of await faultsAfter(home, scenario, before, run(at), { wasKilled: false }))
        failures.push(`${scenario.name}: quota from ${at} of ${operations}: ${what}`);
    }
    rmSync(log, { force: true });
    tell(`quota: ${scenario.name}`, { runs, failures: failures.length });
    expect(failures).toEqual([]);
  },
);

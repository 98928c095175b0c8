import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { faultyEnv, isWhole, shimHere } from '../harness/fault.ts';
import { canMount, hasPrograms } from '../../support/needs.ts';
import { ran } from '../harness/needs.ts';
import { ids, movedTo, openPerson, words } from '../harness/person.ts';
import type { Person } from '../harness/person.ts';
import { asking, changing } from '../harness/scenarios.ts';
import type { Scenario } from '../harness/scenarios.ts';
import { filesBelow } from '../harness/encrypted-files.ts';
import { faultsAfter } from '../harness/verify.ts';

const systems = [
  { name: 'ext4', megabytes: 24, make: ['mkfs.ext4', '-q', '-F', '-O', '^metadata_csum'] },
  { name: 'xfs', megabytes: 320, make: ['mkfs.xfs', '-q', '-f'] },
] as const;
const swept = [...asking, ...changing].filter(({ name }) =>
  [
    'reflect -m TEXT',
    'reflect, line by line',
    'prep, line by line',
    'mark --note',
    'delete',
    'undo of a change',
  ].includes(name),
);
const careless: Scenario = {
  name: 'careless change (control)',
  args: home => ['change', home.folder, words.now],
  changes: [words.open],
  done: home => (filesBelow(home.folder).get(`2026-03-06-${ids.open}.md`) ?? '').includes(words.now),
};

let rupture: string;
const place = mkdtempSync(join(tmpdir(), 'rupture-power-'));
const mount = join(place, 'at');
const image = join(place, 'image');
const kept = join(place, 'kept');
beforeAll(async () => {
  ({ rupture } = await openPacked());
  mkdirSync(mount);
});
const unmount = (): void => {
  if (spawnSync('umount', [mount]).status !== 0) spawnSync('umount', ['-l', mount]);
};
afterAll(() => {
  unmount();
  rmSync(place, { recursive: true, force: true });
});

/** A home with its data on the file system that loses power, and the rest elsewhere. */
function onDisk(person: Person, make: readonly string[], megabytes: number): Home {
  const [program = '', ...flags] = make;
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  ran(program, ...flags, image);
  ran('mount', '-o', 'loop', image, mount);
  ran('cp', '-a', `${person.root}/.`, mount);
  ran('sync');
  unmount();
  ran('cp', '--sparse=always', image, kept);
  return movedTo(person, mount);
}

function again(): void {
  unmount();
  ran('cp', '--sparse=always', kept, image);
  ran('mount', '-o', 'loop', image, mount);
}

interface Cut {
  readonly operations: number;
  readonly cuts: number;
  readonly failures: readonly string[];
}

async function cutEverywhere(
  shim: string,
  scenario: Scenario,
  system: (typeof systems)[number],
  instead?: readonly string[],
): Promise<Cut> {
  const person = await openPerson(rupture, scenario.setUp);
  const home = onDisk(person, system.make, system.megabytes);
  const before = filesBelow(person.folder);
  const log = join(place, 'log');
  const run = (env: Readonly<Record<string, string>>): ReturnType<Home['run']> => {
    again();
    rmSync(log, { force: true });
    const options = { input: scenario.input, env: { ...scenario.env?.(home), ...env } };
    const args = scenario.args(home);
    return instead === undefined
      ? home.run(args, options)
      : home.start(instead[0] ?? '', [...instead.slice(1), ...args], options);
  };
  run(faultyEnv(shim, mount, log));
  const operations = readFileSync(log, 'utf8').trimEnd().split('\n').length;
  const failures: string[] = [];
  let cuts = 0;
  // One more than there are: a cut right after the end, when everything was reported saved.
  for (let at = 1; at <= operations; at += isWhole ? 1 : 9) {
    for (const commit of [undefined, join(mount, 'other')]) {
      const cutRun = run(
        faultyEnv(shim, mount, log, {
          at,
          wrong: { power: mount, ...(commit === undefined ? {} : { commit }) },
        }),
      );
      cuts += 1;
      if (readFileSync(log, 'utf8').includes('shutdown-failed'))
        throw new Error('the power could not be cut here');
      unmount();
      ran('mount', '-o', 'loop', image, mount);
      for (const what of await faultsAfter(home, scenario, before, cutRun, { wasKilled: true }))
        failures.push(
          `${system.name}: ${scenario.name} cut at ${at}${commit === undefined ? '' : ' after a commit'}: ${what}`,
        );
    }
  }
  again();
  // Also cut the power just after the command reported everything saved.
  const whole =
    instead === undefined
      ? home.run(scenario.args(home), { input: scenario.input, env: { ...scenario.env?.(home) } })
      : home.start(instead[0] ?? '', [...instead.slice(1), ...scenario.args(home)], {});
  ran(process.env['RUPTURE_GODOWN'] ?? join(place, 'godown'), mount);
  cuts += 1;
  unmount();
  ran('mount', '-o', 'loop', image, mount);
  if (whole.code === 0 && !scenario.done(home))
    failures.push(
      `${system.name}: ${scenario.name}: it was said to be kept, and a cut right after it took it`,
    );
  unmount();
  return { operations, cuts, failures };
}

const usable =
  shimHere() !== undefined &&
  hasPrograms('power cuts', 'mkfs.ext4', 'mkfs.xfs', 'cc') &&
  canMount('power cuts');
if (usable)
  ran('cc', '-O2', '-o', join(place, 'godown'), fileURLToPath(new URL('../shim/godown.c', import.meta.url)));
const rows = (isWhole ? systems : systems.slice(0, 1)).flatMap(system =>
  swept.map(scenario => ({ system, scenario, name: `${system.name}, ${scenario.name}` })),
);

test.skipIf(!usable).each(rows)(
  '$name: what was acknowledged survives a power cut before any operation',
  async ({ system, scenario, name }) => {
    const cut = await cutEverywhere(shimHere() ?? '', scenario, system);
    process.stdout.write(
      `power, ${name.padEnd(33)} ${String(cut.operations).padStart(4)} operations ${String(cut.cuts).padStart(5)} cuts   ${String(cut.failures.length).padStart(4)} failures\n`,
    );
    expect(cut.failures).toEqual([]);
  },
);

test.skipIf(!usable)('control: a program that does not sync loses words', async () => {
  const cut = await cutEverywhere(shimHere() ?? '', careless, systems[0], [
    process.execPath,
    fileURLToPath(new URL('../careless.mjs', import.meta.url)),
  ]);
  process.stdout.write(
    `power, careless (control)                 ${String(cut.operations).padStart(4)} operations ${String(cut.cuts).padStart(5)} cuts   ${String(cut.failures.length).padStart(4)} failures\n`,
  );
  expect(cut.failures.length).toBeGreaterThan(0);
});

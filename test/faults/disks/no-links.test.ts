import { rmSync } from 'node:fs';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { faultyEnv, isWhole, shimHere } from '../harness/fault.ts';
import { filesBelow, openPerson, words } from '../harness/person.ts';
import { asking, changing, moving } from '../harness/scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';
import { tell } from '../harness/tell.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const shim = shimHere();
const noLinks = { FAULT_NO_LINKS: '1' } as const;
const named = isWhole
  ? [
      'reflect -m TEXT',
      'reflect, line by line',
      'delete',
      'trash restore',
      'undo of a change',
      'edit, what comes back is no moment',
      'import a folder',
    ]
  : ['reflect -m TEXT'];
const swept = [...asking, ...changing, ...moving].filter(({ name }) => named.includes(name));

test.skipIf(shim === undefined).each(swept)(
  '$name on a disk that knows no second names: whatever one file operation does, nothing is lost',
  async scenario => {
    const found = await sweep(rupture, shim ?? '', {
      ...scenario,
      env: home => ({ ...scenario.env?.(home), ...noLinks }),
    });
    row(`no links: ${scenario.name}`, found);
    // Without hard links, taking a name needs two steps. A run that is killed between them, or whose disk then
    // refuses everything, even removing a name, has saved nothing yet and leaves an empty file, which every
    // list reports.
    expect(
      found.failures.filter(
        what =>
          !/: (?:kill at|\w+ from) \d+ \((?:fsync|rename) \S+\.md\): \S+\.md can't be read \(storage\.front-(?:missing|empty)\)$/.test(
            what,
          ),
      ),
    ).toEqual([]);
    expect(found.points).toBeGreaterThan(0);
  },
);

// Faults that make the second step fail, and what the first step must not leave behind.
const steps = [
  ['rename', 'EIO'],
  ['write', 'ENOSPC'],
  ['fsync', 'EIO'],
  ['open', 'EMFILE'],
] as const;

test.skipIf(shim === undefined).each(steps)(
  'where there are no second names and every %s fails with %s, nothing half made is left',
  async (call, errno) => {
    const home = await openPerson(rupture);
    const before = [...filesBelow(home.folder).keys()];
    const log = `${home.root}.log`;
    onTestFinished(() => rmSync(log, { force: true }));
    const ran = home.run(['reflect', '-m', words.now], {
      env: {
        ...noLinks,
        ...faultyEnv(shim ?? '', home.root, log, { wrong: { errno }, at: 1, stays: true }, call),
      },
    });
    expect(ran.code).toBe(1);
    expect([...filesBelow(home.folder).keys()].filter(path => !path.startsWith('.rupture/undo'))).toEqual(
      before.filter(path => !path.startsWith('.rupture/undo')),
    );
    tell(`no links: every ${call} fails`, { runs: 1, failures: 0 });
  },
);

test.skipIf(shim === undefined)('a program can not make a hard link here (control)', async () => {
  const home = await openPerson(rupture);
  const script =
    "try { require('node:fs').linkSync('home', 'other'); } catch (error) { process.stdout.write(error.code); }";
  const { out } = home.start(process.execPath, ['-e', script], {
    env: { ...faultyEnv(shim ?? '', home.root, '/dev/null'), ...noLinks },
  });
  tell('no links: a program that needs one (control)', { runs: 1, refused: out === 'EPERM' ? 1 : 0 });
  expect(out).toBe('EPERM');
});

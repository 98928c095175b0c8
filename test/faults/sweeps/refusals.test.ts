import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { openHome } from '../../e2e/support/home.ts';
import type { Home, Ran } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { canMount, reportLeftOut } from '../../support/needs.ts';
import { ran } from '../harness/needs.ts';
import { words } from '../harness/person.ts';

let rupture: string;
let folderOfPacked: string;
beforeAll(async () => {
  ({ rupture, folder: folderOfPacked } = await openPacked());
});
const mounts = canMount('read-only disks');
const isRoot = process.getuid?.() === 0;
if (!isRoot) reportLeftOut('the folder of another account', 'only root can make one');

const first = 'How did it go with your therapist?';
const answers = `3\n${words.now}\n\n\n19\n5\n2\n`;
const asks = (home: Home): Ran => home.run(['reflect'], { input: answers });
/** Whether the command refused before any question, with that reason. */
function isRefused({ code, err, out }: Ran, reason: RegExp): boolean {
  return code === 1 && out === '' && !err.includes(first) && reason.test(err);
}

test.skipIf(!mounts)('reports a read-only disk before the first question', () => {
  const home = openHome(rupture);
  mkdirSync(home.folder);
  ran('mount', '-t', 'tmpfs', '-o', 'ro', 'tmpfs', home.folder);
  onTestFinished(() => {
    ran('umount', home.folder);
  });
  expect(isRefused(asks(home), /read-only|only be read/i)).toBe(true);
});

test.skipIf(!isRoot)(
  'a folder of another account is told before the first question, and nothing is made in it',
  () => {
    // The program is where that account can read it.
    const place = mkdtempSync(join(tmpdir(), 'rupture-other-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    chmodSync(place, 0o755);
    cpSync(folderOfPacked, join(place, 'program'), { recursive: true });
    const home = openHome(rupture);
    for (const path of [home.root, dirname(home.folder)]) chmodSync(path, 0o755);
    for (const name of ['home', 'config', 'cache', 'run', 'tmp'])
      chownSync(join(home.root, name), 65_534, 65_534);
    mkdirSync(home.folder);
    chmodSync(home.folder, 0o777);
    const { status, stdout, stderr } = spawnSync(
      'setpriv',
      [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        process.execPath,
        join(place, 'program', 'bin', 'rupture.js'),
        'reflect',
      ],
      { env: { ...home.env }, input: answers, encoding: 'utf8' },
    );
    expect(
      isRefused({ code: status, out: stdout, err: stderr }, /another account|other account|belongs/i),
    ).toBe(true);
    expect(readdirSync(home.folder)).toEqual([]);
  },
);

test('reports a folder that is a file, or is inside one, before the first question', () => {
  const home = openHome(rupture);
  const file = join(home.root, 'file');
  writeFileSync(file, 'mine');
  for (const folder of [file, join(file, 'notes')])
    expect([
      folder,
      isRefused(home.run(['--folder', folder, 'reflect'], { input: answers }), /file/),
    ]).toEqual([folder, true]);
});

test('reports a used folder that has disappeared, and does not create it again', () => {
  const home = openHome(rupture);
  expect(home.run(['reflect', '-m', words.now]).code).toBe(0);
  rmSync(home.folder, { recursive: true });
  for (const args of [
    ['reflect'],
    ['reflect', '-m', 'again'],
    ['prep'],
    ['summary'],
    ['import', '-'],
    ['mark', 'last', 'open'],
  ]) {
    const { code, err } = home.run(args, { input: answers });
    expect([args, code, err.includes(first)]).toEqual([args, 1, false]);
  }
  expect(existsSync(home.folder)).toBe(false);
});

test('asks about a writable folder (control)', () => {
  const home = openHome(rupture);
  const { code, err } = asks(home);
  expect([code, err.includes(first)]).toEqual([0, true]);
  process.stdout.write('refusals, control: where it can be kept, the first question is asked\n');
});

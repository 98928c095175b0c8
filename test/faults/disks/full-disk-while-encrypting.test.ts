import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openHome } from '../../e2e/support/home.ts';
import type { Home, Ran } from '../../e2e/support/home.ts';
import { reportLeftOut } from '../../support/needs.ts';
import { openPacked } from '../../support/packed.ts';
import { passphrase } from '../harness/given.ts';
import { note } from '../harness/person.ts';

// The notes folder is on a disk of a third of a megabyte, which the test almost fills.
const why =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'only root can mount a small disk';
if (why !== undefined) reportLeftOut('encrypting on a full disk', why);

let rupture: string;
beforeAll(async () => {
  if (why === undefined) ({ rupture } = await openPacked());
});

const count = 10;
const sentence = (at: number): string => `They said Quill${at}feather to me.`;

/**
 * Returns a home whose notes (one page, two pages, …) are on a disk with this many bytes left: each encrypted
 * note needs the space of the plaintext note before it.
 */
function openFull(left: number): Home {
  const home = openHome(rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  const { status, stderr } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', 'size=320k,mode=700', 'none', home.folder],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, '']);
  onTestFinished(() => {
    spawnSync('umount', ['-l', home.folder]);
  });
  for (let at = 0; at < count; at++)
    writeFileSync(
      join(home.folder, `2026-03-1${at}-kaaaa${'abcdefghjk'[at]}.md`),
      note(`kaaaa${'abcdefghjk'[at]}`, `2026-03-1${at}`, 'open', sentence(at)) +
        `\n${'A line that makes it long.\n'.repeat(Math.floor(((at + 1) * 4096 - 1200) / 27))}`,
      { mode: 0o600 },
    );
  mkdirSync(join(home.folder, '.rupture'), { mode: 0o700 });
  const { bavail, bsize } = statfsSync(home.folder);
  writeFileSync(join(home.folder, 'films'), Buffer.alloc(bavail * bsize - left));
  return home;
}

function run(home: Home, ...args: readonly string[]): Ran {
  const path = join(home.root, 'passphrase');
  writeFileSync(path, `${passphrase}\n`, { mode: 0o600 });
  return home.start('bash', [
    '-c',
    'path=$1; shift; exec "$0" "$@" 3< "$path"',
    rupture,
    path,
    ...args,
    '--passphrase-fd',
    '3',
  ]);
}

function everyNoteIsRead(home: Home): void {
  const { code, out } = run(home, 'export', 'json');
  const { files }: { files: readonly { text: string }[] } = JSON.parse(out);
  expect([code, files.length]).toEqual([0, count]);
  for (let at = 0; at < count; at++)
    expect(files.filter(({ text }) => text.includes(sentence(at)))).toHaveLength(1);
}

function halvesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.tmp'));
}

function finishes(home: Home): void {
  rmSync(join(home.folder, 'films'));
  expect(run(home, 'encrypt', 'on').code).toBe(0);
  const names = readdirSync(home.folder).filter(name => name.includes('.md'));
  expect([names.length, names.every(name => name.endsWith('.md.age'))]).toEqual([count, true]);
  expect(names.filter(name => readFileSync(join(home.folder, name)).includes('feather'))).toEqual([]);
  everyNoteIsRead(home);
}

describe.skipIf(why !== undefined)('encrypting on a full disk', () => {
  test('leaves the folder unchanged if the disk is full before there is a key', () => {
    const home = openFull(0);
    const { code, err } = run(home, 'encrypt', 'on');
    expect([code, err]).toEqual([1, expect.stringContaining('the disk is full')]);
    expect(
      ['identity.age', 'recipient.txt', 'sealing'].filter(name =>
        existsSync(join(home.folder, '.rupture', name)),
      ),
    ).toEqual([]);
    expect(home.run(['summary', '--count']).out.trim()).toBe(String(count));
    finishes(home);
  });

  test('leaves every note readable and no partial file, and a second run finishes', () => {
    const home = openFull(9 * 4096);
    const { code, err } = run(home, 'encrypt', 'on');
    expect([code, err]).toEqual([1, expect.stringContaining('the disk is full')]);
    const names = readdirSync(home.folder).filter(name => name.includes('.md'));
    const sealed = names.filter(name => name.endsWith('.age'));
    process.stdout.write(`full disk: ${sealed.length} of ${count} notes were sealed when it was full\n`);
    expect([sealed.length > 0 && sealed.length < count, halvesIn(home.folder)]).toEqual([true, []]);
    everyNoteIsRead(home);
    finishes(home);
  });
});

import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { endOf, keys, openHand, questions } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { canMount } from '../../support/needs.ts';
import { ran } from '../harness/needs.ts';
import { openSmallDisk } from '../harness/small-disk.ts';
import { tell } from '../harness/tell.ts';

// A disk is unmounted, or refuses writes, while a person answers: the program hands the answers back.

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});
const mounts = canMount('disks that go away while somebody writes');

const words = 'They moved on.';

function textGiven({ root }: Home): string {
  const [name = ''] = readdirSync(join(root, 'home')).filter(file => file.startsWith('rupture-answers-'));
  return readFileSync(join(root, 'home', name), 'utf8');
}

test.skipIf(!mounts).each([
  ['is unmounted', /is\s+not\s+there\s+now/, (folder: string) => ran('umount', '-l', folder)],
  [
    'becomes read-only',
    /the\s+disk\s+is\s+read-only/,
    (folder: string) => ran('mount', '-o', 'remount,ro', folder),
  ],
])('a disk that %s', async (what, problem, lose) => {
  const home = openHome(rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  const disk = openSmallDisk(home.folder);
  disk.mount();
  const pty = home.onTerminal(['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await hand.choose(questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  lose(home.folder);
  hand.press(words);
  await hand.sees(words);
  hand.press(keys.enter);
  await hand.sees(/│ They moved on\.\s*\n\s*│/);
  hand.press(keys.enter);
  await pty.waitFor(problem);
  hand.press(keys.ctrlC);
  expect(await endOf(pty)).toBe(130);
  expect(textGiven(home)).toContain(words);
  expect(textGiven(home)).toContain('Something is bothering me');
  expect(pty.screen()).toMatch(/This is what you wrote[\s\S]*They moved on\./);
  expect(pty.screen()).not.toContain('Kept as a draft');
  tell(`a disk that ${what}: given back`, { runs: 1, failures: 0 });
});

import { mkdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { endOf, isGivenBack, keys, openHand, questions } from '../../e2e/support/hand.ts';
import type { Hand } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import type { Pty } from '../../support/pty.ts';
import { openPacked } from '../../support/packed.ts';
import { canMount } from '../../support/needs.ts';
import { openSmallDisk } from '../harness/small-disk.ts';
import type { SmallDisk } from '../harness/small-disk.ts';
import { tell } from '../harness/tell.ts';

// The sentence wraps where the path before it is long.
const full = /the\s+disk\s+is\s+full/;

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});
const mounts = canMount('disks that fill up while somebody writes');

interface Seated {
  readonly home: Home;
  readonly pty: Pty;
  readonly hand: Hand;
  readonly disk: SmallDisk;
}

/** Answers up to the question what happened, on a disk with free space. */
async function sitDown(): Promise<Seated> {
  const home = openHome(rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  const disk = openSmallDisk(home.folder);
  disk.mount();
  const pty = home.onTerminal(['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await hand.choose(questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  return { home, pty, hand, disk };
}

/** Types a text on a full disk, and ends the answer. */
async function typeInVain({ hand, pty, disk }: Seated): Promise<void> {
  disk.fillUp({ pages: 0 });
  hand.press('They moved on.');
  await hand.sees('│ They moved on.');
  hand.press(keys.enter);
  await hand.sees(/│ They moved on\.\s*\n\s*│/);
  hand.press(keys.enter);
  await pty.waitFor(full);
}

const said = (what: string): void => tell(`full disk in a session: ${what}`, { runs: 1, failures: 0 });

test.skipIf(!mounts)(
  'a text that meets a full disk is offered again; with room again, Enter keeps it',
  async () => {
    const seated = await sitDown();
    const { home, hand, pty, disk } = seated;
    await typeInVain(seated);
    // The text is on the screen again, and the next question does not appear.
    await pty.waitUntil(
      screen => screen.lastIndexOf('│ They moved on.') > screen.search(full),
      'the text again',
    );
    expect(pty.screen()).not.toContain(questions.kinds);
    // The message names what was not saved in the person's terms.
    const flat = pty.screen().replace(/\s+/g, ' ');
    expect([flat.includes('Your answers in '), flat.includes('.rupture')]).toEqual([true, false]);
    disk.free();
    hand.press(keys.enter);
    await hand.sees(/disk is full[\s\S]*│ They moved on\.\s*\n\s*│/);
    hand.press(keys.enter);
    await hand.tick(questions.kinds, 'They misunderstood me');
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'bothered', what: 'They moved on.' } }]);
    await hand.tick(questions.feelings, 'hurt');
    await hand.scale(questions.size, 7);
    await hand.choose(questions.next, 'Keep it here for now');
    await hand.choose(questions.keep, 'Keep');
    expect(await endOf(pty)).toBe(0);
    expect(home.note()).toContain('\nThey moved on.\n');
    said('offered again, and kept');
  },
);

test.skipIf(!mounts)(
  'Ctrl-C on a full disk gives the text back on the screen; what came before is in the draft',
  async () => {
    const seated = await sitDown();
    const { home, hand, pty, disk } = seated;
    disk.fillUp({ pages: 0 });
    hand.press('They moved on.');
    await hand.sees('│ They moved on.');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(pty.screen()).toMatch(/This could not be saved\. Copy it from here:\s+They moved on\./);
    expect(isGivenBack(pty.raw())).toBe(true);
    disk.free();
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'bothered' } }]);
    said('Ctrl-C, half typed');
  },
);

test.skipIf(!mounts)(
  'Ctrl-C after an answer met a full disk gives the answer back on the screen',
  async () => {
    const seated = await sitDown();
    const { hand, pty } = seated;
    await typeInVain(seated);
    await pty.waitUntil(
      screen => screen.lastIndexOf('│ They moved on.') > screen.search(full),
      'the text again',
    );
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(pty.screen()).toMatch(/This could not be saved\. Copy it from here:\s+They moved on\./);
    said('Ctrl-C, after an Enter');
  },
);

test.skipIf(!mounts)(
  'a disk that is full when it is to be kept: the draft has all of it, and goes on when there is room',
  async () => {
    const { home, hand, pty, disk } = await sitDown();
    await hand.write(questions.what, 'They moved on.');
    await hand.tick(questions.kinds, 'They misunderstood me');
    await hand.tick(questions.feelings, 'hurt');
    await hand.scale(questions.size, 7);
    await hand.choose(questions.next, 'Keep it here for now');
    await hand.point(questions.keep, 'Keep');
    disk.fillUp({ pages: 0 });
    hand.press(keys.enter);
    expect(await endOf(pty)).toBe(1);
    expect(pty.screen()).toMatch(full);
    expect(home.notes()).toEqual([]);
    disk.free();
    expect(home.drafts()).toMatchObject([
      {
        answers: {
          sit: 'bothered',
          what: 'They moved on.',
          kinds: ['misread'],
          feelings: ['hurt'],
          size: 7,
          next: 'open',
        },
      },
    ]);
    expect(home.run(['reflect', '--resume']).code).toBe(0);
    expect(home.note()).toContain('\nThey moved on.\n');
    said('full at the end, and taken up again');
  },
);

test.skipIf(!mounts)('a disk with free space accepts the same answers (control)', async () => {
  const { home, hand, pty } = await sitDown();
  await hand.write(questions.what, 'They moved on.');
  await hand.sees(questions.kinds);
  expect(pty.screen()).not.toMatch(full);
  hand.press(keys.ctrlC);
  expect(await endOf(pty)).toBe(130);
  expect(pty.screen()).not.toContain('This could not be saved');
  expect(home.drafts()).toMatchObject([{ answers: { what: 'They moved on.' } }]);
  tell('full disk in a session: with room (control)', { runs: 1 });
});

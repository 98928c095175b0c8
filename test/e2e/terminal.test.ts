import { spawn } from '@lydell/node-pty';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, isGivenBack, keys, openHand, patience, questions } from './support/hand.ts';
import type { Hand } from './support/hand.ts';
import { isRunning, openHome } from './support/home.ts';
import type { Home } from './support/home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

interface Sitting {
  readonly home: Home;
  readonly pty: Pty;
  readonly hand: Hand;
}

function sit(home: Home, args: readonly string[] = ['reflect']): Sitting {
  const pty = home.onTerminal(args);
  return { home, pty, hand: openHand(pty) };
}

/** A new home, up to the question what happened. */
async function sitDown(): Promise<Sitting> {
  const sitting = sit(openHome(rupture));
  await sitting.hand.choose(questions.start, 'Yes');
  await sitting.hand.choose(questions.sit, 'Something is bothering me');
  await sitting.hand.sees(questions.what);
  return sitting;
}

/** From the kinds to the end. */
async function finish({ hand, pty }: Sitting): Promise<void> {
  await hand.tick(questions.kinds, 'They misunderstood me');
  await hand.tick(questions.feelings, 'hurt');
  await hand.scale(questions.size, 7);
  await hand.choose(questions.next, 'Keep it here for now');
  await hand.choose(questions.keep, 'Keep');
  expect(await endOf(pty)).toBe(0);
}

/** A note without what differs from run to run. */
function still(text: string): string {
  return text
    .replace(/^id: \w{6}$/m, 'id: ID')
    .replace(/^created: \S+$/m, 'created: THEN')
    .replace(/\d{4}-\d\d-\d\d/g, 'DAY');
}

describe('a session with real keys', () => {
  test('a quick session to its end', async () => {
    const sitting = await sitDown();
    const { hand, home, pty } = sitting;
    await hand.write(questions.what, 'I said I was tired.', 'They said I like being needed.');
    await hand.tick(questions.kinds, 'They misunderstood me');
    await hand.tick(questions.feelings, 'hurt');
    await hand.scale(questions.size, 7);
    await hand.choose(questions.next, 'Bring it up');
    await hand.write(questions.line, 'Can we go back?');
    await hand.choose(questions.keep, 'Keep');
    expect(await endOf(pty)).toBe(0);
    expect(still(home.note())).toBe(`---
rupture: 1
id: ID
session: DAY
created: THEN
status: planned
title: I said I was tired
sit: bothered
kinds: [misread]
feelings: [hurt]
size: 7
next: planned
history:
  - DAY planned 7
---

# I said I was tired

## What happened

I said I was tired.
They said I like being needed.

## One sentence

Can we go back?
`);
    expect(pty.screen().replace(/\s/g, '')).toContain(`${home.folder}/${home.notes()[0]}`);
    expect(home.drafts()).toEqual([]);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('a paste of several lines, including a blank line, is one answer', async () => {
    const sitting = await sitDown();
    const { hand, home } = sitting;
    hand.press(keys.paste('first line\r\rthird line'));
    await hand.sees('│ third line');
    hand.press(keys.enter);
    await hand.sees(/│ third line\s*\n\s*│/);
    hand.press(keys.enter);
    await finish(sitting);
    expect(home.note()).toContain('## What happened\n\nfirst line\n\nthird line\n');
    expect(isGivenBack(sitting.pty.raw())).toBe(true);
  });

  test('an unbracketed paste of several lines loses nothing', async () => {
    const sitting = await sitDown();
    const { hand, home } = sitting;
    hand.press('first line\rsecond line\rthird line');
    await hand.sees('│ third line');
    hand.press(keys.enter);
    await hand.sees(/│ third line\s*\n\s*│/);
    hand.press(keys.enter);
    await finish(sitting);
    expect(home.note()).toContain('## What happened\n\nfirst line\nsecond line\nthird line\n');
  });

  test('going back across a condition leaves the other branch but keeps the text written there', async () => {
    const sitting = sit(openHome(rupture));
    const { hand, home } = sitting;
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Mostly good');
    await hand.write("Was there a good moment you'd like to remember?", 'They laughed with me.');
    await hand.sees('Was there anything you held back');
    hand.press(keys.shiftTab);
    await hand.sees('│ They laughed with me.');
    hand.press(keys.shiftTab);
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees('How it was   Something is bothering me (changed)');
    await hand.write(questions.what, 'They moved on.');
    await finish(sitting);
    expect(home.note()).toContain('## A moment to keep\n\nThey laughed');
    expect(home.note()).toContain('sit: bothered');
  });

  test('skipping everything saves nothing', async () => {
    const { home, hand, pty } = sit(openHome(rupture));
    await hand.choose(questions.start, 'Yes');
    await hand.sees(questions.sit);
    hand.press(keys.ctrlD);
    expect(await endOf(pty)).toBe(0);
    expect(home.notes()).toEqual([]);
    expect(home.drafts()).toEqual([]);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('saying no at the first run creates nothing', async () => {
    const { home, hand, pty } = sit(openHome(rupture));
    await hand.choose(questions.start, 'No');
    expect(await endOf(pty)).toBe(0);
    expect(home.run(['where']).out.trim()).toBe(home.folder);
    expect(home.notes()).toEqual([]);
    expect(home.shell('ls -A data home config tmp').out).toBe('config:\n\ndata:\n\nhome:\n\ntmp:\n');
  });
});

/** Half a text is on the screen and nothing more was pressed. */
async function halfway(): Promise<Sitting> {
  const sitting = await sitDown();
  sitting.pty.write('half a thought');
  await sitting.hand.sees('│ half a thought');
  return sitting;
}

function isKept(home: Home): void {
  expect(home.drafts()).toMatchObject([
    { answers: { sit: 'bothered' }, half: { key: 'what', text: 'half a thought' } },
  ]);
  expect(home.notes()).toEqual([]);
}

describe('ended in the middle', () => {
  test('Ctrl-C: exit 130, a draft, and the next run continues it', async () => {
    const { home, hand, pty } = await halfway();
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(pty.screen()).toContain('Kept as a draft.');
    expect(isGivenBack(pty.raw())).toBe(true);
    isKept(home);

    const again = sit(home);
    await again.hand.choose('You have an unfinished note.', 'Go on:');
    await again.hand.sees(/How it was {3}Something is bothering me\s[^]*What happened\?[^]*│ half a thought/);
    again.hand.press(keys.enter);
    await again.hand.sees(/│ half a thought\s*\n\s*│/);
    again.hand.press(keys.enter);
    await finish(again);
    expect(home.note()).toContain('## What happened\n\nhalf a thought\n');
    expect(home.note()).toContain('sit: bothered');
    expect(home.drafts()).toEqual([]);
    expect(isGivenBack(again.pty.raw())).toBe(true);
  });

  test('Ctrl-C at the first run creates nothing', async () => {
    const { home, hand, pty } = sit(openHome(rupture));
    await hand.point(questions.start, 'Yes');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.shell('ls -A data home config tmp').out).toBe('config:\n\ndata:\n\nhome:\n\ntmp:\n');
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('Ctrl-C at a choice saves the earlier answers', async () => {
    const { home, hand, pty } = await sitDown();
    await hand.write(questions.what, 'They moved on.');
    await hand.point(questions.kinds, 'They misunderstood me');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'bothered', what: 'They moved on.' } }]);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('SIGTERM: exit 143 and a draft', async () => {
    const { home, pty } = await halfway();
    process.kill(pty.pid, 'SIGTERM');
    expect(await endOf(pty)).toBe(143);
    isKept(home);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('SIGHUP: exit 129 and a draft', async () => {
    const { home, pty } = await halfway();
    process.kill(pty.pid, 'SIGHUP');
    expect(await endOf(pty)).toBe(129);
    isKept(home);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('kill -9 after an answer: the answer is in the draft, and is offered', async () => {
    const { home, hand, pty } = await sitDown();
    await hand.write(questions.what, 'They moved on.');
    await hand.sees(questions.kinds);
    process.kill(pty.pid, 'SIGKILL');
    await endOf(pty);
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'bothered', what: 'They moved on.' } }]);
    const again = sit(home);
    await again.hand.choose('You have an unfinished note.', 'Go on:');
    await finish(again);
    expect(home.note()).toContain('They moved on.');
  });

  test('a closed terminal: the draft is saved, and the program ends', async () => {
    const home = openHome(rupture);
    const [file, args] = home.command(['reflect'], { TERM: 'xterm-256color' });
    const terminal = spawn(file, [...args], { name: 'xterm-256color', cols: 80, rows: 40, cwd: home.root });
    let seen = '';
    terminal.onData(data => {
      seen += data;
    });
    const shown = (text: string): Promise<void> =>
      vi.waitUntil(() => seen.includes(text), { timeout: patience, interval: 10 }).then(() => {});
    await shown('› Yes');
    terminal.write(keys.enter);
    await shown('› Mostly good');
    terminal.write(keys.enter);
    await shown("Was there a good moment you'd like to remember?");
    terminal.write('half a thought');
    await shown('half a thought');
    closeTerminal(terminal);
    await vi.waitUntil(() => !isRunning(terminal.pid), { timeout: patience });
    expect(home.drafts()).toMatchObject([
      { answers: { sit: 'fine' }, half: { key: 'good_moment', text: 'half a thought' } },
    ]);
  });
});

/** Closes the terminal's end as a closed window does. Types of node-pty don't have it. */
function closeTerminal(terminal: object): void {
  if ('destroy' in terminal && typeof terminal.destroy === 'function') terminal.destroy();
}

describe.each([
  ['--plain', ['reflect', '--plain'], {}],
  ['TERM=dumb', ['reflect'], { TERM: 'dumb' }],
] as const)('%s on a terminal', (_name, args, env) => {
  test('prints lines only, and saves the same note', async () => {
    const home = openHome(rupture);
    const pty = home.onTerminal(args, { env });
    const hand = openHand(pty);
    const answer = async (question: string, ...lines: string[]): Promise<void> => {
      await hand.sees(question);
      for (const line of lines) hand.press(`${line}\r`);
    };
    await answer(questions.start, 'yes');
    await answer(questions.sit, '3');
    await answer(questions.what, 'They moved on.', '');
    await answer(questions.kinds, '1');
    await answer(questions.feelings, '1');
    await answer(questions.size, '7');
    await answer(questions.next, '2');
    await answer(questions.keep, '1');
    expect(await endOf(pty)).toBe(0);
    expect(pty.raw()).not.toContain('\u001b');
    expect(home.note()).toContain('## What happened\n\nThey moved on.\n');
    expect(home.note()).toContain('size: 7');
  });

  test('Ctrl-C saves a draft', async () => {
    const home = openHome(rupture);
    const pty = home.onTerminal(args, { env });
    const hand = openHand(pty);
    await hand.sees(questions.start);
    hand.press('yes\r');
    await hand.sees(questions.sit);
    hand.press('3\r');
    await hand.sees(questions.what);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'bothered' } }]);
  });
});

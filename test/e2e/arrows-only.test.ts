import { expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, keys, openHand, patience, questions } from './support/hand.ts';
import { openHome } from './support/home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** Returns the highlighted line without its `›`. */
function marked(screen: string): string | undefined {
  return /^ *› (?:[◯◉] )?(.*?)\s*$/m.exec(screen)?.[1];
}

/** Returns the lowest progress line; each question of a session has its own. */
function progressOf(screen: string): string | undefined {
  return screen.match(/\d+ of about \d+|Question \d+/g)?.at(-1);
}

/** Whether the screen shows another question than the one with the progress line `before`. */
function isNext(screen: string, before: string | undefined): boolean {
  const progress = progressOf(screen);
  return progress !== undefined && progress !== before;
}

/** Moves the highlight to `label`, then presses Enter until the next question appears. */
async function pointAt(pty: Pty, question: string, label: string): Promise<void> {
  await openHand(pty).point(question, label);
  const before = progressOf(pty.screen());
  pty.write(keys.enter);
  const isTaken = (screen: string): boolean => screen.includes(`◉ ${label}`) || isNext(screen, before);
  // In a list with several picks the first Enter ticks the highlighted line.
  if (isNext(await pty.waitUntil(isTaken, 'Enter', patience), before)) return;
  pty.write(keys.enter);
  await pty.waitUntil(screen => isNext(screen, before), `the question behind “${question}”`, patience);
}

test.each([
  [80, 24],
  [60, 20],
])('at %i×%i arrows and Enter alone keep what they pointed at', async (columns, rows) => {
  const home = openHome((await openPacked()).rupture);
  const pty = home.onTerminal(['reflect'], { columns, rows });
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await pointAt(pty, questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  pty.write(keys.enter);
  await hand.sees(questions.kinds);
  const kind = await pty.waitUntil(screen => marked(screen) !== undefined, 'a list of kinds', patience);
  pty.write(keys.down);
  const below = await pty.waitUntil(
    screen => marked(screen) !== marked(kind),
    'the mark one line down',
    patience,
  );
  const kindMeant = marked(below) ?? 'none';
  await pointAt(pty, questions.kinds, kindMeant);
  await pointAt(pty, questions.feelings, 'misunderstood');
  await hand.sees(questions.size);
  for (let n = 0; n < 3; n += 1) pty.write('\u001b[C');
  const scale = await pty.waitUntil(seen => !seen.includes('Nothing chosen yet'), 'a number', patience);
  const asked = progressOf(scale);
  pty.write(keys.enter);
  const isLast = (screen: string): boolean => screen.includes(questions.keep) && marked(screen) === 'Keep';
  let screen = await pty.waitUntil(seen => isNext(seen, asked), 'the question behind the scale', patience);
  for (; !isLast(screen);) {
    const before = progressOf(screen);
    pty.write(keys.enter);
    screen = await pty.waitUntil(seen => isLast(seen) || isNext(seen, before), 'the next question', patience);
  }
  await hand.choose(questions.keep, 'Keep');
  expect(await endOf(pty)).toBe(0);
  const [front = ''] = home.note().split('\n---\n');
  expect(front).toMatch(/^sit: bothered$/m);
  expect(front).toMatch(/^feelings: \[misunderstood\]$/m);
  expect(front).toMatch(/^kinds: \[[a-z-]+\]$/m);
  expect(home.run(['show', 'last', '--format', 'plain']).out).toContain(kindMeant);
  expect(front).toMatch(/^size: [0-9]+$/m);
});

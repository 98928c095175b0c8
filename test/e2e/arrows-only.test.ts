import { expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, keys, openHand, patience, questions } from './hand.ts';
import { openHome } from './home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** The line that the mark is on, without the mark. */
function marked(screen: string): string | undefined {
  return /^ *› (?:[◯◉] )?(.*?)\s*$/m.exec(screen)?.[1];
}

/** The progress line that stands lowest; the questions of a session have one each. */
function progressOf(screen: string): string | undefined {
  return screen.match(/\d+ of about \d+|Question \d+/g)?.at(-1);
}

/** Moves the mark until it stands on `label`, then presses Enter until the next question is there. */
async function pointAt(pty: Pty, question: string, label: string): Promise<void> {
  await openHand(pty).point(question, label);
  const before = progressOf(pty.screen());
  pty.write(keys.enter);
  const isTaken = (screen: string): boolean => screen.includes(`◉ ${label}`) || progressOf(screen) !== before;
  await pty.waitUntil(isTaken, 'Enter', patience);
  // In a list of several the first Enter ticks what the mark is on, and shows it.
  if (progressOf(pty.screen()) !== before) return;
  pty.write(keys.enter);
  await pty.waitUntil((screen) => progressOf(screen) !== before, `the question behind “${question}”`, patience);
}

test.each([[80, 24], [60, 20]])('at %i×%i arrows and Enter alone keep what they pointed at', async (columns, rows) => {
  const home = openHome((await openPacked()).rupture);
  const pty = home.onTerminal(['reflect'], { columns, rows });
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await pointAt(pty, questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  pty.write(keys.enter);
  await hand.sees(questions.kinds);
  const kind = await pty.waitUntil((screen) => marked(screen) !== undefined, 'a list of kinds', patience);
  pty.write(keys.down);
  const below = await pty.waitUntil((screen) => marked(screen) !== marked(kind), 'the mark one line down', patience);
  const kindMeant = marked(below) ?? 'none';
  await pointAt(pty, questions.kinds, kindMeant);
  await pointAt(pty, questions.feelings, 'misunderstood');
  await hand.sees(questions.size);
  for (let n = 0; n < 3; n += 1) pty.write('\u001b[C');
  await pty.waitUntil((screen) => !screen.includes('Nothing chosen yet'), 'a number', patience);
  pty.write(keys.enter);
  await pty.waitUntil((screen) => !screen.includes(`${questions.size}\n`), 'the scale answered', patience);
  for (let left = 12; left > 0 && !pty.screen().includes(questions.keep); left -= 1) {
    const before = pty.screen();
    pty.write(keys.enter);
    await pty.waitUntil((screen) => screen !== before, 'the next question', patience);
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

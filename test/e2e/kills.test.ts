import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import { endOf, keys, openHand, questions } from './hand.ts';
import type { Hand } from './hand.ts';
import { openHome } from './home.ts';
import type { Home } from './home.ts';

vi.setConfig({ testTimeout: 170_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

interface Stage {
  readonly key: string;
  readonly answer: unknown;
  /** All of the answer but its last Enter. */
  readonly ready: (hand: Hand) => Promise<void>;
  /** On screen only when the answer was taken. */
  readonly next: string;
  /** An Enter that ends a text waits so long for more of a paste. */
  readonly later?: number;
}

const ticked = (question: string, label: string) => async (hand: Hand): Promise<void> => {
  await hand.point(question, label);
  hand.press(' ');
  await hand.sees(`◉ ${label}`);
};

const stages: readonly Stage[] = [
  { key: 'sit', answer: 'bothered', ready: (hand) => hand.point(questions.sit, 'Something is bothering me'), next: questions.what },
  {
    key: 'what', answer: 'They moved on.', later: 25, next: questions.kinds,
    ready: async (hand) => {
      await hand.sees(questions.what);
      hand.press('They moved on.');
      await hand.sees('│ They moved on.');
      hand.press(keys.enter);
      await hand.sees(/│ They moved on\.\s*\n\s*│/);
    },
  },
  { key: 'kinds', answer: ['misread'], ready: ticked(questions.kinds, 'They misunderstood me'), next: questions.feelings },
  { key: 'feelings', answer: ['hurt'], ready: ticked(questions.feelings, 'hurt'), next: questions.size },
  {
    key: 'size', answer: 7, next: questions.next,
    ready: async (hand) => {
      await hand.sees('Nothing chosen yet');
      hand.press('7');
      await hand.sees('7, between');
    },
  },
  { key: 'next', answer: 'open', ready: (hand) => hand.point(questions.next, 'Keep it here for now'), next: questions.keep },
  { key: 'keep', answer: undefined, ready: (hand) => hand.point(questions.keep, 'Keep'), next: '.md' },
];

const heads: Readonly<Record<string, string>> = { sit: 'sit: bothered', what: '\nThey moved on.\n', kinds: 'kinds: [misread]', feelings: 'feelings: [hurt]', size: 'size: 7', next: 'next: open' };

/** Which of the first `count` answers are in neither the draft nor the note. */
function lostOf(home: Home, count: number): readonly string[] {
  const [draft] = home.drafts();
  const [name] = home.notes();
  const note = name === undefined ? '' : readFileSync(join(home.folder, name), 'utf8');
  return stages.slice(0, count).filter(({ key, answer }) => {
    if (key === 'keep') return note === '';
    const inNote = note.includes(heads[key] ?? '');
    return !inNote && JSON.stringify(draft?.answers[key]) !== JSON.stringify(answer);
  }).map(({ key }) => key);
}

/** Goes up to a stage, presses Enter, kills; gives the home and how many answers the screen had taken. */
async function killAt(stage: number, afterMs: number): Promise<{ readonly home: Home; readonly taken: number }> {
  const home = openHome(rupture);
  const pty = home.onTerminal(['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  for (const { ready } of stages.slice(0, stage)) {
    await ready(hand);
    hand.press(keys.enter);
  }
  await stages[stage]?.ready(hand);
  const before = pty.raw().length;
  hand.press(keys.enter);
  const end = performance.now() + afterMs + (stages[stage]?.later ?? 0);
  while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
  // It may have ended by itself by now.
  pty.kill('SIGKILL');
  await endOf(pty);
  const isTaken = pty.raw().slice(before).includes(stages[stage]?.next ?? '');
  return { home, taken: stage + (isTaken ? 1 : 0) };
}

/** The same numbers every time. */
function openChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

test('40 kills just after an Enter: what the screen has taken is on disk', async () => {
  const chance = openChance(20_261_122);
  let late = 0;
  for (let round = 0; round < 40; round += 1) {
    const stage = Math.floor(chance() * stages.length);
    const afterMs = chance() * 15;
    const { home, taken } = await killAt(stage, afterMs);
    expect({ round, stage, afterMs, lost: lostOf(home, taken) }).toEqual({ round, stage, afterMs, lost: [] });
    if (taken > stage) late += 1;
  }
  // Kills that all come before the next question, or all after it, would look for nothing.
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(40);
});

test('a folder that lost its draft is noticed', async () => {
  const { home, taken } = await killAt(3, 0);
  expect(taken).toBeGreaterThanOrEqual(3);
  expect(lostOf(home, taken)).toEqual([]);
  rmSync(join(home.folder, '.rupture', 'drafts'), { recursive: true });
  expect(lostOf(home, 3)).toEqual(['sit', 'what', 'kinds']);
});

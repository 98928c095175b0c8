import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, keys, openHand, patience, questions } from './support/hand.ts';
import type { Hand } from './support/hand.ts';
import { openHome } from './support/home.ts';
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

async function sitDown(): Promise<Sitting> {
  const home = openHome(rupture);
  const pty = home.onTerminal(['reflect'], { rows: 40 });
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await hand.sees(questions.sit);
  return { home, pty, hand };
}

/** Types one key after the other, as a person does. */
async function type({ hand }: Sitting, text: string): Promise<void> {
  for (const letter of text) hand.press(letter);
  await hand.sees(`│ ${text}`);
}

function noteIn({ home }: Sitting): string {
  const [name] = home.notes();
  return readFileSync(join(home.folder, name ?? ''), 'utf8');
}

describe('words typed at a list of a real session', () => {
  test('are offered under "What happened", kept as own words, and kept at "Keep it?"', async () => {
    const sitting = await sitDown();
    const { hand, pty } = sitting;
    await type(sitting, 'He hugged me, and I said nothing.');
    hand.press(keys.enter);
    await hand.sees('Kept for “What happened”: He hugged me, and I said nothing.');
    hand.press(keys.enter);
    hand.press(keys.down);
    await hand.sees('› Mostly good');
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(/What happened\? [^]*│ He hugged me, and I said nothing\./);
    hand.press(keys.ctrlD);
    await hand.sees(questions.kinds);
    await type(sitting, 'It went on too long');
    hand.press(keys.enter);
    await hand.sees('◉ Something else: It went on too long');
    hand.press(keys.enter);
    for (const question of [questions.feelings, questions.size, questions.next]) {
      await hand.sees(question);
      hand.press(keys.tab);
    }
    await hand.sees(questions.keep);
    await type(sitting, 'One more thing');
    hand.press(keys.enter);
    await hand.sees('Kept with your answers: One more thing');
    hand.press(keys.down);
    await hand.choose(questions.keep, 'Keep');
    expect(await endOf(pty)).toBe(0);
    const note = noteIn(sitting);
    expect(note).toContain('## What happened\n\nHe hugged me, and I said nothing.\n');
    expect(note).toContain('kinds: ["other: It went on too long"]');
    expect(note).toContain('## Also written\n\nOne more thing\n');
    expect(note).toContain('sit: bothered');
  });

  test('are in the draft however the session ends, and on their line again when it continues', async () => {
    const sitting = await sitDown();
    const { hand, pty, home } = sitting;
    await type(sitting, 'fine, he said');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([{ half: { key: 'sit', text: 'fine, he said' } }]);
    const again = home.onTerminal(['reflect', '--resume']);
    await again.waitFor('│ fine, he said', patience);
    expect(again.screen()).not.toContain('›');
    again.write(keys.ctrlC);
    expect(await endOf(again)).toBe(130);
  });

  test('at "Keep it?" are in the draft', async () => {
    const sitting = await sitDown();
    const { hand, pty, home } = sitting;
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(questions.what);
    hand.press('He sighed.');
    await hand.sees('│ He sighed.');
    hand.press(keys.ctrlD);
    for (const question of [questions.kinds, questions.feelings, questions.size, questions.next]) {
      await hand.sees(question);
      hand.press(keys.tab);
    }
    await hand.sees(questions.keep);
    await type(sitting, 'wait, also this');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(JSON.stringify(home.drafts())).toContain('wait, also this');
    expect(home.notes()).toEqual([]);
  });
});

import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, isGivenBack, keys, openHand, questions } from './support/hand.ts';
import type { Hand } from './support/hand.ts';
import { openHome } from './support/home.ts';
import type { Home } from './support/home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

function sitDown(): { readonly home: Home; readonly pty: Pty; readonly hand: Hand } {
  const home = openHome(rupture);
  const pty = home.onTerminal(['reflect'], { rows: 24 });
  return { home, pty, hand: openHand(pty) };
}

describe('on a screen of 80 by 24', () => {
  test('shows the people to reach from the first question until the person goes back to a long one', async () => {
    const { hand, pty, home } = sitDown();
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.write(questions.what, 'They moved on.');
    await hand.point(questions.kinds, "They didn't seem to get it");
    hand.press(' ');
    await hand.sees("› ◉ They didn't seem to get it");
    hand.press(keys.ctrlG);
    await hand.sees('Esc goes back to the question');
    expect(pty.inSight()).toMatch(/Please reach a person now\.[^]*Links checked/);
    hand.press(keys.escape);
    await hand.sees("› ◉ They didn't seem to get it");
    hand.press(keys.ctrlD);
    await hand.sees(questions.feelings);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([{ answers: { what: 'They moved on.', kinds: ['not-getting-it'] } }]);
  });

  test('a choice shows them too, and the answers are saved however it ends there', async () => {
    const { hand, pty, home } = sitDown();
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Something not okay in therapy happened');
    await hand.tick('say what kind of thing it was', 'They asked me to keep something secret');
    await hand.choose('What would help now?', 'Get help right now');
    await hand.sees('Esc goes on');
    expect(pty.inSight()).toMatch(/Please reach a person now\.[^]*Links checked/);
    hand.press(keys.enter);
    await hand.choose('What would help now?', 'See where to report it');
    await hand.sees('Esc goes on');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([{ answers: { sit: 'line', 'safety/line_kinds': ['secret'] } }]);
    expect(home.notes()).toEqual([]);
    expect(isGivenBack(pty.raw())).toBe(true);
  });

  test('ticks and text about a crossed line are in the draft, however it ends there', async () => {
    const { hand, pty, home } = sitDown();
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Something not okay in therapy happened');
    await hand.point('say what kind of thing it was', 'Touch I didn');
    hand.press(' ');
    await hand.sees("◉ Touch I didn't want");
    // Text typed into the list.
    for (const letter of 'stalking me') hand.press(letter);
    await hand.sees('│ stalking me');
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(home.drafts()).toMatchObject([
      { answers: { sit: 'line', 'safety/line_kinds': ['touch', 'other: stalking me'] } },
    ]);
    expect(home.notes()).toEqual([]);
  });

  test('Tab does not bring back a deleted number', async () => {
    const { hand, pty } = sitDown();
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Something is bothering me');
    for (const question of [questions.what, questions.kinds, questions.feelings]) {
      await hand.sees(question);
      hand.press(keys.tab);
    }
    await hand.scale(questions.size, 7);
    await hand.sees(questions.next);
    hand.press(keys.shiftTab);
    await hand.sees('7, between');
    hand.press('\u007f');
    await hand.sees('Nothing chosen yet');
    hand.press(keys.tab);
    await hand.sees(/How big {3}skipped[^]*What would you like to do with it/);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
  });
});

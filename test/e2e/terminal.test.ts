import { beforeAll, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { openHand, questions, isGivenBack, keys } from './hand.ts';
import { openHome } from './home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

test('a quick session to the end', async () => {
  const home = openHome(rupture);
  const pty = home.onTerminal(['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await hand.choose(questions.sit, 'Something is bothering me');
  await hand.write(questions.what, 'I said I was tired.', 'They said I like being needed.');
  await hand.tick(questions.kinds, 'They misunderstood me');
  await hand.scale(questions.size, 7);
  await hand.choose(questions.next, 'Bring it up');
  await hand.write(questions.line, 'Can we go back?');
  await hand.choose(questions.keep, 'Keep');
  expect((await pty.exited).code).toBe(0);
  expect(pty.raw().trimEnd().endsWith('.md')).toBe(true);
  expect(home.note()).toBe('');
  expect(home.drafts()).toEqual([]);
  expect(isGivenBack(pty.raw())).toBe(true);
});

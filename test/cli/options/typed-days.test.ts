import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  for (const [id, session] of [
    ['aaaaaa', '2026-01-31'],
    ['bbbbbb', '2026-02-01'],
    ['cccccc', '2026-02-28'],
    ['dddddd', '2026-03-02'],
  ]) {
    writeFileSync(
      join(place.folder, `${session}-${id}.md`),
      `---\nrupture: 1\nid: ${id}\nsession: ${session}\nstatus: open\n---\n`,
    );
  }
});
afterEach(() => place.remove());

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
async function go(
  ...args: readonly string[]
): Promise<{ readonly exit: number; readonly ids: readonly string[]; readonly err: string }> {
  const { exit, out, err } = await run(args, { place, input: '' });
  return {
    exit,
    ids: [...out.matchAll(/\(([a-d]{6}),/g)].map(([, id]) => id ?? '').toSorted(),
    err: flat(err),
  };
}

it.each([
  ['since', 'last month', ['bbbbbb', 'cccccc', 'dddddd'], 'That is Sun 1 February.'],
  ['until', 'last month', ['aaaaaa', 'bbbbbb', 'cccccc'], 'That is Sat 28 February.'],
  ['since', 'this month', ['dddddd'], 'That is Sun 1 March.'],
  ['until', 'january', ['aaaaaa'], 'That is Sat 31 January.'],
  ['since', 'two weeks ago', ['cccccc', 'dddddd'], 'That is Thu 26 February.'],
])('--%s "%s" is a range, and the day that was read is said', async (flag, said, ids, told) => {
  const ran = await go('list', `--${flag}`, said);
  expect([ran.exit, ran.ids]).toEqual([0, ids]);
  expect(ran.err).toContain(told);
});

it.each([
  ['tomorow', 'Did you mean tomorrow (Fri 13 March)?'],
  ['last frday', 'Did you mean last friday (Fri 6 March)?'],
  ['12 febuary', 'Did you mean 12 february (Thu 12 February)?'],
  ['thuesday', 'Did you mean tuesday (Tue 10 March) or thursday (Thu 5 March)?'],
  ['last month', 'is Sun 1 February 2026 to Sat 28 February 2026, and one day is needed.'],
  ['last motnh', 'Did you mean last month (Sun 1 February)?'],
])('a session on "%s" is refused, and nothing is kept', async (said, told) => {
  const before = readdirSync(place.folder);
  const ran = await go('reflect', '-m', 'They were late.', '--date', said);
  expect(ran.exit).toBe(2);
  expect(ran.err).toContain(told);
  expect(readdirSync(place.folder)).toEqual(before);
});

it('a misspelled day ahead gets the nearest', async () => {
  const ran = await go('mark', 'aaaaaa', 'open', '--until', 'next tusday');
  expect(ran.exit).toBe(2);
  expect(ran.err).toContain('Did you mean next tuesday (Tue 17 March)?');
});

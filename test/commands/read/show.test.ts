import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

// Every question of the full path that does not lead to another page.
const whole = `sit: strained
what: They moved on.
shape: again
strain_from: both
kinds: [misread]
feelings: [small, angry]
size: 7
since: [guarded, heavier]
urges: [quiet, say]
noticed: yes-unsaid
look_back: yes
echo: [parent, {other: "my _first_ teacher"}]
touches: working-on
next: raised
response: [listened, no-time]
status: eased
care: {other: call Ada}
`;
const said = [
  ['How it was', 'It feels tense between us'],
  ['How it came', 'It has happened with them before'],
  ['What made it hard', 'Both'],
  ['Since then', "It's harder to open up · It's getting heavier"],
  ['Felt like doing', 'Going quiet · Saying something'],
  ['Did they notice', 'Yes, but said nothing'],
  ['Felt before with', 'A parent · my _first_ teacher'],
  ['Touches what I came for', "It's something I'm already working on"],
  ['How they responded', 'Listened · We ran out of time'],
  ['Something kind', 'call Ada'],
] as const;

let place: Place;
let path: string;
beforeAll(async () => {
  place = openPlace();
  const kept = await run(['reflect', '--full', '--answers', '-'], { place, input: whole });
  if (kept.exit !== 0) throw new Error(kept.err);
  path = kept.out.trim();
});
afterAll(() => place.remove());

const on = async (columns: number, ...flags: readonly string[]): Promise<string> =>
  (
    await run(['show', 'last', ...flags], {
      place,
      input: '',
      outIsTerminal: true,
      columns,
      env: { NO_COLOR: '1' },
    })
  ).out;

describe('rupture show', () => {
  it('has every choice beside what its question is called, between the facts and the texts', async () => {
    const rows = said.map(([label, value]) => `  ${label.padEnd(23)}   ${value}`);
    expect(await on(90)).toBe(
      `  They moved on\n\n  Easier, not finished · Thu 12 March · size 7, big\n  They misunderstood me\n  small · angry\n\n${rows.join('\n')}\n\n  What happened\n\n  They moved on.\n`,
    );
  });

  it.each([60, 40])('has each below its label at %i columns', async columns => {
    const page = await on(columns);
    expect(page).toContain(
      '\n  How it was\n    It feels tense between us\n  How it came\n    It has happened with them before\n',
    );
    const flat = page.replace(/\s+/g, ' ');
    for (const [label, value] of said) expect(flat).toContain(` ${label} ${value} `);
    expect(page.split('\n').filter(line => widthOf(line) > columns)).toEqual([]);
  });

  it('has each on its own line in plain text', async () => {
    const lines = said.map(([label, value]) => `${label}: ${value}`);
    expect((await run(['show', 'last', '--format', 'plain'], { place, input: '' })).out).toBe(
      `They moved on\nEasier, not finished · Thu 12 March · size 7, big\nThey misunderstood me\nsmall · angry\n\n${lines.join('\n')}\n\nWhat happened\nThey moved on.\n`,
    );
    expect(await on(100, '--plain')).toContain(lines.join('\n'));
  });

  it('is the file itself in a pipe', async () => {
    expect((await run(['show', 'last'], { place, input: '' })).out).toBe(readFileSync(path, 'utf8'));
  });

  it('says of a session without a hard moment, and of a note kept apart, what was picked', async () => {
    const other = openPlace();
    try {
      await run(['reflect', '--answers', '-'], { place: other, input: 'sit: fine\nheld_back: "no"\n' });
      const good = await run(['show', 'last', '--format', 'plain'], { place: other, input: '' });
      expect(good.out).toBe('A moment on 12 March\nThu 12 March\n\nHow it was: Mostly good\nHeld back: No\n');
      expect(
        (
          await run(['show', 'last'], {
            place: other,
            input: '',
            outIsTerminal: true,
            env: { NO_COLOR: '1' },
          })
        ).out,
      ).toBe('  A moment on 12 March\n\n  Thu 12 March\n\n  How it was   Mostly good\n  Held back    No\n');
      await run(['reflect', '--answers', '-', '--date', '2026-03-11'], {
        place: other,
        input: 'sit: line\nline_kinds: [secret, {other: the gifts}]\n',
        chance: () => Uint8Array.of(9, 8, 7, 6, 5, 4),
      });
      const apart = await run(['export', 'markdown', '--include-set-aside', '--status', 'set-aside'], {
        place: other,
        input: '',
      });
      expect(apart.out).toContain(
        '*How it was: Something not okay in therapy happened, or may have*\\\n*What kind of thing: They asked me to keep something secret, the gifts*\n',
      );
    } finally {
      other.remove();
    }
  });
});

describe('rupture export', () => {
  it.each(['markdown', 'html'])('%s has every choice too', async format => {
    const { out } = await run(['export', format], { place, input: '' });
    const read = out.replaceAll('&#39;', "'").replace(/\\(.)/g, '$1');
    for (const [label, value] of said) expect(read).toContain(`${label}: ${value.replaceAll(' · ', ', ')}`);
  });
});

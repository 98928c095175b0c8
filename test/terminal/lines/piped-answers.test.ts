import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const pipe = (args: readonly string[], input: string): Promise<Ran> => run(args, { place, input });
const flat = (text: string): string => text.replace(/\s+/g, ' ');

function write(id: string, front: string): void {
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(
    join(place.folder, `2026-03-01-${id}.md`),
    `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\n${front}---\n`,
  );
}

const texts = (): readonly string[] =>
  readdirSync(place.folder)
    .filter(name => name.endsWith('.md'))
    .map(name => readFileSync(join(place.folder, name), 'utf8'));

function drafts(): readonly {
  readonly template: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly half?: { readonly text: string };
}[] {
  const folder = join(place.folder, '.rupture', 'drafts');
  return existsSync(folder)
    ? readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    : [];
}

describe('an invalid answer in a pipe', () => {
  it('stops reflect, names question and line, and saves the earlier answers', async () => {
    const { exit, err, out } = await pipe(['reflect'], '3\nThey looked.\n\n1-3\n19\n5\n2\n');
    expect([exit, out]).toEqual([Exit.misused, '']);
    expect(flat(err)).toContain(
      'Line 4 of standard input is no answer to “Which of these come closest? Choose up to three.” "1-3" is not a number from this list.',
    );
    expect(flat(err)).toContain(
      'What came before it is kept as a draft. rupture reflect --resume goes on with it.',
    );
    expect(texts()).toEqual([]);
    expect(drafts().map(({ answers }) => answers)).toEqual([{ sit: 'bothered', what: 'They looked.' }]);
    const resumed = await pipe(['reflect', '--resume'], '1 3\n19\n5\n2\n');
    expect(resumed.exit).toBe(Exit.done);
    expect(texts().join()).toMatch(/kinds: \[misread, not-getting-it\]\nfeelings: \[[a-z-]+\]\nsize: 5/);
    expect(drafts()).toEqual([]);
  });

  it('saves words given to a question without words, and says if nothing was saved', async () => {
    expect((await pipe(['reflect'], 'They looked at the clock.\n')).err).toContain('kept as a draft');
    expect(drafts().map(({ half }) => half?.text)).toEqual(['They looked at the clock.']);
    const { exit, err } = await pipe(['reflect'], '99\n');
    expect(exit).toBe(Exit.misused);
    expect(flat(err)).toContain('Nothing was kept. Correct that line and try again.');
    expect(drafts()).toHaveLength(1);
  });

  it('stops at bytes that are not text, and saves the earlier answers', async () => {
    // A byte stream: the é of Latin-1 is a single byte.
    const { exit, err } = await run(['reflect'], {
      place,
      bytes: Buffer.from('3\nThey looked.\n\ncaf\u00e9\n', 'latin1'),
    });
    expect(exit).toBe(Exit.misused);
    expect(flat(err)).toContain(
      'Line 4 of standard input is not UTF-8 text. What came before it is kept as a draft.',
    );
    expect(drafts()).toHaveLength(1);
  });

  it.each<readonly [string, string, string, string]>([
    ['prep', 'open', '5\nTo be heard\n\nmaybe\n', 'prep'],
    ['follow-up', 'planned', '1\nnine\n', 'follow-up'],
    ['let-go', 'open', 'y\n99\n', 'let-go'],
    ['let-go', 'open', 'y\n7\n1\nyesterday\nin 2 weeks\n', 'let-go'],
  ])('stops %s of a moment that is %s: %j', async (command, status, input, template) => {
    write('aaaaaa', `status: ${status}\ntitle: They moved on\n`);
    const before = texts();
    const { exit, err } = await pipe([command, 'aaaaaa'], input);
    expect(exit).toBe(Exit.misused);
    expect(flat(err)).toMatch(/Line \d of standard input is no answer to “/);
    expect(flat(err)).toContain(`kept as a draft. On a terminal, rupture ${command} goes on with it.`);
    expect([texts(), drafts().map(draft => draft.template)]).toEqual([before, [template]]);
  });

  it.each([[['prep']], [['follow-up']], [['let-go']], [['patterns', '--bring']]])(
    'stops where something is chosen: %j',
    async args => {
      for (const id of ['aaaaaa', 'bbbbbb', 'cccccc'])
        write(id, 'status: open\ntitle: They moved on\nkinds: [joke]\n');
      const before = texts();
      const { exit, err } = await pipe(args, 'the first\n');
      expect(exit).toBe(Exit.misused);
      expect(flat(err)).toContain('Nothing was kept. Correct that line and try again.');
      expect([texts(), drafts()]).toEqual([before, []]);
    },
  );

  it('reports where input is left over after the last question', async () => {
    const { exit, err } = await pipe(['reflect'], '1\n\n\n\n\n\nand more of it\n');
    expect([exit, flat(err)]).toEqual([
      Exit.done,
      expect.stringContaining('Standard input went on from line 7; no question was left for that.'),
    ]);
  });
});

it('asks again at a terminal, without stopping', async () => {
  const { exit } = await run(['let-go', 'last'], {
    place: (write('aaaaaa', 'status: open\ntitle: They moved on\n'), place),
    script: [
      ['ready', answer(true)],
      ['let_go_reason', answer('afraid')],
      ['rest_or_go', answer('rest')],
      ['rest_until', answer('yesterday')],
      ['rest_until', skip],
    ],
  });
  expect(exit).toBe(Exit.done);
});

describe('nothing but empty lines', () => {
  it.each([3, 6, 8, 40])('%i of them save nothing and say so', async count => {
    const ran = await pipe(['reflect'], '\n'.repeat(count));
    expect([ran.exit, ran.out]).toEqual([Exit.done, '']);
    expect(flat(ran.err)).toContain('Nothing was answered, so nothing was kept.');
    expect(ran.err).not.toContain('Keep it?');
    expect(existsSync(place.folder) ? texts() : []).toEqual([]);
    expect(drafts()).toEqual([]);
  });

  it('before an answer keep that answer', async () => {
    const ran = await pipe(['reflect'], '\nThey looked at the clock.\n\n\n\n\n\n\n');
    expect(ran.exit).toBe(Exit.done);
    expect(texts().join()).toContain('They looked at the clock.');
  });
});

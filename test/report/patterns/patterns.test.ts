import { readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Line, Place, Ran, Setting } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

interface Note {
  readonly status?: string;
  readonly title?: string;
  readonly front?: string;
  readonly body?: string;
}

function keep(notes: readonly Note[]): void {
  for (const [at, { status, title = 'They looked at the clock', front = '', body = '' }] of notes.entries()) {
    const day = `2026-02-${String(at + 1).padStart(2, '0')}`;
    const id = `m${String(at).padStart(5, '0')}`;
    const head = [
      `rupture: 1`,
      `id: ${id}`,
      `session: ${day}`,
      ...(status === undefined ? [] : [`status: ${status}`]),
      `title: ${JSON.stringify(title)}`,
      ...front.split('\n').filter(Boolean),
    ];
    writeFileSync(
      join(place.folder, `${day}-${id}.md`),
      `---\n${head.join('\n')}\n---\n\n# ${title}\n\n${body}`,
    );
  }
}

const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselbund';
const rich: readonly Note[] = [
  {
    status: 'repaired',
    title: 'They misunderstood me about my sister, and I said nothing',
    front:
      'kinds: [misread, dismissed]\nfeelings: [small, angry]\nsize: 2\nshape: again\nurges: [quiet, stop]\necho: [parent, partner]\nhistory:\n  - 2026-02-01 open 7\n  - 2026-02-08 repaired 2',
    body: '## Followed up on 2026-02-08\n\n### What helped\n\nYou asked again.\n',
  },
  {
    status: 'eased',
    title: '彼らは私の妹について誤解した。そして私は何も言えなかった。長い沈黙があった',
    front:
      'kinds: [misread]\nfeelings: [small]\nsize: 3\nshape: build-up\nurges: [quiet]\necho: [parent]\nhistory:\n  - 2026-02-02 open 8\n  - 2026-02-09 eased 3',
    body: '## Followed up on 2026-02-09\n\n### What helped\n\nSaying it first | thing.\n\nAnd *waiting*.\n',
  },
  {
    status: 'not-addressed',
    title: `👩‍👩‍👧 ${longWord}`,
    front: `kinds: [misread, "other: ${longWord}"]\nfeelings: ["other: tight 🫠"]\nsize: 9\nurges: [none]\necho: [family]\nhistory:\n  - 2026-02-03 open 4\n  - 2026-02-10 not-addressed 9`,
    body: '## Followed up on 2026-02-10\n\n### What helped\n\nGLAD-I-SAID-IT\n',
  },
  {
    status: 'open',
    title: 'Long silence',
    front:
      'kinds: [dismissed]\nsize: 5\necho: [none]\nhistory:\n  - 2026-02-04 open 5\n  - 2026-02-11 open 5',
  },
  {
    status: 'planned',
    title: 'The joke',
    front:
      'kinds: [dismissed]\nsize: 6\necho: [parent]\nhistory:\n  - 2026-02-05 open 4\n  - 2026-02-12 planned 6',
  },
  {
    title: 'A moment',
    front: 'sit: fine',
    body: "## A moment to keep\n\nThey remembered my brother's name.\n",
  },
  {
    status: 'set-aside',
    title: 'SECRET',
    front: 'kinds: [line]\nfeelings: [unsafe]\nsize: 10\nhistory:\n  - 2026-02-07 set-aside 10',
    body: '## A moment to keep\n\nSECRET\n',
  },
];

const patterns = (args: readonly string[] = [], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(['patterns', ...args], { place, ...setting });

/** Runs on a terminal without a person: prints the page, and asks no question. */
const onScreen = (
  columns: number,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Ran> => patterns(args, { outIsTerminal: true, columns, env, input: '' });

const all = async (): Promise<readonly string[]> => [
  (await patterns()).out,
  (await patterns(['--format', 'plain'])).out,
  (await patterns(['--format', 'json'])).out,
  (await onScreen(80, { NO_COLOR: '1' })).out,
];

const sit = async (script: readonly Line[], args: readonly string[] = []): Promise<Ran> => {
  const ran = await patterns(args, { outIsTerminal: true, script });
  // An unplanned question makes the run exit with 1.
  expect([ran.exit, ran.screens.map(({ id }) => id)]).toEqual([0, script.map(([id]) => id)]);
  return ran;
};

const made = (): string | undefined =>
  readdirSync(place.folder)
    .filter(name => name.startsWith('2026-03-12-'))
    .map(name => readFileSync(join(place.folder, name), 'utf8'))[0];

const counts = (text: string): unknown => {
  const { moments, sessions, kinds } = JSON.parse(text) as Record<string, unknown>;
  return { moments, sessions, kinds };
};

describe('the page', () => {
  it.each([100, 80, 60, 40])('keeps every line within %i columns', async columns => {
    keep(rich);
    for (const ran of [
      await onScreen(columns, { NO_COLOR: '1' }),
      await onScreen(columns, {}, ['--plain']),
    ]) {
      expect(ran.out.split('\n').filter(line => widthOf(line) > columns)).toEqual([]);
      expect(ran.out).toContain('3 of 5');
    }
  });

  it('has no colour codes and no redraw without colour, and says the same', async () => {
    keep(rich);
    const coloured = await onScreen(80, { FORCE_COLOR: '1' });
    const plain = await onScreen(80, { NO_COLOR: '1' });
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toContain('\u001b[36m');
    expect(coloured.out.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.out);
  });

  it('puts the caution first and the repairs next', async () => {
    keep(rich);
    const { out } = await onScreen(80, { NO_COLOR: '1' });
    const at = [
      'what you picked and wrote, counted. Small numbers can mislead',
      '5 moments. 6 sessions.',
      'What you worked through',
      'Good moments you kept',
      'What you named',
      'What you felt',
      'How it came',
      'Who came to mind',
      'What became of what you brought up',
      'What helped in others',
      'What you did, or felt like doing',
      'Kept here and not brought up',
      'How big, then and now',
    ].map(words => out.indexOf(words));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  it('draws a bar in proportion and a size from then to now', async () => {
    keep(rich);
    const { out } = await onScreen(80, { NO_COLOR: '1' });
    expect(out).toMatch(/They misunderstood me +█{12}·{8}  3 of 5/);
    expect(out).toContain('Long silence');
    expect(out).toMatch(/1 Feb {2}They misunderstood me about .*… {2}····●─────────○······ {2}7 → 2/);
    expect(out).toMatch(/Long silence +··········●·········· {2}5\n/);
  });

  it('omits empty parts', async () => {
    keep([{ status: 'open' }, { status: 'open' }, { status: 'open' }]);
    const { out } = await onScreen(80, { NO_COLOR: '1' });
    expect(out).toBe(
      '  This is what you picked and wrote, counted. Small numbers can mislead.\n  3 moments. 3 sessions.\n\n  Kept here and not brought up   3 moments\n    No change in size is noted here.\n',
    );
  });

  it('shows ten of a longer list and says how many there are besides', async () => {
    keep(
      Array.from({ length: 13 }, () => ({
        status: 'repaired',
        front: 'size: 1\nhistory:\n  - 2026-02-01 open 7\n  - 2026-02-08 repaired 1',
      })),
    );
    const { out } = await onScreen(80, { NO_COLOR: '1' });
    expect(out.match(/3 earlier ones are not on this screen/g)).toHaveLength(2);
    expect((await patterns()).out.match(/- 2026-02-/g)).toHaveLength(13);
  });
});

describe('every format', () => {
  it('never explains, and never says a forbidden word', async () => {
    keep(rich);
    for (const out of await all())
      expect(out.replaceAll(place.folder, '')).not.toMatch(
        /\b(because|means?|shows?|should|must|just|simply|issues?|victim|client|patient|trigger|toxic|obviously|average|score|rating|ruptures?)\b/i,
      );
  });

  it('reveals nothing of notes kept apart, except on request', async () => {
    keep(rich);
    for (const out of await all()) expect(out).not.toMatch(/SECRET|unsafe|not okay/);
    expect((await patterns(['--include-set-aside'])).out).toContain(
      'Something not okay in therapy happened, or may have: 1 of 6',
    );
  });

  it('does not take what one is glad to have said for what helped', async () => {
    keep(rich);
    for (const out of await all()) expect(out).not.toContain('GLAD');
  });

  it('says what helped', async () => {
    keep(rich);
    for (const out of await all()) expect(out).toMatch(/You asked again\.[^]*Saying it first/);
  });

  it.each([3, 2])('says who came to mind with one kind, where it is one person (%i times)', async times => {
    keep([
      ...Array.from({ length: times }, () => ({
        status: 'open',
        front: 'kinds: [dismissed]\necho: [parent]',
      })),
      { status: 'open' },
    ]);
    const [markdown = '', plain = '', json = '', page = ''] = await all();
    for (const text of [markdown, plain, page])
      expect(
        text
          .replace(/\s+/g, ' ')
          .match(
            new RegExp(
              `"A parent" came to mind with "I felt dismissed, or made to feel small" ${times} times\\.`,
              'g',
            ),
          ),
      ).toHaveLength(1);
    for (const text of [markdown, plain, page]) expect(text).not.toContain('| --- |');
    expect(JSON.parse(json)).toMatchObject({
      echoes: { with_kinds: [{ kind: 'dismissed', echo: 'parent', n: times }] },
    });
  });

  it.each([
    [
      'a heading and a sentence where no size is known of then and now',
      'size: 5',
      /Kept here and not brought up(?: \(| {3})3 moments\)?\n+ *No change in size is noted here\./,
    ],
    [
      'a heading where there is',
      'size: 5\nhistory:\n  - 2026-02-01 open 7\n  - 2026-02-08 open 5',
      /Kept here and not brought up(?: \(| {3})3 moments\)?\n+ *3 are smaller now\./,
    ],
  ])('says what is kept without raising, as %s', async (_name, front, said) => {
    keep([
      { status: 'open', front },
      { status: 'open', front },
      { status: 'planned', front },
    ]);
    const [markdown, plain, , page] = await all();
    for (const text of [markdown, plain, page]) expect(text).toMatch(said);
  });

  it("says a kind in the person's own words", async () => {
    keep(rich);
    expect((await patterns()).out).toContain(`- ${longWord}: 1 of 5`);
  });
});

describe('in a pipe', () => {
  it('is Markdown with tables that foreign marks do not break', async () => {
    keep(rich.slice(0, 5).map(note => ({ ...note, title: `a | b *c* ${note.title}` })));
    const { out } = await patterns();
    expect(out).toContain(
      '## What you named (in 5 moments)\n\n- I felt dismissed, or made to feel small: 3 of 5\n- They misunderstood me: 3 of 5\n',
    );
    expect(out).toMatch(/\| 2026-02-01 \| a \\\| b \\\*c\\\* They .* \| 7 \| 2 \|/);
    expect(out).toContain('  > Saying it first | thing.\n  >\n  > And *waiting*.');
    expect(out).toContain('2 are smaller now.\n\n1 is bigger now.');
  });

  it('is JSON with one key a picture', async () => {
    keep(rich);
    const json: unknown = JSON.parse((await patterns(['--format', 'json'])).out);
    expect(json).toMatchObject({
      version: 1,
      moments: 5,
      sessions: 6,
      repairs: [
        {
          id: 'm00000',
          session: '2026-02-01',
          size_before: 7,
          size_now: 2,
          helped: ['You asked again.'],
          path: join(place.folder, '2026-02-01-m00000.md'),
        },
      ],
      good_moments: [{ id: 'm00005', text: "They remembered my brother's name." }],
      kinds: {
        of: 5,
        counts: [
          { pick: 'misread', n: 3 },
          { pick: 'dismissed', n: 3 },
          { pick: `other: ${longWord}`, n: 1 },
        ].toSorted((a, b) => Number(b.pick === 'dismissed') - Number(a.pick === 'dismissed')),
      },
      echoes: { of: 5, someone: 4, several: 1 },
      raised: {
        of: 3,
        counts: [
          { status: 'repaired', n: 1 },
          { status: 'eased', n: 1 },
          { status: 'not-addressed', n: 1 },
        ],
        size: { of: 3, before: 7, after: 3 },
      },
      kept: { n: 2, size: { of: 2, before: 4.5, after: 5.5 } },
    });
    expect(Object.keys(json as object)).toEqual([
      'version',
      'moments',
      'sessions',
      'repairs',
      'good_moments',
      'kinds',
      'feelings',
      'shapes',
      'echoes',
      'raised',
      'urges',
      'kept',
      'sizes',
    ]);
  });

  it('is one kind sentence beside nothing below three moments; in JSON empty pictures', async () => {
    keep(rich.slice(0, 2));
    const few = await patterns();
    expect([few.exit, few.out, few.err]).toEqual([
      0,
      '',
      'Counting begins at three moments. There are 2 here so far, and that is fine.\n',
    ]);
    const { out, err } = await patterns(['--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      moments: 2,
      sessions: 2,
      repairs: [],
      kinds: { of: 0, counts: [] },
      sizes: [],
    });
    expect(err).toBe('');
  });

  it('refuses an unknown format, and a day ahead', async () => {
    expect((await patterns(['--format', 'tasks'])).exit).toBe(2);
    expect((await patterns(['--since', '2099-01-01'])).exit).toBe(2);
  });
});

/** The same notes without the one kept apart, with which speaking up would not be safe. */
const safe = rich.filter(({ status }) => status !== 'set-aside');

describe('looking at it together', () => {
  it('is asked with --bring, and adding keeps a planned moment with what is hoped for', async () => {
    keep(safe);
    const { said, err } = await sit(
      [
        ['look_together', answer('add')],
        ['hope', answer('That they ask first.')],
      ],
      ['--bring'],
    );
    expect(said[0]).toBe('You named "I felt dismissed, or made to feel small" 3 times.');
    expect(err).toContain('Kept as "A pattern: I felt dismissed, or made to feel small", to bring up.');
    expect(made()).toMatch(
      /session: 2026-03-12\n[^]*status: planned\ntitle: "A pattern: I felt dismissed, or made to feel small"\nkinds: \[dismissed\]\ntemplate: patterns\nhistory:\n {2}- 2026-03-12 planned\n---\n[^]*## How I'd like it to go\n\nThat they ask first\.\n$/,
    );
  });

  it('keeps the moment when the hope is skipped', async () => {
    keep(safe);
    await sit(
      [
        ['look_together', answer('add')],
        ['hope', skip],
      ],
      ['--bring'],
    );
    expect(made()).not.toContain('##');
  });

  it.each([
    ['no', answer('no')],
    ['skipped', skip],
  ] as const)('keeps nothing when it is %s', async (_name, response) => {
    keep(safe);
    await sit([['look_together', response]], ['--bring']);
    expect(made()).toBeUndefined();
  });

  it('is not asked again, and counts stay as they were, once it is added', async () => {
    keep(safe);
    const before = (await patterns(['--format', 'json'])).out;
    await sit(
      [
        ['look_together', answer('add')],
        ['hope', skip],
      ],
      ['--bring'],
    );
    expect((await sit([], ['--bring'])).err).toContain('There is nothing new for your list here.');
    expect(counts((await patterns(['--format', 'json'])).out)).toEqual(counts(before));
  });

  it('is not asked about a moment that has the title already', async () => {
    keep([...safe, { status: 'open', title: 'A pattern: I felt dismissed, or made to feel small' }]);
    expect((await sit([])).out).toContain('I felt dismissed, or made to feel  ');
  });

  it('is asked by lines in a pipe, and takes the answers from there', async () => {
    keep(safe);
    const page = (await patterns()).out;
    const { exit, out, err } = await patterns(['--bring'], { input: '1\nThat they ask first.\n\n' });
    expect([exit, out]).toEqual([0, page]);
    expect(err).toMatch(
      /You named "I felt dismissed, or made to feel small" 3 times\.[^]*Would you like to add this to your list of things to bring up\?[^]*Kept as "A pattern: I felt dismissed, or made to feel small", to bring\s+up\./,
    );
    expect(made()).toContain("## How I'd like it to go\n\nThat they ask first.\n");
  });

  it.each([
    ['the input ends', ''],
    ['it is passed over', '\n'],
  ])('says that nothing was changed where %s', async (_name, input) => {
    keep(safe);
    const { exit, err } = await patterns(['--bring'], { input });
    expect([exit, err.trimEnd().split('\n').at(-1), made()]).toEqual([0, 'Nothing was changed.', undefined]);
    expect((await patterns([], { input })).err).toBe('');
  });

  it('is not asked by itself: a line says how', async () => {
    keep(safe);
    expect((await sit([])).err.replace(/\s+/g, ' ')).toContain('rupture patterns --bring');
    expect((await sit([], ['--format', 'markdown'])).err).not.toContain('--bring');
    expect((await patterns([], { script: [] })).exit).toBe(0);
    await sit([], ['--since', '2026-02-03']);
  });
});

it('takes picks that are names of every object for the own words they are', async () => {
  const picks = '[constructor, "__proto__", toString, "hasOwnProperty: x"]';
  keep(
    Array.from({ length: 4 }, () => ({
      status: 'eased',
      front: `kinds: ${picks}\nfeelings: ${picks}\nurges: ${picks}\necho: ${picks}\nshape: constructor\nsize: 2\nhistory:\n  - 2026-02-01 open 7\n  - 2026-02-08 eased 2`,
    })),
  );
  for (const text of await all())
    for (const pick of ['constructor', '__proto__', 'toString', 'hasOwnProperty: x'])
      expect(text.replaceAll('\\', '')).toContain(pick);
});

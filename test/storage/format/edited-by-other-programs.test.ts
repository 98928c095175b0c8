import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

// Notes that other programs edited: linters, notes apps, sync clients.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

const piped = (...args: string[]): Promise<Ran> => run(args, { place, input: '' });

function write(text: string, name = '2026-03-01-aaaaaa.md'): string {
  const path = join(place.folder, name);
  writeFileSync(path, text);
  return path;
}

describe('headings that a linter changed', () => {
  const note = (change: (heading: string) => string): string =>
    [
      '---',
      'rupture: 1',
      'id: aaaaaa',
      'session: 2026-03-01',
      'status: planned',
      'title: They looked away',
      'sit: mixed',
      'history:',
      '  - 2026-03-01 open',
      '  - 2026-03-05 planned',
      '---',
      '',
      '# They looked away',
      '',
      change('## What happened'),
      '',
      'They looked at the clock.',
      '',
      change('## One sentence'),
      '',
      'Can we go back?',
      '',
      change('## Prepared on 2026-03-05'),
      '',
      change("### How I'll start"),
      '',
      'When you looked away, I felt small.',
      '',
    ].join('\n');
  const titleCase = (heading: string): string => heading.replace(/ [a-z]/g, found => found.toUpperCase());
  const changes: readonly (readonly [string, (heading: string) => string])[] = [
    ['title case', titleCase],
    ['capitals', heading => heading.toUpperCase()],
    ['a closing ##', heading => `${heading} ##`],
    ['a colon', heading => `${heading}:`],
    ['blanks at the end', heading => `${heading}  `],
    ['a curly apostrophe', heading => heading.replace("'", '’')],
    ['all of them', heading => `${titleCase(heading)}: ##  `],
    ['Windows line ends', heading => `${heading}\r`],
  ];
  it.each(changes)('are recognised in %s', async (_name, change) => {
    write(note(change));
    expect((await piped('summary')).out).toContain('When you looked away, I felt small.');
    const shown = JSON.parse((await piped('show', 'aaaaaa', '--format', 'json')).out);
    expect(shown.answers).toMatchObject({
      what: expect.stringContaining('clock'),
      one_line: expect.stringContaining('back'),
    });
    expect(shown.prepared).toEqual([
      { on: '2026-03-05', answers: { opening_line: expect.stringContaining('small') } },
    ]);
    const [names = '', row = ''] = (await piped('export', 'csv')).out.split('\r\n');
    expect(names.split(',')).toContain('one_line');
    expect(row).not.toContain('One sentence');
  });
});

describe('properties that another program wrote', () => {
  const lines = [
    '---',
    'rupture: 1',
    'id: aaaaaa',
    'session: 2026-03-01',
    'created: 2026-03-01T18:00:00-05:00',
    'status: planned',
    'title: They looked away',
    'kinds: [misread, dismissed]',
    'feelings: [small]',
    'size: 7',
    'history:',
    '  - 2026-03-01 planned 7',
    '---',
    '',
    '# They looked away',
    '',
    '## What happened',
    '',
    'They looked at the clock.',
    '',
  ];
  const changes: readonly (readonly [name: string, from: string, to: string])[] = [
    ['a day with a time', 'session: 2026-03-01', 'session: 2026-03-01T00:00:00'],
    ['a day as a link', 'session: 2026-03-01', 'session: "[[2026-03-01]]"'],
    ['a number in quotes', 'size: 7', 'size: "7"'],
    ['a status in capitals', 'status: planned', 'status: Planned'],
    ['a status as a list', 'status: planned', 'status:\n  - planned'],
    ['a key in capitals', 'status: planned', 'Status: Planned # still'],
    ['quotes', 'title: They looked away', "title: 'They looked away'"],
    ['a list one item a line', 'kinds: [misread, dismissed]', 'kinds:\n  - misread\n  - dismissed'],
    ['a list without indent, with an empty item', 'feelings: [small]', 'feelings:\n- small\n-'],
    ['a list as one text', 'kinds: [misread, dismissed]', 'kinds: misread, dismissed'],
    ['comments', 'size: 7', '# how big it is\nsize: 7 # today'],
    ['blank lines', 'size: 7', '\nsize: 7\n'],
    [
      'another order',
      'rupture: 1\nid: aaaaaa\nsession: 2026-03-01',
      'id: aaaaaa\nsession: 2026-03-01\nrupture: 1',
    ],
    ['a time without its offset', 'T18:00:00-05:00', 'T18:00'],
    ['keys of its own', 'size: 7', 'size: 7\ntags:\n  - therapy\ncssclasses: ""\nmodified: 2026-03-02T10:00'],
  ];
  const endings = [
    ['its own line ends', '\n'],
    ['Windows line ends', '\r\n'],
  ] as const;

  it.each(changes.flatMap(change => endings.map(ending => [...change, ...ending] as const)))(
    'are normalized: %s',
    async (_name, from, to, _ending, end) => {
      const text = lines.join('\n').replace(from, to).replaceAll('\n', end);
      expect(text).toContain(to.replaceAll('\n', end));
      const path = write(text);
      const summary = await piped('summary');
      expect(summary.out).toContain('- [ ] They looked away (aaaaaa, 2026-03-01, 11 days, size 7, big)');
      expect(summary.err).toBe('');
      for (const args of [
        ['list', '--kind', 'dismissed'],
        ['list', '--feeling', 'small', '--status', 'planned'],
        ['search', 'clock'],
      ]) {
        expect((await piped(...args)).out).toContain('They looked away');
      }
      expect(JSON.parse((await piped('list', '--format', 'json')).out)).toMatchObject({
        reflections: [
          {
            session: '2026-03-01',
            status: 'planned',
            size: 7,
            kinds: ['misread', 'dismissed'],
            feelings: ['small'],
          },
        ],
      });
      // Reading changes nothing, and a change touches only its own lines.
      expect(readFileSync(path, 'utf8')).toBe(text);
      expect((await piped('mark', 'aaaaaa', 'raised')).exit).toBe(0);
      const [before, after] = [text, readFileSync(path, 'utf8')].map(one => one.split(end));
      const gone = before
        ?.filter(line => !after?.includes(line))
        .map(line => line.toLowerCase().replace(/#.*/, '').trim());
      expect(gone?.join(' ')).toMatch(/^status: (?:- )?planned$/);
      expect(after?.filter(line => !before?.includes(line))).toHaveLength(2);
      expect((await piped('summary')).out).toContain('They looked away');
    },
  );

  const unreadable: readonly (readonly [from: string, to: string])[] = [
    ['size: 7', 'size: 7 of 10'],
    ['status: planned', 'status: to bring up'],
    ['session: 2026-03-01', 'session: 1.3.26'],
    ['size: 7', 'size: 7\n\tx: 1'],
    ['rupture: 1\n', ''],
    ['---\nrupture', '\n---\nrupture'],
    ['rupture: 1', 'rupture: one'],
  ];
  it.each(unreadable)(
    "that can't be interpreted are reported, and no screen says that nothing is open: %j as %j",
    async (from, to) => {
      write(lines.join('\n').replace(from, to));
      for (const args of [
        ['summary'],
        ['list'],
        ['search', 'clock'],
        ['summary', '--format', 'tasks'],
        ['patterns'],
      ]) {
        const ran = await piped(...args);
        expect(ran.err).toContain('2026-03-01-aaaaaa.md');
        expect(ran.out + ran.err).not.toMatch(/nothing is waiting|no moment|nothing is kept/i);
        expect(ran.exit).toBe(1);
      }
    },
  );
});

describe('notes that are not downloaded', () => {
  const note = (id: string, title: string): string =>
    `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\nstatus: planned\ntitle: ${title}\n---\n\n# ${title}\n`;
  const name = '2026-03-01-aaaaaa.md';
  const places = [
    `.${name}.icloud`,
    `.${name}.age.icloud`,
    `2026/.${name}.icloud`,
    `${name}.nextcloud`,
    `${name}.owncloud`,
    `${name}.rsls`,
    `${name}.cloud`,
    '.my own name.md.icloud',
  ];
  it.each(places)('are reported, and no screen says that nothing is open: %s', async path => {
    mkdirSync(join(place.folder, '2026'));
    write('bplist00', path);
    for (const args of [
      ['summary'],
      ['list'],
      ['search', 'clock'],
      ['summary', '--count'],
      ['prep'],
      ['patterns'],
    ]) {
      const ran = await piped(...args);
      expect([args, ran.exit, ran.err.replaceAll('\n', ' ')]).toEqual([
        args,
        1,
        expect.stringContaining(`${path} is not on this machine`),
      ]);
      expect(ran.out + ran.err).not.toMatch(/nothing is waiting|no moment/i);
    }
    expect(await piped('doctor')).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`${path} is not on this machine`),
    });
    const first = await run([], { place, input: '', outIsTerminal: true });
    expect(first.out).not.toMatch(/nothing/i);
  });

  it('are listed beside the downloaded ones and stay unchanged', async () => {
    write(note('bbbbbb', 'They looked away'), '2026-03-01-bbbbbb.md');
    const path = write('bplist00', `.${name}.icloud`);
    const ran = await piped('summary');
    expect([ran.exit, ran.out, ran.err]).toEqual([
      0,
      expect.stringContaining('They looked away'),
      expect.stringContaining(name),
    ]);
    for (const args of [
      ['show', 'aaaaaa'],
      ['mark', 'aaaaaa', 'raised'],
    ]) {
      expect(await piped(...args)).toMatchObject({
        exit: 1,
        err: expect.stringContaining('is not on this machine'),
      });
    }
    await piped('delete', '--all', '--yes');
    expect(readFileSync(path, 'utf8')).toBe('bplist00');
  });

  it.each([
    ['', 'nothing'],
    ['\0'.repeat(5000), 'zeros'],
  ])('are named as empty if they have no text yet (%#: %s)', async text => {
    write(text);
    const ran = await piped('summary');
    expect([ran.exit, ran.err]).toEqual([1, expect.stringMatching(/aaaaaa\.md is empty/)]);
  });

  it('are ignored if only the name looks like it', async () => {
    for (const other of ['.photo.jpg.icloud', '.icloud', 'notes.cloud', '.DS_Store', 'a.md.txt'])
      write('x', other);
    expect(await piped('summary')).toMatchObject({
      exit: 0,
      err: expect.stringContaining("There's nothing on your list"),
    });
  });
});

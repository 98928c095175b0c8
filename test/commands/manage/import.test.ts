import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesWith, runOpen, seal } from '../../support/sealed.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/import', import.meta.url));

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const typed = (args: readonly string[], input = ''): Promise<Ran> => run(args, { place, input });
const from = (path: string, ...more: readonly string[]): Promise<Ran> =>
  typed(['import', join(fixtures, path), ...more]);

/** Writes a file into the home; its modification time is a day in January unless given. */
function put(path: string, text: string | Buffer, day = '2026-01-20'): void {
  const full = join(place.home, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  utimesSync(full, new Date(`${day}T12:00:00`), new Date(`${day}T12:00:00`));
}

interface Exported {
  readonly id: string;
  readonly session: string;
  readonly title: string;
  readonly text: string;
  readonly path: string;
  readonly answers: { readonly what: string };
}

async function moments(): Promise<readonly Exported[]> {
  const { files } = JSON.parse((await typed(['export', 'json'])).out) as {
    readonly files: readonly Exported[];
  };
  return files.toSorted((a, b) => (`${a.session} ${a.title}` < `${b.session} ${b.title}` ? -1 : 1));
}

/** Returns the days and titles of all notes, in order. */
async function listed(): Promise<readonly string[]> {
  return (await moments()).map(({ session, title }) => `${session} ${title}`);
}

/** Joins messages, which are wrapped to the terminal's width, into a line. */
function told(ran: Ran): string {
  return ran.err.replace(/\s+/g, ' ').trim();
}

function filesHere(): readonly string[] {
  return readdirSync(place.folder)
    .filter(name => name.endsWith('.md'))
    .sort();
}

describe('each source is recognised, and its notes are imported with their days', () => {
  const sources: readonly (readonly [path: string, source: string, notes: readonly string[]])[] = [
    [
      'jrnl/journal.txt',
      'jrnl (3 notes)',
      ['2025-03-02 Dr. Weber was late again', '2025-03-02 It was one line', '2025-04-11 The fan'],
    ],
    ['jrnl/journal-12h.txt', 'jrnl (2 notes)', ['2025-03-02 They moved on', '2025-04-11 The fan']],
    ['jrnl/journal-v1.txt', 'jrnl (2 notes)', ['2013-06-09 My first entry', '2013-06-10 Life is good']],
    [
      'jrnl/journal.md',
      'jrnl (3 notes)',
      ['2025-03-02 Dr. Weber was late again', '2025-03-02 One line', '2025-04-11 The fan'],
    ],
    ['jrnl/journal.json', 'jrnl (2 notes)', ['2025-03-02 Dr. Weber was late again', '2025-04-11 The fan']],
    [
      'jrnl/folder',
      'jrnl (3 notes)',
      ['2025-03-02 Dr. Weber was late again', '2025-03-02 Home', '2025-03-11 The fan'],
    ],
    ['jrnl/files', 'jrnl (1 note)', ['2025-03-02 Dr. Weber was late again']],
    [
      'dayone/export',
      'Day One (4 notes)',
      [
        '2024-03-12 After the session',
        '2024-03-13 They looked at the clock',
        "2024-03-15 Only in the editor's form",
      ],
    ],
    [
      'dayone/markdown',
      'Day One (2 notes)',
      ['2024-03-12 After the session', '2024-03-13 They looked at the clock'],
    ],
    [
      'obsidian/vault',
      'Obsidian (4 notes)',
      [
        '2024-03-11 Real words here',
        '2024-03-12 They moved on',
        '2024-03-13 Words',
        '2024-03-14 Felt dismissed by K',
      ],
    ],
    ['logseq/graph', 'Logseq (2 notes)', ['2024-03-12 They looked at the clock', '2024-03-14 With K']],
    ['joplin/Therapy', 'Joplin (2 notes)', ['2023-12-06 The clock', '2023-12-07 Ask about the summer']],
    ['notion/Export', 'Notion (2 notes)', ['2024-03-11 The clock', expect.stringContaining(' Only words')]],
    ['bear/notes', 'Bear (1 note)', ['2024-03-12 On the stairs']],
    ['apple-notes/Notes', 'Markdown (1 note)', ['2024-03-12 Where I stopped']],
    [
      'evernote/yarle',
      'Evernote (1 note), Markdown (1 note)',
      ['2024-03-12 The clock', '2024-03-13 The fan'],
    ],
    [
      'org/files',
      'Org (6 notes)',
      [
        '2024-03-12 Ask about the clock',
        '2024-03-12 They looked at the clock',
        '2024-03-13 Only a few words on this day',
        '2024-03-14 The fan',
        '2024-03-15 The stairs',
        '2024-03-16 Felt small',
      ],
    ],
    [
      'todo.txt',
      'todo.txt (4 notes)',
      [
        '2024-03-12 Ask about the clock',
        '2024-03-15 https://example.org is no pair',
        expect.stringContaining(' Tell them it stung'),
      ],
    ],
    [
      'taskwarrior',
      'Taskwarrior (5 notes)',
      ['2024-03-12 Ask about the clock', '2024-03-15 Tell them it stung'],
    ],
    ['markdown/mixed', 'Markdown (2 notes)', ['2024-03-12 The clock', '2024-03-12 values']],
  ];

  it.each(sources)('%s', async (path, source, notes) => {
    const ran = await from(path);
    expect([ran.exit, told(ran)]).toEqual([0, expect.stringContaining(`was read as ${source}.`)]);
    const found = await listed();
    expect(found).toEqual(notes);
    expect((await typed(['summary', '--count'])).out).toBe(`${notes.length}\n`);
    expect((await typed(['doctor'])).exit).toBe(0);
    const again = await from(path);
    expect(told(again)).toContain(
      `0 notes added. ${notes.length} ${notes.length === 1 ? 'was' : 'were'} here already.`,
    );
    expect(await listed()).toEqual(found);
  });

  it.each(sources)('%s: a trial prints the same notes and writes nothing', async (path, _source, notes) => {
    const dry = await from(path, '--dry-run');
    expect([dry.exit, readdirSync(place.home)]).toEqual([0, []]);
    const rows =
      dry.out
        .split('\n\n')[0]
        ?.split('\n')
        .filter(line => /^\d{4}-/.test(line)) ?? [];
    expect(rows.map(row => row.replace(/^(\S+) {2}(.*?) {2,}.*$/, '$1 $2')).sort()).toEqual(
      notes.map(one => one),
    );
  });

  it.each([36, 60, 100])('a trial fits a terminal of %i columns', async columns => {
    for (const path of ['dayone/export', 'notion/Export', 'org/files']) {
      const ran = await run(['import', join(fixtures, path), '--dry-run'], {
        place,
        input: '',
        outIsTerminal: true,
        columns,
      });
      const plain = ran.out.replace(/\u001b\[[\d;]*m/g, '');
      expect(plain.split('\n').filter(line => line.length > columns)).toEqual([]);
      expect(plain.replace(/\s+/g, ' ')).toContain(
        path === 'org/files' ? 'They looked at the clock' : 'Left out: ',
      );
    }
  });

  it('an export given as one file, or on standard input, is recognised, too', async () => {
    const text = readFileSync(join(fixtures, 'dayone/export/Journal.json'), 'utf8');
    expect(told(await typed(['import', '-'], text))).toContain(
      'standard input was read as Day One (4 notes). ',
    );
    expect(told(await from('dayone/export/Journal.json'))).toContain('0 notes added. 3 were here already.');
    expect(
      told(await typed(['import', '-'], readFileSync(join(fixtures, 'jrnl/journal.txt'), 'utf8'))),
    ).toContain('3 notes added.');
  });
});

describe('--from', () => {
  it('decides the source of a file', async () => {
    put('notes.txt', 'They moved on. I stopped.\n');
    expect([(await typed(['import', 'notes.txt'])).exit, (await moments()).length]).toEqual([1, 0]);
    expect(told(await typed(['import', 'notes.txt', '--from', 'apple-notes']))).toContain(
      'was read as Apple Notes (1 note). ',
    );
    expect(await listed()).toEqual(['2026-01-20 They moved on']);
  });

  it('accepts the usual spellings, and suggests the nearest name for others', async () => {
    put('list', 'Ask them\n');
    expect(told(await typed(['import', 'list', '--from', 'Todo TXT']))).toContain('1 note added.');
    const near = await typed(['import', 'list', '--from', 'obsidain']);
    expect([near.exit, near.err.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringMatching(
        /^There is no source “obsidain”. Did you mean “obsidian”\? The sources: rupture, /,
      ),
    ]);
    expect((await typed(['import', 'list', '--from', 'x'])).err.replace(/\s+/g, ' ')).toMatch(
      /^There is no source “x”. The sources: rupture, jrnl, dayone, obsidian, /,
    );
  });

  it('names files without the form of that source', async () => {
    put('mixed/a.md', 'Words.\n');
    put('mixed/b.txt', '[2025-03-02 09:30] The fan.\n');
    const ran = await typed(['import', 'mixed', '--from', 'jrnl']);
    expect([ran.exit, told(ran)]).toEqual([
      0,
      'mixed was read as jrnl (1 note). a.md was left out: it does not have the form of the source that --from names. 1 note added. 1 was left out.',
    ]);
  });
});

describe('skipped files are named', () => {
  it('with the reason, each file, or the number of them in a folder', async () => {
    put('v/a.md', 'One.\n');
    put('v/B.MD', 'Two.\n');
    put('v/.c.md.icloud', 'x');
    put('v/e.txt', 'Five.\n');
    put('v/all.zip', 'x');
    put('v/x.json', '{"a": 1}');
    put('v/half.json', '{"a": ');
    put('v/s.org.gpg', 'x');
    put('v/old.enex', 'x');
    put('v/binary', Buffer.from([0xff]));
    put('v/fan.png', Buffer.from([0xff]));
    put('v/.DS_Store', 'x');
    for (let at = 0; at < 30; at++) put(`v/photos/${at}.jpeg`, Buffer.from([0xff]));
    const ran = await typed(['import', 'v']);
    const said = told(ran);
    expect(await listed()).toEqual(['2026-01-20 One', '2026-01-20 Two']);
    for (const line of [
      'c.md was left out: it is not downloaded yet.',
      'e.txt was left out: nothing in it says what it is.',
      'all.zip was left out: it is an archive. Unzip it first',
      'x.json was left out: it is JSON of a form that is not known',
      'half.json was left out: it ends in the middle',
      's.org.gpg was left out: it is encrypted.',
      'fan.png was left out: pictures',
      'binary was left out: pictures',
      'old.enex was left out: Evernote',
      '30 .jpeg files in photos was left out',
      '39 were left out.',
    ])
      expect(said).toContain(line);
    expect(said).not.toContain('DS_Store');
  });

  it('even if there is nothing else', async () => {
    put('v/all.zip', 'x');
    expect(told(await typed(['import', 'v']))).toBe(
      'all.zip was left out: it is an archive. Unzip it first, then import the folder. 0 notes added. 1 was left out.',
    );
    expect(await typed(['import', 'v/all.zip'])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('v/all.zip is an archive, so nothing in it can be read.'),
    });
  });
});

describe('importing again', () => {
  const jrnl = (second: string): string =>
    `[2025-03-02 09:30] The clock\nThey looked at it.\n\n[2025-03-03 09:30] The fan\n${second}\n`;
  const file = async (title: string): Promise<string> =>
    (await moments()).find(one => one.title === title)?.path ?? '';

  it('reports changed sources, and --update imports the changes', async () => {
    put('j.txt', jrnl('It was loud.'));
    await typed(['import', 'j.txt']);
    const before = filesHere();
    put('j.txt', jrnl('It was very loud.'));
    const said = await typed(['import', 'j.txt']);
    expect(told(said)).toMatch(
      /j\.txt:4 has changed since it was imported; [a-z0-9]{6} here has not\. --update takes the change\. 0 notes added\. 1 was here already\. 1 was left out\.$/,
    );
    expect((await moments()).map(({ answers }) => answers.what)).toContain('The fan\nIt was loud.');
    const dry = await typed(['import', 'j.txt', '--update', '--dry-run']);
    expect([dry.out, told(dry)]).toEqual([
      expect.stringMatching(/^2025-03-03 {2}The fan {2}j\.txt:4, updates [a-z0-9]{6}\n$/),
      expect.stringContaining(
        '0 notes would be added. Nothing was written. 1 note would be updated. 1 was here already.',
      ),
    ]);
    expect(told(await typed(['import', 'j.txt', '--update']))).toContain(
      '0 notes added. 1 note updated. 1 was here already.',
    );
    expect((await moments()).map(({ answers }) => answers.what)).toEqual([
      'The clock\nThey looked at it.',
      'The fan\nIt was very loud.',
    ]);
    expect(filesHere()).toEqual(before);
    expect(told(await typed(['import', 'j.txt']))).toContain('0 notes added. 2 were here already.');
    expect((await typed(['undo'])).exit).toBe(0);
    expect((await moments()).map(({ answers }) => answers.what)).toContain('The fan\nIt was loud.');
  });

  it('leaves a note that was edited here alone, and says so if the source also changed', async () => {
    put('j.txt', jrnl('It was loud.'));
    await typed(['import', 'j.txt']);
    const path = join(place.folder, await file('The fan'));
    const mine = readFileSync(path, 'utf8').replace('It was loud.', 'It was loud. I hated it.');
    writeFileSync(path, mine);
    expect(told(await typed(['import', 'j.txt', '--update']))).toContain(
      '0 notes added. 2 were here already.',
    );
    put('j.txt', jrnl('It was very loud.'));
    const ran = await typed(['import', 'j.txt', '--update']);
    expect([ran.exit, told(ran)]).toEqual([
      0,
      expect.stringMatching(
        /j\.txt:4 has changed since it was imported, and so has [a-z0-9]{6} here: it stays as it is\. 0 notes added\. 1 was here already\. 1 was left out\.$/,
      ),
    ]);
    expect(readFileSync(path, 'utf8')).toBe(mine);
  });

  it('recognizes a note that was continued, moved or got other line ends', async () => {
    put('j.txt', jrnl('It was loud.'));
    await typed(['import', 'j.txt']);
    const [first, second] = await moments();
    expect((await typed(['mark', first?.id ?? '', 'repaired'])).exit).toBe(0);
    mkdirSync(join(place.folder, 'old'));
    renameSync(join(place.folder, second?.path ?? ''), join(place.folder, 'old', 'fan.md'));
    writeFileSync(join(place.folder, 'old', 'fan.md'), (second?.text ?? '').replaceAll('\n', '\r\n'));
    expect(told(await typed(['import', 'j.txt']))).toContain('0 notes added. 2 were here already.');
    put('j.txt', jrnl('It was very loud.'));
    expect(told(await typed(['import', 'j.txt', '--update']))).toContain(
      '1 note updated. 1 was here already.',
    );
  });

  it('imports new entries, whatever comes before them', async () => {
    put('j.txt', '[2025-03-03 09:30] The fan\nIt was loud.\n');
    await typed(['import', 'j.txt']);
    put(
      'j.txt',
      '[2025-03-03 09:30] The clock\nThey looked at it.\n\n[2025-03-03 09:30] The fan\nIt was loud.\n',
    );
    expect(told(await typed(['import', 'j.txt', '--update']))).toContain('1 note added. 1 was here already.');
    expect(await listed()).toEqual(['2025-03-03 The clock', '2025-03-03 The fan']);
  });

  it('adds nothing identical from the same journal in another form', async () => {
    await from('jrnl/journal.txt');
    const ran = await from('jrnl/journal.md');
    expect(told(ran)).toContain('0 notes added.');
    expect(await moments()).toHaveLength(3);
  });

  it('treats files of the same name in two folders as two notes, and the same text twice as a single note', async () => {
    put('v/1/Session.md', '---\ndate: 2024-03-12\n---\nOne.\n');
    put('v/2/Session.md', '---\ndate: 2024-03-12\n---\nTwo.\n');
    put('v/3/Session.md', '---\ndate: 2024-03-12\n---\nTwo.\n');
    expect(told(await typed(['import', 'v']))).toContain('2 notes added. 1 was here already.');
    expect(told(await typed(['import', 'v/2']))).toContain('0 notes added. 1 was here already.');
    put('v/2/Session.md', '---\ndate: 2024-03-12\n---\nTwo and more.\n');
    expect(told(await typed(['import', 'v/2/Session.md', '--update']))).toContain('1 note updated.');
    expect(await moments()).toHaveLength(2);
  });

  it('recognizes a part of a vault, whatever --from says', async () => {
    put('v/.obsidian/app.json', '{}');
    put('v/sub/Felt small.md', '---\ndate: 2024-03-12\n---\n# Tuesday with K\n\nWords.\n');
    await typed(['import', 'v']);
    expect(told(await typed(['import', 'v/sub']))).toContain('0 notes added. 1 was here already.');
    expect(told(await typed(['import', 'v/sub', '--from', 'joplin']))).toContain(
      '0 notes added. 1 was here already.',
    );
  });

  it('treats the same words at two times as two entries', async () => {
    put('j.txt', '[2025-03-02 09:30] Walk.\n\n[2025-03-03 09:30] Walk.\n\n[2025-03-03 09:30] Walk.\n');
    expect(told(await typed(['import', 'j.txt']))).toContain('2 notes added. 1 was here already.');
    expect(told(await typed(['import', 'j.txt']))).toContain('0 notes added. 3 were here already.');
  });

  it('treats files of the same name in two vaults as two notes', async () => {
    put('work/2024-03-12.md', 'One.\n');
    put('home/2024-03-12.md', 'Two.\n');
    await typed(['import', 'work']);
    expect(told(await typed(['import', 'home', '--update']))).toContain('1 note added.');
    expect(await listed()).toEqual(['2024-03-12 One', '2024-03-12 Two']);
  });

  it('does not bring back a note whose keys were removed by hand', async () => {
    put('j.txt', jrnl('It was loud.'));
    await typed(['import', 'j.txt']);
    for (const name of filesHere()) {
      const path = join(place.folder, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^imported_.*\n/gm, ''));
    }
    expect(told(await typed(['import', 'j.txt']))).toContain('0 notes added. 2 were here already.');
  });

  it('is one undo', async () => {
    await from('org/files');
    expect((await typed(['undo'])).exit).toBe(0);
    expect(filesHere()).toEqual([]);
    expect(told(await from('org/files'))).toContain('6 notes added.');
  });

  it('works in an encrypted folder', async () => {
    put('j.txt', jrnl('It was loud.'));
    await typed(['import', 'j.txt']);
    await seal(place);
    const open = async (...args: readonly string[]): Promise<string> =>
      told(await runOpen(['import', 'j.txt', ...args], { place }));
    expect(await open()).toContain('0 notes added. 2 were here already.');
    put('j.txt', `${jrnl('It was very loud.')}\n[2025-03-04 09:30] Home\nI stopped.\n`);
    expect(await open('--update')).toContain('1 note added. 1 note updated. 1 was here already.');
    expect(await open()).toContain('0 notes added. 3 were here already.');
    expect(filesWith(place.folder, 'loud', 'stopped')).toEqual([]);
  });
});

describe('days', () => {
  it('that are unknown come from the file’s time, and each is reported', async () => {
    put('v/a.md', 'One.\n');
    put('v/b.md', '---\nupdated: 2024-03-12\n---\nTwo.\n');
    put('v/c.md', '---\ndate: 2031-01-01\n---\nThree.\n', '2026-02-01');
    expect(told(await typed(['import', 'v']))).toContain(
      [
        "a.md: no day was found in it, so the file's own is used: Tue 20 January.",
        'b.md: the only day in it is that of its last change, which is used: Tue 12 March 2024.',
        "c.md: no day was found in it, so the file's own is used: Sun 1 February.",
      ].join(' '),
    );
    expect(await listed()).toEqual(['2024-03-12 Two', '2026-01-20 One', '2026-02-01 Three']);
    expect((await typed(['import', 'v', '--dry-run'])).out).toBe('');
  });

  it('are read in the order that the set of names reveals', async () => {
    put('eu/03-04-2024.md', 'One.\n');
    put('eu/13-04-2024.md', 'Two.\n');
    put('us/03-04-2024.md', 'Three.\n');
    put('us/04-13-2024.md', 'Four.\n');
    put('either/03-04-2024.md', 'Five.\n');
    for (const folder of ['eu', 'us', 'either']) await typed(['import', folder]);
    expect(await listed()).toEqual([
      '2024-03-04 Three',
      '2024-04-03 One',
      '2024-04-13 Four',
      '2024-04-13 Two',
      '2026-01-20 Five',
    ]);
  });
});

describe('front matter', () => {
  it('is copied unchanged, except for keys of ours', async () => {
    await from('markdown/mixed/values.md');
    const [note] = await moments();
    expect(note?.text).toContain(
      [
        'Date: 12.03.2024',
        'imported_status: draft',
        'imported_ID: 007',
        'version: 1.10',
        'long: 20240312193059123456',
        'empty:',
        '# a comment',
        'list:',
        '  - 01',
        '  - "x"',
        'nested: {a: 1.10}',
        'text: |',
        '  two',
        '  lines',
        '---',
        '',
      ].join('\n'),
    );
    expect(note?.answers.what).toBe('Words with\ttabs and trailing blanks.  ');
  });

  it.each([
    ['in braces', '---\n{date: 2024-03-12, phone: 007}\n---\nWords.\n', 'phone: 007'],
    ['that is broken', '---\ndate: 2024-03-12\nbroken: "\n---\nWords.\n', 'broken: "'],
    ['of TOML with tables', '+++\ndate = 2024-03-12\n[extra]\nphone = 007\n+++\nWords.\n', 'phone = 007'],
    ['with a key twice', '---\ndate: 2024-03-12\na: 1\na: 2\n---\nWords.\n', 'a: 2'],
  ])('%s stays in the text', async (_what, text, kept) => {
    put('v/x.md', text);
    expect((await typed(['import', 'v'])).exit).toBe(0);
    const [note] = await moments();
    expect([note?.answers.what.includes(kept), note?.answers.what.endsWith('Words.')]).toEqual([true, true]);
  });

  it.each([
    ['indented', '---\n  date: 2024-03-12\n  phone: 007\n---\nWords.\n', 'phone: 007\n'],
    [
      'with line ends of Windows',
      '---\r\ndate: 2024-03-12\r\nphone: 007\r\n---\r\nWords.\r\n',
      'phone: 007\n',
    ],
    [
      'with quoted keys',
      '---\n"date": 2024-03-12\n"my: key": 007\n\'with\': Bea\n---\nWords.\n',
      '"my: key": 007\nimported_with: Bea\n',
    ],
    [
      'with a comment above',
      '---\n# mine\ndate: 2024-03-12\nphone: 007\n---\nWords.\n',
      '# mine\ndate: 2024-03-12\nphone: 007\n',
    ],
    [
      'with a list at the edge',
      '---\ndate: 2024-03-12\ntags:\n- a\n- 01\nphone: 007\n---\nWords.\n',
      'tags:\n- a\n- 01\nphone: 007\n',
    ],
  ])('%s is copied', async (_what, text, kept) => {
    put('v/x.md', text);
    await typed(['import', 'v']);
    const [note] = await moments();
    expect([note?.session, note?.text.includes(kept), note?.answers.what]).toEqual([
      '2024-03-12',
      true,
      'Words.',
    ]);
    expect((await typed(['doctor'])).exit).toBe(0);
  });
});

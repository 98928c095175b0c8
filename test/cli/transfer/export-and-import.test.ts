import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathFault } from '../../../src/core/notes/export-file.ts';
import { formatNote } from '../../../src/storage/format/note-text.ts';
import { dayOf, hostile } from '../../storage/support.ts';
import { clockAt, openPlace, run } from '../../support/world.ts';
import type { Place, Ran, Setting } from '../../support/world.ts';

let place: Place;
let other: Place;
beforeEach(() => {
  place = openPlace();
  other = openPlace();
});
afterEach(() => {
  place.remove();
  other.remove();
});

const here = (args: readonly string[], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(args, { place, input: '', ...setting });
const there = (args: readonly string[], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(args, { place: other, input: '', ...setting });

function put(path: string, text: string | Buffer, at: Place = place): void {
  mkdirSync(dirname(join(at.folder, path)), { recursive: true });
  writeFileSync(join(at.folder, path), text);
}

/** Returns every file below a folder, except hidden files, with its bytes. */
function treeOf(folder: string, under = ''): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, treeOf(folder, path));
    else found[path] = readFileSync(join(folder, path)).toString('latin1');
  }
  return found;
}

const note = (id: string, over: string = '', body = '\n# A title\n\n## What happened\n\nWords.\n'): string =>
  `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\nstatus: open\n${over}---\n${body}`;
const exportOf = (files: readonly unknown[]): string => JSON.stringify({ version: 1, files });

async function roundTrip(): Promise<void> {
  const exported = await here(['export', 'json', '--include-set-aside']);
  expect(exported.exit).toBe(0);
  const taken = await there(['import', '-'], { input: exported.out });
  expect(taken).toMatchObject({ exit: 0, out: '' });
  expect(treeOf(other.folder)).toEqual(treeOf(place.folder));
  const before = treeOf(other.folder);
  const again = await there(['import', '-'], { input: exported.out });
  expect([again.exit, again.err.split('\n')[0]]).toEqual([0, '0 notes added.']);
  expect(treeOf(other.folder)).toEqual(before);
}

describe('export json and import', () => {
  it('restore the same folder byte for byte; a second import adds nothing', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa'));
    put('2026-03-01-ab2aaa.md', note('ab2aaa').replaceAll('\n', '\r\n'));
    put(
      'sub/deep/Mine, renamed é.md',
      `\ufeff${note('ac2aaa', 'mine: {a: [1, ~]}\npath: x\ntext: y\nanswers: z\n__proto__: 1\n')}`,
    );
    put('2026-03-01-ad2aaa.md', note('ad2aaa', '').replace('status: open', 'status: set-aside'));
    put('2026-03-01-ae2aaa.md', note('ae2aaa').replace('status: open\n', 'sit: fine\n'));
    put('2026-03-01-aa2aaa (conflicted copy).md', note('aa2aaa', '', '\nOther words.'));
    put('2026-03-01-af2aaa.md', '---\nrupture: 1\nid: af2aaa\nbroken: "\n---\n\nSaid.\n');
    put('2026-03-01-ag2aaa.md', '---\nrupture: 1\nid: ag2aaa\nsession: 2026-03-01\nnever closed');
    await roundTrip();
    expect(Object.keys(treeOf(other.folder))).toHaveLength(8);
    expect(statSync(join(other.folder, 'sub/deep/Mine, renamed é.md')).mode & 0o777).toBe(0o600);
    expect(statSync(join(other.folder, 'sub')).mode & 0o777).toBe(0o700);
  });

  it('restore any text', async () => {
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 }), async notes => {
        place.remove();
        other.remove();
        place = openPlace();
        other = openPlace();
        notes.forEach(([title, words, mine], at) => {
          const id = `m${at}aaaa`;
          put(
            `2026-03-01-${id}.md`,
            formatNote({
              id,
              session: dayOf('2026-03-01'),
              title,
              front: { status: 'open', kinds: [`other: ${mine}`], own_key: mine },
              sections: [{ level: 2, heading: 'What happened', text: words }],
            }),
          );
        });
        await roundTrip();
        expect(Object.keys(treeOf(other.folder))).toHaveLength(notes.length);
      }),
      { numRuns: 25 },
    );
  });

  it('has the keys and the answers beside each text', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa', 'kinds: [misread]\n'));
    const { files, version } = JSON.parse((await here(['export', 'json'])).out);
    expect(version).toBe(1);
    expect(files).toEqual([
      {
        path: '2026-03-01-aa2aaa.md',
        text: note('aa2aaa', 'kinds: [misread]\n'),
        id: 'aa2aaa',
        session: '2026-03-01',
        status: 'open',
        kinds: ['misread'],
        answers: { what: 'Words.' },
      },
    ]);
  });
});

describe('export', () => {
  it.each(['json', 'csv', 'markdown', 'html'])(
    'as %s leaves out what is kept apart, and says so',
    async format => {
      put('2026-03-01-aa2aaa.md', note('aa2aaa'));
      put(
        '2026-03-01-ad2aaa.md',
        note('ad2aaa', '', '\n# SECRET\n').replace('status: open', 'status: set-aside'),
      );
      const ran = await here(['export', format]);
      expect(ran).toMatchObject({
        exit: 0,
        err: '1 that is kept apart was left out. --include-set-aside takes it along.\n',
      });
      expect(ran.out).toContain('aa2aaa');
      expect(ran.out).not.toMatch(/SECRET|ad2aaa/);
      const all = await here(['export', format, '--include-set-aside']);
      expect([all.err, all.out.includes('ad2aaa')]).toEqual(['', true]);
    },
  );

  it.each([
    'status: set-aside',
    'Status: Set-Aside',
    '"status": "set-aside"',
    'status:\tset_aside',
    'status: [set-aside]',
    'status:\n  - set aside',
  ])('leaves out a note with broken front matter that says %j', async status => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa'));
    const broken = note('ad2aaa', 'mine: [broken\n', '\n# SECRET\n').replace('status: open', status);
    put('2026-03-01-ad2aaa.md', broken);
    const ran = await here(['export', 'json']);
    expect(ran.out).toContain('Words.');
    expect(ran.out).not.toContain('SECRET');
    expect((await here(['export', 'json', '--include-set-aside'])).out).toContain('SECRET');
  });

  it('filters like list', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa', 'kinds: [joke]\nfeelings: [small]\nwith: Ann\n'));
    put('2026-03-01-ab2aaa.md', note('ab2aaa').replace('status: open', 'status: repaired'));
    put('2026-02-01-ac2aaa.md', note('ac2aaa').replace('2026-03-01', '2026-02-01'));
    const ids = async (...args: readonly string[]): Promise<readonly string[]> =>
      JSON.parse((await here(['export', 'json', ...args])).out).files.map(({ id }: { id: string }) => id);
    expect([
      await ids('--kind', 'joke'),
      await ids('--feeling', 'small'),
      await ids('--with', 'ann'),
      await ids('--status', 'repaired'),
      await ids('--until', '2026-02-15'),
      await ids('--since', '2026-02-15', '--limit', '1'),
    ]).toEqual([['aa2aaa'], ['aa2aaa'], ['aa2aaa'], ['ab2aaa'], ['ac2aaa'], ['ab2aaa']]);
  });

  it('writes a new file readable only by this account, and never overwrites', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa'));
    const to = join(place.home, 'out.json');
    expect(await here(['export', 'json', '--to', 'out.json'])).toMatchObject({
      exit: 0,
      out: '',
      err: '1 note written to out.json. Whoever has that file can read it.\n',
    });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(readFileSync(to, 'utf8')).toBe((await here(['export', 'json'])).out);
    const again = await here(['export', 'csv', '--to', 'out.json']);
    expect([again.exit, again.err.includes('already')]).toEqual([1, true]);
    expect(readFileSync(to, 'utf8')).toContain('"version": 1');
    expect(readdirSync(place.home).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  it('names unreadable notes, exports the rest, and exits with 1', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa'));
    put('2026-03-01-ab2aaa.md', Buffer.concat([Buffer.from(note('ab2aaa')), Buffer.from([0xff, 0xfe])]));
    for (const format of ['json', 'csv', 'markdown', 'html']) {
      const ran = await here(['export', format]);
      expect([
        ran.exit,
        ran.out.includes('aa2aaa'),
        /2026-03-01-ab2aaa\.md is not UTF-8/.test(ran.err),
      ]).toEqual([1, true, true]);
    }
  });

  it('refuses an unknown format', async () => {
    expect((await here(['export', 'pdf'])).exit).toBe(2);
    expect((await here(['export'])).exit).toBe(2);
  });

  it('of no notes is a complete empty document', async () => {
    expect(JSON.parse((await here(['export', 'json'])).out)).toEqual({ version: 1, files: [] });
    expect((await here(['export', 'csv'])).out.split('\r\n')).toHaveLength(2);
    expect((await here(['export', 'html'])).out).toContain('</html>');
    expect(await here(['export', 'markdown'])).toMatchObject({
      exit: 0,
      out: '# My moments\n\n0 notes\n',
      err: 'There is no moment yet. rupture reflect makes one.\n',
    });
  });

  it('shows progress only on a terminal, and removes the line afterwards', async () => {
    for (let at = 0; at < 30; at++)
      put(`2026-03-01-a${String(at).padStart(2, 'b')}aaa.md`, note(`a${String(at).padStart(2, 'b')}aaa`));
    let ms = 0;
    const now = (): ReturnType<ReturnType<typeof clockAt>> => ({ ...clockAt()(), ms: (ms += 50) });
    const shown = await here(['export', 'json'], { script: [], input: undefined, now });
    expect(shown.err).toMatch(/\r\u001b\[2K/);
    expect(shown.err.endsWith('\r\u001b[2K')).toBe(true);
    expect(shown.err).toContain(' of 30 …');
    expect((await here(['export', 'json'], { now })).err).toBe('');
    expect((await here(['--plain', 'export', 'json'], { script: [], input: undefined, now })).err).toBe('');
  });
});

describe('import of an export', () => {
  const evil: readonly (readonly [string, string])[] = [
    ['../x.md', 'outside'],
    ['a/../../x.md', 'outside'],
    ['/etc/x.md', 'outside'],
    ['a//x.md', 'outside'],
    ['./x.md', 'outside'],
    ['', 'outside'],
    ['a\\..\\x.md', 'outside'],
    ['C:/x.md', 'outside'],
    ['c:x.md', 'outside'],
    ['.rupture/x.md', 'own'],
    ['.x.md', 'own'],
    ['a/.git/x.md', 'own'],
    ['templates/x.md', 'own'],
    ['help.md', 'own'],
    ['x\0.md', 'odd'],
    ['x\n.md', 'odd'],
    ['con.md', 'odd'],
    ['a/NUL.md', 'odd'],
    ['COM1.x.md', 'odd'],
    ['a /x.md', 'odd'],
    ['a./x.md', 'odd'],
    ['x.txt', 'not-markdown'],
    ['x', 'not-markdown'],
  ];

  it.each(evil)('refuses the path %j', async (path, why) => {
    expect(pathFault(path)).toBe(why);
    const before = treeOf(other.home);
    const ran = await there(['import', '-'], { input: exportOf([{ path, text: note('aa2aaa') }]) });
    expect([ran.exit, /was left out/.test(ran.err), /1 could not be imported\./.test(ran.err)]).toEqual([
      1,
      true,
      true,
    ]);
    expect(
      Object.keys(treeOf(other.home)).filter(one => one.endsWith('.md') || one.endsWith('.txt')),
    ).toEqual(Object.keys(before));
  });

  it('does not follow a link out of the folder', async () => {
    mkdirSync(other.folder);
    mkdirSync(join(other.home, 'outside'));
    symlinkSync(join(other.home, 'outside'), join(other.folder, 'link'));
    const ran = await there(['import', '-'], {
      input: exportOf([{ path: 'link/x.md', text: note('aa2aaa') }]),
    });
    expect([ran.exit, readdirSync(join(other.home, 'outside'))]).toEqual([1, []]);
  });

  it('never overwrites: names and keeps another text of that name, and an existing id', async () => {
    put('2026-03-01-aa2aaa.md', note('aa2aaa', 'mine: yes\n'));
    put('moved.md', note('ab2aaa'));
    const before = treeOf(place.folder);
    const files = [
      { path: '2026-03-01-aa2aaa.md', text: note('ac2aaa') },
      { path: 'x.md', text: note('ab2aaa', 'other: yes\n') },
      { path: 'y.md', text: note('ab2aaa') },
      { path: 'new.md', text: note('ad2aaa') },
    ];
    const ran = await here(['import', '-'], { input: exportOf(files) });
    expect(ran).toMatchObject({
      exit: 0,
      err: [
        '2026-03-01-aa2aaa.md was left out: there is another text of that name here.',
        'x.md was left out: its id, ab2aaa, is here already, in moved.md.',
        '1 note added.',
        '1 was here already.',
        '2 were left out.',
        '',
      ].join('\n'),
    });
    expect(treeOf(place.folder)).toEqual({ ...before, 'new.md': note('ad2aaa') });
  });

  it('names an id in two files, and keeps both', async () => {
    const ran = await there(['import', '-'], {
      input: exportOf([
        { path: 'a.md', text: note('aa2aaa') },
        { path: 'b.md', text: note('aa2aaa', 'x: 1\n') },
        { path: 'b.md', text: note('ab2aaa') },
      ]),
    });
    expect(ran.err).toBe(
      'b.md has the same id as a.md; only one of them will be counted.\nb.md was left out: there is another text of that name here.\n2 notes added.\n1 was left out.\n',
    );
  });

  it('prints the same with --dry-run, and writes nothing', async () => {
    const files = [
      { path: 'a.md', text: note('aa2aaa') },
      { path: 'b.md', text: note('aa2aaa', 'x: 1\n') },
      { path: 'b.md', text: note('ab2aaa') },
      { path: '../x.md', text: '' },
      { path: 1 },
    ];
    const dry = await there(['import', '-', '--dry-run'], { input: exportOf(files) });
    expect(readdirSync(other.home)).toEqual([]);
    const ran = await there(['import', '-'], { input: exportOf(files) });
    expect(dry.exit).toBe(1);
    const counts = dry.err.replace('2 notes would be added. Nothing was written.', '2 notes added.');
    const told = (text: string): readonly string[] =>
      text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line.includes('.md '))
        .sort();
    expect([ran.err.endsWith(counts), told(dry.out)]).toEqual([true, told(ran.err)]);
    expect(dry.out).toContain('2026-03-01  A title  a.md\n');
    expect(ran.err).toContain('Entry 5 of standard input was left out');
  });

  it('can be undone', async () => {
    await there(['import', '-'], {
      input: exportOf([
        { path: 'a.md', text: note('aa2aaa') },
        { path: 'b.md', text: note('ab2aaa') },
      ]),
    });
    expect((await there(['undo'])).exit).toBe(0);
    expect(treeOf(other.folder)).toEqual({});
  });

  it.each([
    ['other JSON', '{"notes": []}', 'x.json has no form that is known here, so nothing was imported. '],
    ['a list', '[1]', 'x.json has no form that is known here'],
    [
      'a newer version',
      '{"version": 2, "files": []}',
      'x.json was exported by a newer version of rupture, so nothing was imported. ',
    ],
    [
      'a cut export',
      '{"version": 1,\n "files": [',
      'x.json ends in the middle of line 2: it was cut off, so nothing was imported. Export it again',
    ],
    [
      'an export cut in a text',
      '{"version": 1,\n "files": [{"path": "a.md", "text": "Wor',
      'x.json ends in the middle of line 2: it was cut off',
    ],
    [
      'broken JSON',
      '{"version": 1,\n "files": [}]}',
      'Line 2 of x.json is not the JSON of an export, so nothing was imported. ',
    ],
    ['CSV', 'a,b\r\n1,2\r\n', 'x.json has no form that is known here'],
    ['nothing', '', 'x.json has no form that is known here'],
    ['__proto__', '{"__proto__": {"version": 1, "files": []}}', 'x.json has no form that is known here'],
  ])('says in one sentence what is wrong with %s', async (_name, input, says) => {
    writeFileSync(join(other.home, 'x.json'), input);
    const ran = await there(['import', 'x.json']);
    expect([ran.exit, ran.err.replaceAll('\n', ' ')]).toEqual([1, expect.stringContaining(says)]);
    expect(readdirSync(other.home)).toEqual(['x.json']);
  });

  it('reports binary data as not text, and a missing file as missing', async () => {
    writeFileSync(join(other.home, 'x.bin'), Buffer.from([0, 255, 254]));
    expect(await there(['import', 'x.bin'])).toMatchObject({ exit: 1 });
    expect((await there(['import', 'x.bin'])).err).toMatch(/not UTF-8 text/);
    expect((await there(['import', 'nowhere'])).err).toMatch(/There is no file/);
    expect((await there(['import'])).exit).toBe(2);
  });
});

describe('import of Markdown', () => {
  const undoLog = (path: string, text: string | Buffer, modified = '2026-01-20'): void => {
    const full = join(other.home, 'journal', path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    utimesSync(full, new Date(`${modified}T12:00:00`), new Date(`${modified}T12:00:00`));
  };
  const moments = async (): Promise<readonly Record<string, unknown>[]> =>
    JSON.parse((await there(['export', 'json'])).out).files.toSorted(
      (a: { session: string }, b: { session: string }) => (a.session < b.session ? -1 : 1),
    );

  it('turns each file into an open moment with day, title, keys and the whole text', async () => {
    undoLog(
      'a.md',
      '---\ndate: 2026-01-02\ntags: [x, y]\nstatus: draft\nrating: 3\nnested: {a: 1}\n---\n\n# On the bus\n\n## Later\n\nWords.\n',
    );
    undoLog('deep/2026-01-05-friday.md', 'They looked at the clock. Then more.\n\n---\n\n# x\n');
    undoLog('c.md', '\ufeffWords\r\nmore\r\n');
    undoLog('d.md', '---\ntitle: "Mine: own"\nsession: 2026-01-25T10:00:00Z\n---\nWords');
    undoLog('e.md', '---\nbroken: "\n---\nWords');
    undoLog('ahead 2031-01-01.md', '---\ndate: 2030-01-01\n---\nAhead', '2026-01-22');
    const ran = await there(['import', 'journal']);
    expect(ran).toMatchObject({ exit: 0, out: '' });
    expect(ran.err.replaceAll('\n', ' ')).toBe(
      [
        'journal was read as Markdown (6 notes).',
        "ahead 2031-01-01.md: no day was found in it, so the file's own is used: Thu 22 January.",
        "c.md: no day was found in it, so the file's own is used: Tue 20 January.",
        "e.md: no day was found in it, so the file's own is used: Tue 20 January.",
        '6 notes added.',
        '',
      ].join(' '),
    );
    const found = await moments();
    expect(found.map(({ session, title, status }) => [session, title, status])).toEqual([
      ['2026-01-02', 'On the bus', 'open'],
      ['2026-01-05', 'They looked at the clock', 'open'],
      expect.anything(),
      expect.anything(),
      ['2026-01-22', 'ahead', 'open'],
      ['2026-01-25', 'Mine: own', 'open'],
    ]);
    expect(found.map(({ title }) => title)).toContain('Words');
    expect(found[0]).toMatchObject({
      tags: ['x', 'y'],
      imported_status: 'draft',
      rating: 3,
      nested: { a: 1 },
      answers: { what: '# On the bus\n\n## Later\n\nWords.' },
    });
    expect(found.map(({ answers }) => answers)).toContainEqual({ what: '---\nbroken: "\n---\nWords' });
    expect(found.map(({ answers }) => answers)).toContainEqual({ what: 'Words\nmore' });
    expect((await there(['summary', '--count'])).out).toBe('6\n');
  });

  it('adds nothing the second time, even if a moment has been continued', async () => {
    undoLog('a.md', '# One\n\nWords');
    undoLog('b.md', '# Two\n\nWords');
    await there(['import', 'journal']);
    expect((await there(['import', 'journal'])).err).toContain('0 notes added.');
    const [first] = await moments();
    expect((await there(['mark', String(first?.['id']), 'repaired'])).exit).toBe(0);
    const before = treeOf(other.folder);
    const again = await there(['import', 'journal']);
    expect([
      again.exit,
      again.err.includes('2 were here already.'),
      again.err.includes('0 notes added.'),
    ]).toEqual([0, true, true]);
    expect(treeOf(other.folder)).toEqual(before);
  });

  it('keeps our own files unchanged at their paths; the same file in two folders is a single moment', async () => {
    undoLog('sub/mine.md', note('aa2aaa', 'x: 1\n'));
    undoLog('1/note.md', 'Words');
    undoLog('2/note.md', 'Words');
    const ran = await there(['import', 'journal']);
    expect(ran.err).toContain('2 notes added.');
    expect(readFileSync(join(other.folder, 'sub/mine.md'), 'utf8')).toBe(note('aa2aaa', 'x: 1\n'));
    expect((await there(['import', 'journal/sub/mine.md'])).err).toMatch(
      /0 notes added.\n1 was here already/,
    );
  });

  it('imports a single file; names empty files, links and binary files; follows no link and reads no hidden folder', async () => {
    undoLog('only.md', 'Words');
    expect((await there(['import', 'journal/only.md'])).err).toMatch(/^1 note added\./m);
    undoLog('empty.md', '---\ndate: 2026-01-01\n---\n\n');
    undoLog('bad.md', Buffer.from([0xff]));
    undoLog('.obsidian/x.md', 'Words of a plugin');
    undoLog('broken.md', '---\nrupture: 1\nid: aa2aaa\nsession: never\n---\n');
    symlinkSync('/etc/hostname', join(other.home, 'journal', 'link.md'));
    const ran = await there(['import', 'journal']);
    expect(ran.exit).toBe(1);
    for (const line of [
      'link.md was left out. link.md is a link',
      'bad.md was left out. bad.md is not UTF-8',
      'broken.md was left out. Line 4 of broken.md',
      'empty.md was left out: nothing is in it.',
      '0 notes added.',
      '3 could not be imported.',
    ])
      expect(ran.err.replace(/\s+/g, ' ')).toContain(line);
    expect(Object.values(treeOf(other.folder)).join('')).not.toContain('plugin');
  });

  it('reports if there are no Markdown files', async () => {
    mkdirSync(join(other.home, 'journal'));
    expect(await there(['import', 'journal'])).toMatchObject({ exit: 1 });
  });

  it('keeps any text complete', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 60 })),
        async text => {
          other.remove();
          other = openPlace();
          const body = `a\n${text}\nb`;
          undoLog('x.md', body);
          expect((await there(['import', 'journal'])).exit).toBe(0);
          const [found] = await moments();
          // UTF-8 has no lone surrogates, and a text's line ends are \n.
          expect(found?.['answers']).toEqual({
            what: Buffer.from(body).toString('utf8').replaceAll('\r\n', '\n'),
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reports the error of the disk, and how many notes were imported', async () => {
    if (process.getuid?.() === 0) return;
    undoLog('a.md', 'Words');
    mkdirSync(other.folder, { mode: 0o500 });
    const ran = await there(['import', 'journal']);
    expect(ran.exit).toBe(1);
    chmodSync(other.folder, 0o700);
  });
});

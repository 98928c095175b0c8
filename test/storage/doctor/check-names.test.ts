import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathFault } from '../../../src/core/notes/export-file.ts';
import { isOddName, placeKey } from '../../../src/core/text/portable-file-name.ts';
import { checkNames } from '../../../src/storage/doctor/check-names.ts';
import { writeNamed } from '../../../src/storage/outside/named-files.ts';
import { openPlace, run, seededChance } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

const odd = [
  'con',
  'CON.md',
  'prn.md',
  'Aux.md',
  'nul.md',
  'NUL',
  'com1.md',
  'COM9.md',
  'com¹.md',
  'lpt1.md',
  'LPT³.x.md',
  'con .md',
  'conin$.md',
  'CONOUT$',
  'a:b.md',
  'a?.md',
  'a*.md',
  '"a".md',
  '<a>.md',
  'a|b.md',
  'a\\b.md',
  'a.',
  'a ',
  'a.md ',
  'a\u0000.md',
  'a\n.md',
  `${'a'.repeat(248)}.md`,
  `${'漢'.repeat(84)}.md`,
];
const fine = [
  'a.md',
  'console.md',
  'nullable.md',
  'com.md',
  'com10.md',
  'auxiliary',
  'my con.md',
  '.hidden',
  'a b (1).md',
  "it's.md",
  'naïve.md',
  'שלום.md',
  '🙂.md',
  `${'a'.repeat(247)}.md`,
];

const nfc = 'Se\u0301ance.md'.normalize('NFC');
const nfd = nfc.normalize('NFD');
const note = (id: string, more = ''): string =>
  `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\nstatus: open\ntitle: Of ${id}\n${more}---\n`;

/** Whether this system allows names that others forbid, and distinguishes capitals. */
const takesAll = process.platform === 'linux';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const importing = (
  files: readonly { readonly path: string; readonly text: string }[],
  ...more: string[]
): Promise<Ran> => run(['import', '-', ...more], { place, input: JSON.stringify({ version: 1, files }) });
/** Joins wrapped output into a line, with accents in the composed form. */
const told = (text: string): string => text.trimEnd().replaceAll('\n', ' ').normalize('NFC');
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(place.folder, path)), { recursive: true });
  writeFileSync(join(place.folder, path), text);
};
const notes = (): readonly string[] =>
  readdirSync(place.folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md') && !name.startsWith('.'))
    .sort();

describe('a name that some system refuses', () => {
  it('is distinguished from a name that every system accepts', () => {
    expect(odd.filter(name => !isOddName(name))).toEqual([]);
    expect(fine.filter(isOddName)).toEqual([]);
  });

  it.each(['aux.md', 'talks/COM1.md', 'talk: mine.md', 'notes/what?.md', 'sub./x.md'])(
    'is refused by an import (%s), with a sentence',
    async path => {
      expect(pathFault(path)).toBe('odd');
      const ran = await importing([{ path, text: note('aa2aaa') }]);
      expect([ran.exit, told(ran.err)]).toEqual([
        1,
        `${path} was left out: some systems take no file of that name, Windows above all. Under another name it can come in. 0 notes added. 1 could not be imported.`,
      ]);
    },
  );

  it.skipIf(!takesAll)("of somebody else's note is replaced by a name of ours", async () => {
    mkdirSync(join(place.home, 'journal'));
    for (const name of ['aux.md', 'what: now?.md', 'a\\b.md']) {
      writeFileSync(join(place.home, 'journal', name), `Words of ${name}.\n`);
      utimesSync(
        join(place.home, 'journal', name),
        new Date('2026-01-20T12:00:00'),
        new Date('2026-01-20T12:00:00'),
      );
    }
    expect(await run(['import', 'journal'], { place, input: '' })).toMatchObject({ exit: 0 });
    expect(notes()).toEqual([
      expect.stringMatching(/^2026-01-20-[a-z0-9]{6}\.md$/),
      expect.stringMatching(/^2026-01-20-/),
      expect.stringMatching(/^2026-01-20-/),
    ]);
  });

  it.each(['con', 'nul', 'com1', 'lpt9', 'aux'])('is refused for a sequence of questions: %s', async name => {
    const ran = await run(['templates', 'new', name], { place, input: '' });
    expect([ran.exit, ran.err.startsWith(`“${name}” is a name that Windows keeps for itself`)]).toEqual([
      2,
      true,
    ]);
    expect((await run(['templates', 'new', `${name}x`], { place, input: '' })).exit).toBe(0);
  });

  it.skipIf(!takesAll)(
    "is refused for a file of the person's own on Windows, where its text would be nowhere; elsewhere it is theirs to choose",
    () => {
      const needs = { pid: 1, random: seededChance() };
      for (const name of ['con.html', 'a:b.html', 'nul']) {
        expect(() => writeNamed({ ...needs, windows: true }, join(place.home, name), 'x')).toThrow(
          'storage.name-odd',
        );
        expect(writeNamed({ ...needs, windows: false }, join(place.home, name), 'x')).toBe(true);
      }
      expect(writeNamed({ ...needs, windows: true }, join(place.home, 'card.md'), 'x')).toBe(true);
    },
  );

  it.skipIf(!takesAll)('is reported by doctor, which finds nothing else', async () => {
    put('what: now.md', note('aa2aaa'));
    put('aux.md', 'Of somebody else.');
    put('templates/con.yaml', 'title: x\nsteps: []\n');
    const ran = await run(['doctor', '--format', 'plain'], { place, input: '' });
    expect(ran.out).toContain("what: now.md has a name that some systems don't take");
    expect(ran.out).toContain('templates/con.yaml has a name');
    expect(checkNames(['a.md', 'sub/b.md'])).toEqual([]);
  });
});

describe('two names that differ in capitals or the form of an accent', () => {
  const pairs: readonly (readonly [string, string])[] = [
    ['A.md', 'a.md'],
    [nfc, nfd],
    ['Sub/x.md', 'sub/X.md'],
    ['STRASSE.md', 'straße.md'],
    ['ΟΔΟΣ.md', 'οδος.md'],
  ];

  it('have the same key, and different names have different keys', () => {
    for (const [one, other] of pairs) expect(placeKey(one)).toBe(placeKey(other));
    expect(new Set(['a.md', 'á.md', 'b.md', 'a/b.md'].map(placeKey)).size).toBe(4);
  });

  it.each(pairs)('never overwrite each other in an import: %j and %j', async (one, other) => {
    const files = [
      { path: one, text: note('aa2aaa') },
      { path: other, text: note('ab2aaa') },
    ];
    const dry = await importing(files, '--dry-run');
    const ran = await importing(files);
    expect([ran.exit, told(ran.err)]).toEqual([
      0,
      told(`${other} was left out: there is another text of that name here. 1 note added. 1 was left out.`),
    ]);
    expect(told(dry.out + dry.err)).toContain(
      told(
        `${other} was left out: there is another text of that name here. 1 note would be added. Nothing was written. 1 was left out.`,
      ),
    );
    expect(notes()).toEqual([one].sort());
    expect(readFileSync(join(place.folder, one), 'utf8')).toBe(note('aa2aaa'));
  });

  it.each(pairs)('are never imported beside an existing one: %j and %j', async (one, other) => {
    put(one, note('aa2aaa'));
    const ran = await importing([{ path: other, text: note('ab2aaa') }]);
    expect([ran.exit, told(ran.err)]).toEqual([
      0,
      told(`${other} was left out: there is another text of that name here. 0 notes added. 1 was left out.`),
    ]);
    expect(notes()).toEqual([one]);
  });

  it.each(pairs)('with the same text are one note: %j and %j', async (one, other) => {
    put(one, note('aa2aaa').replace('id: aa2aaa\n', ''));
    const ran = await importing([{ path: other, text: note('aa2aaa').replace('id: aa2aaa\n', '') }]);
    expect(ran.err).toBe('0 notes added.\n1 was here already.\n');
    expect(notes()).toEqual([one]);
  });

  it('also count for a foreign file and an encrypted file in the folder', async () => {
    put('README.md', 'Of somebody else.');
    put('b.md.age', 'age-encryption.org/v1\n');
    const ran = await importing([{ path: 'Readme.md', text: note('ab2aaa') }]);
    expect(ran.err).toContain('Readme.md was left out: there is another text of that name here.');
    expect((await importing([{ path: 'B.md', text: note('ac2aaa') }])).err).toContain('B.md was left out');
    expect(notes()).toEqual(['README.md']);
  });

  it('are reported once by doctor, with both names; a note beside its encrypted form is not', () => {
    expect(checkNames(['sub/A.md', 'sub/a.md', nfc, nfd]).map(({ key, params }) => [key, params])).toEqual([
      ['doctor.name-alike', { path: 'sub/a.md', other: 'sub/A.md' }],
      ['doctor.name-alike', { path: nfd, other: nfc }],
    ]);
    expect(checkNames(['a.md', 'a.md.age', 'b.md'])).toEqual([]);
  });
});

describe('a note of somebody else', () => {
  const undoLog = (folder: string, name: string, text: string): void => {
    mkdirSync(join(place.home, folder), { recursive: true });
    writeFileSync(join(place.home, folder, name), text);
  };

  it.each([
    ['the form of its accents', nfc, nfd, 'Words.\nMore.\n', 'Words.\nMore.\n'],
    [
      'the capitals of its name',
      'Friday.md',
      'FRIDAY.MD'.replace('.MD', '.md'),
      'Words.\nMore.\n',
      'Words.\nMore.\n',
    ],
    ['its line ends', 'x.md', 'x.md', 'Words.\nMore.\n', 'Words.\r\nMore.\r\n'],
  ])('is the same note, whatever a system did to %s', async (_what, one, other, before, after) => {
    const day = '---\ndate: 2026-01-02\n---\n';
    undoLog('first', one, day + before);
    undoLog('second', other, day.replaceAll('\n', after.includes('\r') ? '\r\n' : '\n') + after);
    expect((await run(['import', 'first'], { place, input: '' })).err).toMatch(/^1 note added\./m);
    expect((await run(['import', 'second'], { place, input: '' })).err).toBe(
      'second was read as Markdown (1 note).\n0 notes added.\n1 was here already.\n',
    );
    expect(notes()).toHaveLength(1);
  });

  it('with other words is another note', async () => {
    undoLog('first', nfc, '---\ndate: 2026-01-02\n---\nWords.\n');
    undoLog('second', nfd, '---\ndate: 2026-01-02\n---\nOther words.\n');
    await run(['import', 'first'], { place, input: '' });
    await run(['import', 'second'], { place, input: '' });
    expect(notes()).toHaveLength(2);
  });
});

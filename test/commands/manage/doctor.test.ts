import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLeftovers } from '../../../src/storage/doctor/check-leftovers.ts';
import { openProgress } from '../../../src/terminal/output/progress.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { mode: 0o700 });
});
afterEach(() => place.remove());

function write(path: string, text: string, mode = 0o600): string {
  const full = join(place.folder, path);
  mkdirSync(dirname(full), { recursive: true, mode: 0o700 });
  writeFileSync(full, text, { mode });
  chmodSync(full, mode);
  return full;
}

const note = (id: string, more = '', session = '2026-03-01'): string =>
  `---\nrupture: 1\nid: ${id}\nsession: ${session}\nstatus: open\n${more}---\n\n## What happened\n\nA text of ${id}.\n`;

interface Found {
  readonly what: string;
  readonly path: string;
  readonly line?: number;
  readonly mended: boolean;
  readonly only_told: boolean;
}

async function doctor(...flags: readonly string[]): Promise<{
  readonly exit: number;
  readonly left: number;
  readonly found: readonly Found[];
  readonly whats: readonly string[];
}> {
  const { out, exit, err } = await run(['doctor', '--format', 'json', ...flags], { place, input: '' });
  if (out === '') throw new Error(err);
  const told = JSON.parse(out) as { left: number; found: readonly Found[] };
  return { exit, ...told, whats: told.found.map(({ what }) => what) };
}

function tree(folder = place.folder): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = join(entry.parentPath, entry.name);
        return [
          path,
          `${statSync(path).mode.toString(8)} ${statSync(path).mtimeMs} ${readFileSync(path, 'utf8')}`,
        ];
      }),
  );
}

describe('rupture doctor', () => {
  it('reports swapped ids as a problem, and mentions a renamed file', async () => {
    write('2026-03-01-aaaaaa.md', note('bbbbbb'));
    write('2026-03-02-bbbbbb.md', note('aaaaaa'));
    write('2026-03-03-cccccc.md', note('dddddd'));
    const { found, exit } = await doctor();
    expect(exit).toBe(1);
    expect(found.map(({ what, path, only_told }) => [what, path, only_told])).toEqual([
      ['doctor.id-swapped', '2026-03-01-aaaaaa.md', false],
      ['doctor.id-swapped', '2026-03-02-bbbbbb.md', false],
      ['doctor.id-renamed', '2026-03-03-cccccc.md', true],
    ]);
  });

  it('names unlisted files in the trash, and removes a lock that a killed run was removing', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    write('.rupture/trash/20260301-1.md', note('bbbbbb'));
    utimesSync(write('.rupture/lock.stale-4194303-0a1b2c3d', '{"pid":1}'), 1, 1);
    expect([...(await doctor()).whats].sort()).toEqual(['doctor.temp', 'doctor.trash-unlisted']);
    const { found, left } = await doctor('--fix');
    expect([left, found.filter(({ mended }) => mended).map(({ path }) => path)]).toEqual([
      1,
      ['.rupture/lock.stale-4194303-0a1b2c3d'],
    ]);
    expect(existsSync(join(place.folder, '.rupture/trash/20260301-1.md'))).toBe(true);
  });

  it('says in a sentence that all is well, or that there is no folder', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    const { out, exit } = await run(['doctor'], { place, input: '' });
    expect([exit, out]).toEqual([0, `1 note in ${place.folder}. All is well.\n`]);
    const none = openPlace();
    const missing = await run(['doctor'], { place: none, input: '' });
    expect([missing.exit, missing.err]).toEqual([0, expect.stringContaining('There is no folder')]);
    expect(readdirSync(none.home)).toEqual([]);
    none.remove();
  });

  it.each<[string, string, string, string, number | undefined]>([
    [
      'a status that is not known',
      'storage.status-unknown',
      '2026-03-01-aaaaaa.md',
      note('aaaaaa').replace('open', 'sideways'),
      5,
    ],
    ['front matter that does not end', 'storage.front-open', '2026-03-01-aaaaaa.md', '---\nrupture: 1\n', 1],
    [
      'a merge that was left open',
      'doctor.merge',
      '2026-03-01-aaaaaa.md',
      `${note('aaaaaa')}<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n`,
      11,
    ],
    [
      'a merge in the front matter',
      'doctor.merge',
      '2026-03-01-aaaaaa.md',
      note('aaaaaa', '<<<<<<< HEAD\nsize: 3\n=======\nsize: 4\n>>>>>>> x\n'),
      6,
    ],
    [
      'a session that lies ahead',
      'doctor.ahead',
      '2027-03-01-aaaaaa.md',
      note('aaaaaa', '', '2027-03-01'),
      undefined,
    ],
    [
      'a note that was made tomorrow',
      'doctor.created-ahead',
      '2026-03-01-aaaaaa.md',
      note('aaaaaa', 'created: 2026-03-14T10:00:00.000-05:00\n'),
      undefined,
    ],
    ['a text that was kept aside', 'doctor.kept', '.rupture/kept/a.md', 'My words.', undefined],
    [
      'a text that was in an editor',
      'doctor.editor-text',
      '.rupture/editor/x/text.md',
      'My words.',
      undefined,
    ],
    ['a damaged draft', 'storage.draft-damaged', '.rupture/drafts/aaaaaa.json', '{"draft": 1', undefined],
    [
      'an own template with a fault',
      'templates.missing-key',
      'templates/mine.yaml',
      'template: 1\nname: mine\n',
      1,
    ],
  ])('names %s, changes nothing with --fix, and exits with 1', async (_what, key, path, text, line) => {
    write(path, text);
    const before = tree();
    const { exit, found } = await doctor('--fix');
    expect(exit).toBe(1);
    expect(found.map(one => [one.what, one.line])).toEqual([[key, line]]);
    expect(tree()).toEqual(before);
  });

  it('checks for a body that is not text, even if its front matter is', async () => {
    const path = write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    writeFileSync(
      path,
      Buffer.concat([Buffer.from(`${note('aaaaaa')}${'x'.repeat(6000)}`), Buffer.from([0xff])]),
    );
    expect(await doctor()).toMatchObject({ exit: 1, whats: ['storage.read-not-text'] });
  });

  it.each([
    "(Mo's conflicted copy 2026-03-03)",
    '.sync-conflict-20260303-101112-ABCDEFG',
    ' (1)',
    ' 2',
    '-laptop',
    ' (conflicted copy)',
    '-conflict-1',
  ])('names a second version called %s, and leaves it', async mark => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    const copy = write(`2026-03-01-aaaaaa${mark}.md`, note('aaaaaa', 'size: 4\n'));
    expect(await doctor('--fix')).toMatchObject({ exit: 1, whats: ['doctor.copy-conflict'] });
    expect(existsSync(copy)).toBe(true);
  });

  it('distinguishes a file with the id of another note, a second version, and an identical copy', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    write('about my sister.md', note('aaaaaa', 'size: 4\n'));
    write('b/2026-03-01-aaaaaa.md', note('aaaaaa'));
    expect((await doctor()).whats.toSorted()).toEqual(['doctor.copy-same', 'doctor.id-twice']);
  });

  it('only mentions a history that ends with another status', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa', 'history:\n  - 2026-03-01 planned 5\n'));
    expect(await doctor()).toMatchObject({ exit: 0, left: 0, whats: ['doctor.history'] });
  });

  it('repairs and reports the modes of our files, and of no others', async () => {
    const ours = [
      write('2026-03-01-aaaaaa.md', note('aaaaaa'), 0o644),
      write('help.md', 'Mo', 0o640),
      write('.rupture/drafts/x', '', 0o666),
      write('templates/note.txt', '', 0o644),
    ];
    const theirs = write('shopping.md', 'Bread', 0o644);
    chmodSync(place.folder, 0o755);
    expect((await doctor()).left).toBe(5);
    const { out, exit } = await run(['doctor', '--fix'], { place, input: '' });
    expect([exit, out]).toEqual([0, expect.stringContaining('## Mended (5)')]);
    for (const path of ours) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect([statSync(place.folder).mode & 0o777, statSync(theirs).mode & 0o777]).toEqual([0o700, 0o644]);
    expect((await doctor()).found).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)('names and leaves files of another account', async () => {
    const path = write('2026-03-01-aaaaaa.md', note('aaaaaa'), 0o644);
    chownSync(path, 12_345, 12_345);
    expect(await doctor('--fix')).toMatchObject({ exit: 1, whats: ['doctor.of-other'] });
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  it('removes only the draft whose words are all in its note', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'));
    const draft = (text: string): string =>
      JSON.stringify({
        draft: 1,
        pid: 1,
        host: 'elsewhere',
        at: Date.parse('2026-03-12T19:00:00-05:00'),
        id: 'aaaaaa',
        template: 'reflect',
        mode: 'quick',
        session: '2026-03-01',
        started: '2026-03-01T10:00:00.000-05:00',
        answers: { what: text },
      });
    const path = write('.rupture/drafts/aaaaaa.json', draft('A text of aaaaaa, and what nobody kept.'));
    expect(await doctor('--fix')).toMatchObject({ exit: 1, whats: ['doctor.draft-differs'] });
    writeFileSync(path, draft('A text of aaaaaa.'));
    expect(await doctor('--fix')).toMatchObject({ exit: 0, whats: ['doctor.draft-settled'] });
    expect(existsSync(path)).toBe(false);
  });

  it('names an old draft, but not a draft of today', async () => {
    const draft = (at: string): string =>
      JSON.stringify({
        draft: 1,
        pid: 1,
        host: 'elsewhere',
        at: Date.parse(at),
        id: 'bbbbbb',
        template: 'reflect',
        mode: 'quick',
        session: '2026-03-01',
        started: '2026-03-01T10:00:00.000-05:00',
        answers: {},
      });
    write('.rupture/drafts/bbbbbb.json', draft('2026-03-12T10:00:00-05:00'));
    expect((await doctor()).found).toEqual([]);
    const path = write('.rupture/drafts/bbbbbb.json', draft('2026-03-01T10:00:00-05:00'));
    expect(await doctor('--fix')).toMatchObject({ exit: 1, whats: ['doctor.draft-stale'] });
    expect(existsSync(path)).toBe(true);
    // Each sequence has its own command to continue its drafts.
    writeFileSync(path, draft('2026-03-01T10:00:00-05:00').replace('"reflect"', '"prep"'));
    expect((await run(['doctor'], { place, input: '' })).out).toContain(
      'rupture prep offers to go on with it',
    );
  });

  it('removes the lock of an ended program, and leaves a held lock', async () => {
    const held = write(
      '.rupture/lock',
      JSON.stringify({ pid: 1, host: hostname(), start: Date.parse('2026-03-12T19:04:54-05:00') }),
    );
    // On the machine of these tests every PID is alive.
    expect((await doctor('--fix')).found).toEqual([]);
    expect(existsSync(held)).toBe(true);
  });

  it('reports broken, wrong and unknown settings together', async () => {
    mkdirSync(place.config, { mode: 0o700 });
    const path = join(place.config, 'config.json');
    writeFileSync(
      path,
      '{"mode": "slow", "timer": 3, "thearpist_word": "Dr M", "colour": "red", "language": "xx"}',
      { mode: 0o600 },
    );
    expect((await doctor()).whats.toSorted()).toEqual([
      'doctor.setting-near',
      'doctor.setting-unknown',
      'storage.setting-value',
      'storage.setting-value',
      'storage.setting-value',
    ]);
    writeFileSync(path, '{"hide": ["no_such_question", "care"]}');
    expect(await doctor()).toMatchObject({ exit: 0, whats: ['doctor.hide-unknown'] });
    writeFileSync(path, '{');
    expect(await doctor()).toMatchObject({ exit: 1, whats: ['storage.settings-syntax'] });
  });

  it('never changes anything without --fix', async () => {
    write('2026-03-01-aaaaaa.md', note('aaaaaa'), 0o644);
    write('.rupture/kept/x.md', 'x', 0o644);
    const before = tree();
    await doctor();
    expect(tree()).toEqual(before);
  });

  it('names a few of a kind and counts the others', async () => {
    for (let n = 100; n < 130; n++) write(`2026-03-01-aaa${n}.md`, note(`aaa${n}`), 0o644);
    const { out } = await run(['doctor'], { place, input: '' });
    expect(out.split('\n').filter(line => line.startsWith('- '))).toHaveLength(9);
    expect(out).toContain('- and 22 more like this');
    expect((await doctor()).found).toHaveLength(30);
  });

  it('finds no problem after a complete session', async () => {
    await run(['reflect', '-m', 'They looked at the clock.'], { place, input: '' });
    await run(['mark', 'last', 'repaired', '--size', '2'], { place, script: [] });
    expect((await doctor()).found).toEqual([]);
  });
});

describe('a leftover of an ended run', () => {
  const look = (now = Date.now() + 60_000): readonly (readonly [string, boolean])[] =>
    checkLeftovers({
      folder: place.folder,
      others: [],
      now,
      isAlive: pid => pid === 7,
      drafts: [],
      leftOver: [],
      trashed: new Set(),
      texts: new Map(),
    }).map(({ key, mend }) => [key, mend?.work() ?? false]);
  const temp = (name: string, text: string, pid = 99): string =>
    write(`.${name}.${pid}-0123456789ab.tmp`, text);

  it('is removed if it is empty, or identical to its target', () => {
    write('a.md', 'The same.');
    const spare = [
      temp('a.md', 'The same.'),
      temp('b.md', ''),
      write('.probe-99', '.'),
      write('.rupture/.probe-98', '.'),
    ];
    expect(look()).toEqual([
      ['doctor.temp', true],
      ['doctor.temp', true],
      ['doctor.temp', true],
      ['doctor.temp', true],
    ]);
    expect(spare.filter(existsSync)).toEqual([]);
    expect(readFileSync(join(place.folder, 'a.md'), 'utf8')).toBe('The same.');
  });

  it('stays if its text may be nowhere else', () => {
    write('a.md', 'Another.');
    const texts = [temp('a.md', 'Half of it.'), temp('gone.md', 'All of it.')];
    expect(look()).toEqual([
      ['doctor.temp-text', false],
      ['doctor.temp-text', false],
    ]);
    expect(texts.every(existsSync)).toBe(true);
  });

  it('stays while its program runs, and is checked again once the PID belongs to another program', () => {
    const path = temp('a.md', '', 7);
    expect(look()).toEqual([]);
    utimesSync(path, new Date(0), new Date(0));
    expect(look()).toEqual([['doctor.temp', true]]);
  });

  it.each(['.a.md.swp', 'a.md~', '#a.md#', '4913'])('of an editor (%s) is named and left', name => {
    const path = write(name, 'x');
    expect(look()).toEqual([['doctor.editor-file', false]]);
    expect(existsSync(path)).toBe(true);
  });
});

describe('progress', () => {
  const shownOf = (shows: boolean): string => {
    let shown = '';
    const stream = { write: (text: string | Uint8Array) => (shown += String(text)), on: () => undefined };
    let now = 0;
    const progress = openProgress({ stream, shows, width: 40, now: () => now });
    for (let n = 0; n < 1000; n++) {
      now += 2;
      progress.show(() => `${n} of 1000`);
    }
    progress.end();
    return shown;
  };

  it('appears on a single terminal line after a while, and disappears at the end', () => {
    expect(shownOf(true)).toMatch(/^(?:\r\u001b\[2K {2}\d+ of 1000){5,20}\r\u001b\[2K$/);
  });

  it('is not shown in a pipe', () => {
    expect(shownOf(false)).toBe('');
  });
});

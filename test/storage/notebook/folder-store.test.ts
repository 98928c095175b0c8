import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import { formatNote } from '../../../src/storage/format/note-text.ts';
import { readOwnHelp } from '../../../src/storage/templates/own-help.ts';
import { scanNotes } from '../../../src/storage/notebook/note-index.ts';
import { loadYamlReader } from '../../../src/storage/notebook/filter-by-text.ts';
import { noteOf, storeIn, tempFolder } from '../support.ts';
import { canMount } from '../../support/needs.ts';

const note = formatNote(noteOf([{ level: 2, heading: 'What happened', text: 'x' }]));
const withId = (id: string): string => note.replace('k3f9qa', id);

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const problemOf = async (work: () => unknown): Promise<Problem> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem');
};

test('an added note is listed, readable and private', async () => {
  const folder = join(tempFolder(), 'notes');
  const store = storeIn(folder);
  expect(store.isNew()).toBe(true);
  await store.prepare();
  expect(store.isNew()).toBe(true);
  const path = await store.add(noteOf([{ level: 2, heading: 'What happened', text: 'x' }]));
  expect(path).toBe(join(folder, '2026-03-12-k3f9qa.md'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(store.isNew()).toBe(false);
  const index = await store.scan();
  expect(index.moments.map(({ path: at, head }) => [at, head.id, head.status, head.size])).toEqual([
    [path, 'k3f9qa', 'open', 5],
  ]);
  expect(await store.read(path)).toMatchObject({ text: note, sections: [{ text: 'x' }] });
  expect(readdirSync(folder).sort()).toEqual(['.config', '.rupture', '2026-03-12-k3f9qa.md']);
});

test('adding the same note again succeeds, and a different text under its name is never overwritten', async () => {
  const store = storeIn(tempFolder());
  const path = await store.add(noteOf([]));
  expect(await store.add(noteOf([]))).toBe(path);
  expect(
    (await problemOf(() => store.add(noteOf([{ level: 2, heading: 'A', text: 'x' }], { title: 'Another' }))))
      .key,
  ).toBe('storage.name-taken');
  expect(readFileSync(path, 'utf8')).toBe(formatNote(noteOf([])));
});

test('refuses a note that could not be read again', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  expect(
    (await problemOf(() => store.add(noteOf([{ level: 2, heading: 'A', text: 'x'.repeat(2_100_000) }])))).key,
  ).toBe('storage.too-much');
  const path = await store.add(noteOf([]));
  expect(
    (
      await problemOf(() =>
        store.revise(path, { front: {}, append: [{ level: 2, heading: 'A', text: 'x'.repeat(2_100_000) }] }),
      )
    ).key,
  ).toBe('storage.too-much');
  expect(readFileSync(path, 'utf8')).toBe(formatNote(noteOf([])));
});

test('reports broken files by path and line, lists all other notes and ignores foreign files', async () => {
  const folder = tempFolder();
  const at = (name: string): string => join(folder, name);
  put(at('a/good.md'), withId('goodaa'));
  put(at('z.md'), withId('goodzz'));
  put(at('.trash/x.md'), withId('hidden'));
  put(at('.dot.md'), withId('hiddeb'));
  put(at('templates/t.md'), withId('hiddec'));
  put(at('sub/templates/t.md'), withId('shownn'));
  put(at('diary.md'), '---\ntitle: mine\n---\nwords');
  put(at('empty.md'), '');
  put(at('js.md'), '---js\nrupture: 1\nprocess.exit(3)\n---\n');
  put(at('2026-01-01-emptyy.md'), '');
  put(at('b-open.md'), '---\nrupture: 1\nid: a\n');
  put(at('c-utf8.md'), Buffer.from('---\nrupture: 1\nid: \xe9\n---\n', 'latin1'));
  put(at('d-alias.md'), '---\nrupture: 1\na: &a [x]\nb: *a\n---\n');
  put(at('e-deep.md'), `---\nrupture: 1\na: ${'['.repeat(3900)}\n---\n`);
  put(at('f-status.md'), note.replace('status: open', 'status: [done'));
  put(at('g-new.md'), '---\nrupture: 2\nid: abcdef\nsession: 2026-01-01\n---\n');
  put(at('h-big.md'), withId('bigggg') + 'x'.repeat(2_100_000));
  put(at('i-day.md'), note.replace('2026-03-12\n', '2026-02-31\n'));
  put(at('n-nul.md'), Buffer.concat([Buffer.from('---\nrupture: 1\n'), Buffer.alloc(5000)]));
  execFileSync('mkfifo', [at('j-fifo.md')]);
  symlinkSync('/dev/zero', at('k-zero.md'));
  symlinkSync(at('z.md'), at('l-link.md'));
  const sparse = openSync(at('2026-01-02-sparse.md'), 'w');
  ftruncateSync(sparse, 1024 ** 3);
  closeSync(sparse);
  const index = await storeIn(folder).scan();
  expect(index.moments.map(({ path, head }) => [path.slice(folder.length + 1), head.id])).toEqual([
    ['a/good.md', 'goodaa'],
    ['sub/templates/t.md', 'shownn'],
    ['z.md', 'goodzz'],
  ]);
  expect(index.unreadable.map(({ path, key, line }) => [path, key.slice(8), line])).toEqual([
    ['2026-01-01-emptyy.md', 'front-empty', undefined],
    ['2026-01-02-sparse.md', 'read-too-large', undefined],
    ['b-open.md', 'front-open', 1],
    ['c-utf8.md', 'read-not-text', undefined],
    ['d-alias.md', 'data-alias', 3],
    ['e-deep.md', 'data-too-deep', 3],
    ['f-status.md', 'data-syntax', expect.any(Number)],
    ['g-new.md', 'newer-version', 2],
    ['h-big.md', 'read-too-large', undefined],
    ['i-day.md', 'day-bad', 4],
    ['j-fifo.md', 'read-not-file', undefined],
    ['k-zero.md', 'read-link', undefined],
    ['l-link.md', 'read-link', undefined],
    ['n-nul.md', 'front-open', 1],
  ]);
  for (const { path, params } of index.unreadable) expect([params['path'], params['place']]).toContain(path);
});

test('counts an id in several files once and reports the copies', async () => {
  const folder = tempFolder();
  const names = [
    '2026-03-12-k3f9qa.md',
    '2026-03-12-k3f9qa (conflicted copy 2026-03-13).md',
    '2026-03-12-k3f9qa.sync-conflict-20260313-101010-ABCDEFG.md',
    '2026-03-12-k3f9qa 2.md',
    'a.md',
  ];
  for (const name of names) put(join(folder, name), note);
  const index = await storeIn(folder).scan();
  expect(index.moments.map(({ path }) => path)).toEqual([join(folder, '2026-03-12-k3f9qa.md')]);
  expect(index.copies.map(({ path }) => path).sort()).toEqual(
    names
      .slice(1)
      .map(name => join(folder, name))
      .sort(),
  );
  expect(index.copies.every(({ of }) => of === join(folder, '2026-03-12-k3f9qa.md'))).toBe(true);
});

test.each([
  'NAME (conflicted copy 2026-03-12).md',
  "NAME (Ada's conflicted copy 2026-03-12).md",
  'NAME (Case Conflict).md',
  'NAME (Adas Konflikt 2026-03-12).md',
  'NAME.sync-conflict-20260312-190455-ABCDEFG.md',
  'NAME_conflict-20260312-190455.md',
  'NAME (1).md',
  'NAME 2.md',
  'NAME copy.md',
  'NAME copy 2.md',
  'NAME - Copy.md',
  'NAME - Copy (2).md',
  'NAME (copy).md',
  'NAME (another copy).md',
  'NAME.Conflict.md',
  'NAME (SFConflict ada@example.org 2026-03-12-19-04-55).md',
  'NAME [conflicted].md',
  'NAME-LAPTOP.md',
  'NAME_PC_Mar-12-190455-2026_Conflict.md',
  'NAME.orig.md',
  'NAME (conflicted copy 2026-03-12 190455).md',
])('the conflict copy %s counts once, whichever of the two was renamed', async pattern => {
  const folder = tempFolder();
  const copy = join(folder, pattern.replace('NAME', '2026-03-12-k3f9qa'));
  put(copy, note);
  // Without the other file, it is the moment: nothing is lost.
  expect((await storeIn(folder).scan()).moments).toHaveLength(1);
  put(
    join(
      folder,
      'my own much longer name for this particular day, the 12th, which is longer than any of them.md',
    ),
    note,
  );
  const index = await storeIn(folder).scan();
  expect(index.copies.map(({ path }) => path)).toEqual([copy]);
});

test('reading changes neither bytes nor times', async () => {
  const folder = tempFolder();
  const path = join(folder, 'a.md');
  put(path, note);
  utimesSync(path, 1000, 1000);
  const store = storeIn(folder);
  await store.scan();
  await store.read(path);
  await store.drafts.list();
  expect(statSync(path).mtimeMs).toBe(1_000_000);
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('a revision changes the current file', async () => {
  const store = storeIn(tempFolder());
  const path = await store.add(noteOf([]));
  const text = await store.revise(path, {
    front: { status: 'planned' },
    history: '2026-03-19 planned 5',
    append: [{ level: 2, heading: 'Prepared on 2026-03-19', text: 'x' }],
  });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect((await store.read(path)).head).toMatchObject({
    status: 'planned',
    keys: { history: ['2026-03-12 open 5', '2026-03-19 planned 5'] },
  });
});

test('revises a file that needs the YAML reader', async () => {
  const folder = tempFolder();
  const path = join(folder, 'a.md');
  put(path, note.replace('status: open', '# mine\nstatus: "open" # x'));
  await storeIn(folder).revise(path, { front: { status: 'eased' }, append: [] });
  expect(readFileSync(path, 'utf8')).toContain('# mine\nstatus: eased # x\n');
});

test('never overwrites a change made elsewhere during an interview; both versions are saved', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const path = await store.add(noteOf([]));
  const elsewhere = note.replace('size: 5', 'size: 9');
  writeFileSync(path, elsewhere);
  const problem = await problemOf(() =>
    store.revise(path, { front: { status: 'planned' }, append: [] }, formatNote(noteOf([]))),
  );
  expect([problem.key, problem.exit, problem.params['path']]).toEqual(['storage.changed-elsewhere', 5, path]);
  expect(readFileSync(path, 'utf8')).toBe(elsewhere);
  expect(readFileSync(String(problem.params['kept']), 'utf8')).toContain('status: planned');
  expect((await store.scan()).moments).toHaveLength(1);
  const again = await problemOf(() => store.rewrite(path, formatNote(noteOf([])), 'other'));
  expect(again.exit).toBe(5);
});

test('does not recreate a note deleted during an interview, and saves the answers in a conflict copy', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const path = await store.add(noteOf([]));
  rmSync(path);
  const problem = await problemOf(() =>
    store.revise(path, { front: { status: 'planned' }, append: [] }, formatNote(noteOf([]))),
  );
  expect([problem.key, problem.exit, existsSync(path)]).toEqual(['storage.changed-elsewhere', 5, false]);
  expect(readFileSync(String(problem.params['kept']), 'utf8')).toContain('status: planned');
});

test('does not recreate a missing folder that was used before', async () => {
  const base = tempFolder();
  const folder = join(base, 'notes');
  const config = join(base, 'config');
  const store = storeIn(folder, { config });
  await store.prepare();
  expect(readFileSync(join(config, 'folders'), 'utf8')).toBe(`${folder}\n`);
  renameSync(folder, `${folder}-away`);
  // "Nothing is there" would be false as well.
  for (const work of [
    () => store.prepare(),
    () => store.scan(),
    () => store.add(noteOf([])),
    () => store.isNew(),
    () => store.trash.list(),
    () => store.undo(),
  ])
    expect((await problemOf(work)).key).toBe('storage.folder-gone');
  expect(readdirSync(base).sort()).toEqual(['config', 'notes-away']);
});

test('refuses a folder that is a file or belongs to another user, before asking anything', async () => {
  const base = tempFolder();
  writeFileSync(join(base, 'file'), '');
  expect((await problemOf(() => storeIn(join(base, 'file'), { config: base }).prepare())).key).toBe(
    'storage.folder-is-file',
  );
  expect((await problemOf(() => storeIn(join(base, 'file', 'below'), { config: base }).prepare())).key).toBe(
    'storage.folder-is-file',
  );
  expect((await problemOf(() => storeIn(base, { uid: 12_345 }).prepare())).key).toBe(
    'storage.folder-of-other',
  );
  expect(readdirSync(base)).toEqual(['file']);
});

const isRoot = process.getuid?.() === 0;

test('refuses a folder without write permission', async () => {
  const folder = tempFolder();
  chmodSync(folder, 0o500);
  // Permission bits do not bind root, so root becomes nobody for this.
  const nobody = isRoot ? 65_534 : process.getuid?.();
  if (isRoot) {
    chownSync(folder, 65_534, 65_534);
    process.seteuid?.(65_534);
  }
  try {
    expect((await problemOf(() => storeIn(folder, { uid: nobody }).prepare())).key).toBe(
      'storage.write-denied',
    );
  } finally {
    if (isRoot) process.seteuid?.(0);
    else chmodSync(folder, 0o700);
  }
});

const mounts = canMount('a folder on a read-only and on a full disk');

test.skipIf(!mounts)('refuses a read-only mount', async () => {
  const folder = tempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', folder], { stdio: 'ignore' });
  try {
    expect((await problemOf(() => storeIn(folder, { config: tempFolder() }).prepare())).key).toBe(
      'storage.write-read-only',
    );
  } finally {
    execFileSync('umount', [folder]);
  }
});

test.skipIf(!mounts)(
  'keeps the draft and the old file on a full disk, and reports the full disk',
  async () => {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    try {
      const store = storeIn(folder, { config: tempFolder() });
      const path = await store.add(noteOf([]));
      expect(
        (
          await problemOf(() =>
            store.revise(path, { front: {}, append: [{ level: 2, heading: 'A', text: 'x'.repeat(80_000) }] }),
          )
        ).key,
      ).toBe('storage.write-full');
      expect(readFileSync(path, 'utf8')).toBe(formatNote(noteOf([])));
      expect(readdirSync(folder).sort()).toEqual(['.rupture', '2026-03-12-k3f9qa.md']);
    } finally {
      execFileSync('umount', [folder]);
    }
  },
);

test('reads the help page if it is readable, and never fails', () => {
  const folder = tempFolder();
  expect(readOwnHelp(folder)).toBeUndefined();
  writeFileSync(join(folder, 'help.md'), '# Ada');
  expect(readOwnHelp(folder)).toBe('# Ada');
  rmSync(join(folder, 'help.md'));
  execFileSync('mkfifo', [join(folder, 'help.md')]);
  expect(readOwnHelp(folder)).toBeUndefined();
});

test.each(['moved', 'made anew'])(
  'saving does not recreate a folder that was %s in the meantime',
  async how => {
    const folder = join(tempFolder(), 'notes');
    const store = storeIn(folder, { config: join(tempFolder(), 'config') });
    await store.prepare();
    const path = await store.add(noteOf([]));
    renameSync(folder, `${folder}-away`);
    if (how === 'made anew') mkdirSync(folder);
    const draft = {
      id: 'aaaaaa',
      template: 'reflect',
      mode: 'quick',
      session: '2026-03-12',
      started: '2026-03-12T19:00:00.000-05:00',
      answers: {},
    };
    for (const work of [
      () => store.drafts.save(draft),
      () => store.drafts.claim('aaaaaa'),
      () => store.add(noteOf([], { id: 'bbbbbb' })),
      () => store.rewrite(path, note, note),
      () => store.revise(path, { front: {}, append: [] }),
      () => store.editing.folder(),
    ])
      expect((await problemOf(work)).key).toBe('storage.folder-gone');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    renameSync(`${folder}-away`, folder);
    await store.drafts.save(draft);
  },
);

test('only preparing creates the folder', async () => {
  const folder = join(tempFolder(), 'a', 'notes');
  const store = storeIn(folder, { config: join(tempFolder(), 'config') });
  expect((await problemOf(() => store.add(noteOf([])))).key).toBe('storage.write-gone');
  expect(existsSync(join(folder, '..'))).toBe(false);
});

test('an import takes over a name only if its file is empty', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const { path, text } = store.written(noteOf([{ level: 2, heading: 'What happened', text: 'The clock.' }]));
  writeFileSync(join(folder, path), '');
  expect([
    await store.compare(path, text),
    await store.addFile(path, text),
    readFileSync(join(folder, path), 'utf8'),
  ]).toEqual(['free', 'free', text]);
  writeFileSync(join(folder, path), 'x');
  expect([
    await store.compare(path, text),
    await store.addFile(path, text),
    readFileSync(join(folder, path), 'utf8'),
  ]).toEqual(['taken', 'taken', 'x']);
});

const head = (...lines: readonly string[]): string =>
  `---\nrupture: 1\nid: k3f9qa\nsession: 2026-03-12\n${lines.join('\n')}\n---\n\n## What happened\n\nplanned\n`;
test.each([
  ['as we write it', head('status: planned')],
  ['with a time', head('created: 2026-03-12T19:04:55.120-05:00', 'status: planned', 'title: They moved on')],
  ['behind other keys', head('title: They moved on', 'status: planned')],
  ['in quotes', head("status: 'planned'")],
  ['with letters as numbers', head('status: "pl\\u0061nned"')],
  ['folded', head('status: >-', '  planned')],
  ['behind 5 KB', head(`mine: ${'x'.repeat(5000)}`, 'status: planned')],
  ['with line ends of Windows', head('status: planned').replaceAll('\n', '\r\n')],
  ['behind a BOM', `\ufeff${head('status: planned')}`],
  ['in another order', '---\nid: k3f9qa\nstatus: planned\nsession: 2026-03-12\nrupture: 1\n---\n'],
  ['in braces', '---\n{rupture: 1, id: k3f9qa, session: 2026-03-12, status: planned}\n---\n'],
])('reads a status %s', async (_what, text) => {
  const folder = tempFolder();
  put(join(folder, '2026-03-12-k3f9qa.md'), text);
  expect((await storeIn(folder).scan()).moments.map(one => one.head.status)).toEqual(['planned']);
});

test('lists a note once, under its new name, if another command decrypts it during the scan', async () => {
  const folder = tempFolder();
  const path = await storeIn(folder).add(noteOf([]));
  writeFileSync(`${path}.age`, 'encrypted a moment ago');
  const index = await scanNotes(folder, {
    loadYamlReader,
    openSealed: sealed => {
      rmSync(sealed);
      return Promise.resolve({
        is: 'fault',
        fault: { key: 'storage.read-missing', params: { path: sealed } },
      });
    },
  });
  expect([index.moments.map(moment => moment.path), index.unreadable, index.copies]).toEqual([
    [path],
    [],
    [],
  ]);
});

test('lists a note once if another command encrypts it during the scan', async () => {
  const folder = tempFolder();
  const before = join(folder, '2026-03-12-kaaaa2.md.age');
  const path = await storeIn(folder).add(noteOf([], { id: 'kaaaa3' }));
  writeFileSync(before, 'an encrypted note that is read first');
  const opened: string[] = [];
  const index = await scanNotes(folder, {
    loadYamlReader,
    openSealed: sealed => {
      opened.push(sealed);
      if (sealed === before) renameSync(path, `${path}.age`);
      const id = sealed === before ? 'kaaaa2' : 'kaaaa3';
      return Promise.resolve({ is: 'text', text: formatNote(noteOf([], { id })), data: '' });
    },
  });
  expect([index.moments.map(moment => moment.path), index.unreadable]).toEqual([[before, `${path}.age`], []]);
  expect(opened).toEqual([before, `${path}.age`]);
});

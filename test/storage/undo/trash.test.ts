import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  utimesSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestRecord, openTrash } from '../../../src/storage/undo/trash.ts';
import { noteOf, someNow, storeIn, tempFolder, writer } from '../support.ts';
import { textsBelow, treeOf } from '../tree.ts';

const secret = 'zebrafinch';
const nth = (number: number): string => `k3f9q${'abcdefghijklmnopqrstuvwxyz'[number] ?? 'z'}`;
const withSecret = (id: string) =>
  noteOf([{ level: 2, heading: 'What happened', text: `About ${secret}.` }], { id, title: `The ${secret}` });

describe('the trash', () => {
  it('moves files unchanged, and undo restores bytes, modes and times', async () => {
    const folder = tempFolder();
    const store = storeIn(folder);
    const one = await store.add(withSecret(nth(0)));
    mkdirSync(join(folder, 'spring'));
    const two = join(folder, 'spring', 'mine.md');
    writeFileSync(
      two,
      '\ufeff---\r\nrupture: 1\r\nid: hand\r\nsession: 2026-03-12\r\n---\r\nno last line end',
    );
    chmodSync(two, 0o640);
    utimesSync(two, 1000, 2000);
    writeFileSync(join(folder, 'ideas.md'), 'not ours');
    const before = treeOf(folder);
    await storeIn(folder).remove([
      { id: nth(0), path: one },
      { id: 'hand', path: two },
    ]);
    expect(Object.keys(treeOf(folder))).toEqual(['ideas.md']);
    expect((await storeIn(folder).trash.list()).map(({ id, path }) => [id, path])).toEqual([
      ['hand', 'spring/mine.md'],
      [nth(0), `2026-03-12-${nth(0)}.md`],
    ]);
    await storeIn(folder).undo();
    expect(treeOf(folder)).toEqual(before);
    expect(statSync(two).mtimeMs).toBe(2_000_000);
    expect(readdirSync(join(folder, '.rupture', 'trash'))).toEqual([]);
  });

  it('records very many files deleted together so that all of them can be read back', () => {
    const folder = tempFolder();
    const trash = openTrash({
      notes: folder,
      folder: join(folder, '.rupture/trash'),
      now: () => someNow().instant,
      random: count => new Uint8Array(count),
      writer,
    });
    // Long paths need as much space as ten times the notes.
    const deep = Array.from({ length: 3 }, () => 'a'.repeat(250)).join('/');
    const items = trash.record(
      Array.from({ length: 20_000 }, (_, at) => ({
        id: `k${at}`,
        path: join(folder, deep, `2026-03-12-k${at}.md`),
      })),
    );
    const lying = [items[0], items[10_000], items.at(-1)].flatMap(item => item ?? []);
    for (const item of lying) writeFileSync(trash.pathOf(item), 'a note');
    expect(
      trash
        .list()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['k0', 'k10000', 'k19999']);
    const records = readdirSync(join(folder, '.rupture/trash')).filter(name => name.endsWith('.json'));
    expect(records.length).toBeGreaterThan(2);
    expect(
      records.filter(name => statSync(join(folder, '.rupture/trash', name)).size > largestRecord / 2),
    ).toEqual([]);
    trash.erase(lying);
    expect(readdirSync(join(folder, '.rupture/trash'))).toEqual([]);
  });

  it('has private files, whose names contain no word of a note', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(withSecret(nth(0)));
    await storeIn(folder).remove([{ id: nth(0), path }]);
    const names = Object.keys(treeOf(join(folder, '.rupture'), []));
    expect(names.join(' ')).not.toContain(secret);
    expect(Object.values(treeOf(join(folder, '.rupture'), [])).every(one => one.startsWith('600 '))).toBe(
      true,
    );
  });

  it('restores a note to its old path and never overwrites a file', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(withSecret(nth(0)));
    await storeIn(folder).remove([{ id: nth(0), path }]);
    writeFileSync(path, 'another');
    const [item] = await storeIn(folder).trash.list();
    await expect(storeIn(folder).trash.restore(item?.name ?? '')).rejects.toMatchObject({
      key: 'storage.restore-taken',
      exit: 1,
    });
    expect(readFileSync(path, 'utf8')).toBe('another');
    expect(await storeIn(folder).trash.list()).toHaveLength(1);
    await expect(storeIn(folder).undo()).rejects.toMatchObject({ key: 'storage.undo-changed' });
    expect(readFileSync(path, 'utf8')).toBe('another');
  });

  it('loses nothing after an interruption between the record and the move', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(withSecret(nth(0)));
    const trash = openTrash({
      notes: folder,
      folder: join(folder, '.rupture', 'trash'),
      now: () => someNow().instant,
      random: count => new Uint8Array(count),
      writer,
    });
    trash.record([{ id: nth(0), path }]);
    expect(await storeIn(folder).trash.list()).toEqual([]);
    await storeIn(folder).remove([{ id: nth(0), path }]);
    expect(await storeIn(folder).trash.list()).toHaveLength(1);
    await storeIn(folder).undo();
    expect(existsSync(path)).toBe(true);
    expect(readdirSync(join(folder, '.rupture', 'trash'))).toEqual([]);
  });

  it('ignores a record that points outside the folder', async () => {
    const folder = tempFolder();
    const trash = join(folder, '.rupture', 'trash');
    mkdirSync(trash, { recursive: true });
    writeFileSync(join(trash, 'a-1.md'), 'planted');
    writeFileSync(
      join(trash, 'a.json'),
      JSON.stringify({
        trash: 1,
        items: [
          { name: 'a-1.md', id: 'aaaaaa', path: '../planted.md', at: '2026' },
          { name: '../x.md', id: 'aaaaaa', path: 'x.md', at: '2026' },
        ],
      }),
    );
    expect(await storeIn(folder).trash.list()).toEqual([]);
  });

  it('contains nothing after it was emptied, and neither does the undo log', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(withSecret(nth(0)));
    const other = await storeIn(folder).add(noteOf([], { id: nth(1) }));
    await storeIn(folder).revise(path, { front: { size: 1 }, append: [] });
    await storeIn(folder).revise(other, { front: { size: 1 }, append: [] });
    await storeIn(folder).remove([{ id: nth(0), path }]);
    expect(await storeIn(folder).trash.empty()).toBe(1);
    expect(Object.values(textsBelow(folder)).join('')).not.toContain(secret);
    expect((await storeIn(folder).undo())?.files).toMatchObject([{ is: 'changed', id: nth(1) }]);
  });
});

describe('erasing', () => {
  /** A folder in which one moment has left something everywhere. */
  const used = async (folder: string): Promise<string> => {
    const path = await storeIn(folder).add(withSecret(nth(0)));
    const other = await storeIn(folder).add(noteOf([], { id: nth(1) }));
    await storeIn(folder).revise(path, {
      front: { size: 1 },
      append: [{ level: 2, heading: 'Later', text: secret }],
    });
    await storeIn(folder).revise(other, { front: { size: 1 }, append: [] });
    await storeIn(folder).undo();
    await storeIn(folder).undo();
    await storeIn(folder).revise(path, { front: { size: 2 }, append: [] });
    const store = storeIn(folder);
    await store.saveConflictCopy(path, `aside: ${secret}`);
    const editor = join(store.editing.folder(), 'rupture-x');
    mkdirSync(editor);
    writeFileSync(join(editor, 'text.md'), readFileSync(path));
    await store.drafts.save({
      id: 'abcdef',
      template: 'prep',
      mode: 'full',
      session: '2026-03-12',
      started: '2026-03-12T10:00:00Z',
      about: [nth(0)],
      answers: { what: secret },
    });
    writeFileSync(join(folder, `.2026-03-12-${nth(0)}.md.77-0123456789ab.tmp`), secret);
    writeFileSync(
      join(folder, '.rupture', 'undo', '.000001-7.jsonl.77-0123456789ab.tmp'),
      JSON.stringify({ id: nth(0), before: secret }),
    );
    return path;
  };

  it('erases one note everywhere and keeps undo for the other notes', async () => {
    const folder = tempFolder();
    const path = await used(folder);
    const other = join(folder, `2026-03-12-${nth(1)}.md`);
    await storeIn(folder).revise(other, { front: { size: 8 }, append: [] });
    expect(Object.values(textsBelow(folder)).filter(text => text.includes(secret)).length).toBeGreaterThan(6);
    await storeIn(folder).erase([{ id: nth(0), path }]);
    expect(Object.entries(textsBelow(folder)).filter(([, text]) => text.includes(secret))).toEqual([]);
    expect(Object.keys(treeOf(folder))).toEqual([`2026-03-12-${nth(1)}.md`]);
    expect((await storeIn(folder).undo())?.files).toMatchObject([{ is: 'changed', id: nth(1) }]);
  });

  it('erasing everything leaves only other programs’ files in the folder', async () => {
    const folder = tempFolder();
    const path = await used(folder);
    mkdirSync(join(folder, 'templates'));
    writeFileSync(join(folder, 'templates', 'own.yaml'), 'a: 1');
    writeFileSync(join(folder, 'help.md'), 'Sam');
    writeFileSync(join(folder, 'ideas.md'), 'theirs');
    const store = storeIn(folder);
    const left = await store.eraseAll(
      (await store.scan()).moments.map(({ path: one, head }) => ({ id: head.id, path: one })),
    );
    expect(left).toEqual(['.config', 'help.md', 'ideas.md', 'templates']);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(join(folder, '.rupture'))).toBe(false);
    expect(storeIn(folder).isNew()).toBe(true);
    await storeIn(folder).add(noteOf([]));
    expect((await storeIn(folder).scan()).moments).toHaveLength(1);
  });
});

describe('an earlier version', () => {
  async function withVersion(): Promise<{
    readonly folder: string;
    readonly path: string;
    readonly written: string;
  }> {
    const folder = tempFolder();
    const path = await storeIn(folder).add(withSecret(nth(0)));
    await storeIn(folder).revise(path, {
      front: {},
      append: [{ level: 2, heading: 'Later', text: 'Second thoughts.' }],
    });
    const written = readFileSync(path, 'utf8');
    await storeIn(folder).undo();
    return { folder, path, written };
  }

  it('is distinguished from a deleted note, even if the trash contains both', async () => {
    const { folder, path } = await withVersion();
    expect((await storeIn(folder).trash.list()).map(({ isVersion }) => isVersion)).toEqual([true]);
    await storeIn(folder).remove([{ id: nth(0), path }]);
    expect(
      (await storeIn(folder).trash.list()).map(({ isVersion }) => isVersion === true).toSorted(),
    ).toEqual([false, true]);
    await storeIn(folder).undo();
    expect((await storeIn(folder).trash.list()).map(({ isVersion }) => isVersion)).toEqual([true]);
  });

  it('is restored as a separate note, which undo and redo can reverse', async () => {
    const { folder, path, written } = await withVersion();
    const before = treeOf(folder);
    const [item] = await storeIn(folder).trash.list();
    expect(readFileSync(path, 'utf8')).not.toContain('Second thoughts.');
    const copy = await storeIn(folder).trash.restoreAs(item?.name ?? '', nth(5));
    expect(copy).toBe(path.replace(nth(0), nth(5)));
    expect(readFileSync(copy, 'utf8')).toBe(written.replace(`id: ${nth(0)}`, `id: ${nth(5)}`));
    expect(treeOf(folder)).toMatchObject(before);
    expect(await storeIn(folder).trash.list()).toEqual([]);
    const after = treeOf(folder);
    await storeIn(folder).undo();
    expect(treeOf(folder)).toEqual(before);
    await storeIn(folder).redo();
    expect(treeOf(folder)).toEqual(after);
  });

  it('never overwrites a file with the new name', async () => {
    const { folder, path } = await withVersion();
    const [item] = await storeIn(folder).trash.list();
    writeFileSync(path.replace(nth(0), nth(5)), 'mine');
    await expect(storeIn(folder).trash.restoreAs(item?.name ?? '', nth(5))).rejects.toMatchObject({
      key: 'storage.name-taken',
    });
    expect(readFileSync(path.replace(nth(0), nth(5)), 'utf8')).toBe('mine');
    expect(await storeIn(folder).trash.list()).toHaveLength(1);
  });

  it('can be read in the trash', async () => {
    const { folder, written } = await withVersion();
    const [item] = await storeIn(folder).trash.list();
    expect((await storeIn(folder).trash.read(item?.name ?? '')).text).toBe(written);
  });
});

import { formatNote } from '../../../src/storage/format/note-text.ts';
import {
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestFile, maxRuns, openUndoLog } from '../../../src/storage/undo/undo-log.ts';
import { contentFingerprint } from '../../../src/storage/fs/fingerprint.ts';
import type { UndoLog, Operation } from '../../../src/storage/undo/undo-log.ts';
import { hostile, noteOf, someNow, storeIn, tempFolder, writer } from '../support.ts';
import { treeOf } from '../tree.ts';

const undoFolder = (folder: string): string => join(folder, '.rupture', 'undo');
const undoLogIn = (folder: string, command = 'mark'): UndoLog =>
  openUndoLog({ folder: undoFolder(folder), pid: 7, command, now: () => someNow().instant, writer });
const nth = (number: number): string => `k3f9q${'abcdefghijklmnopqrstuvwxyz'[number] ?? 'z'}`;

describe('undo', () => {
  it('has nothing to undo in a folder that was never used', async () => {
    const folder = tempFolder();
    expect(await storeIn(folder).undo()).toBeUndefined();
  });

  it('refuses a log file over the limit and changes nothing; without that file it undoes the change before', async () => {
    const folder = tempFolder();
    await storeIn(folder).add(noteOf([]));
    const huge = join(undoFolder(folder), '000009-7.jsonl');
    writeFileSync(huge, '');
    truncateSync(huge, largestFile + 1);
    const before = treeOf(folder);
    await expect(storeIn(folder).undo()).rejects.toMatchObject({
      key: 'storage.undo-too-large',
      params: { path: huge },
    });
    expect(treeOf(folder)).toEqual(before);
    expect(statSync(huge).size).toBe(largestFile + 1);
    rmSync(huge);
    expect(await storeIn(folder).undo()).toMatchObject({ files: [{ is: 'removed' }] });
  });

  it('reads the operations of a run on 200,000 notes and can forget all but one of them', () => {
    const folder = tempFolder();
    const operations = Array.from({ length: 200_000 }, (_, at): Operation => ({
      is: 'trashed',
      id: `k${at}`,
      path: `a folder of a usual name/2026-03-12-k${at}.md`,
      trash: `20260312T190455120-abcdef-${at + 1}.md`,
    }));
    undoLogIn(folder, 'delete').record(operations);
    const [transaction] = undoLogIn(folder).transactions('undo');
    expect({
      command: transaction?.command,
      unread: transaction?.unread,
      count: transaction?.operations.length,
      last: transaction?.operations.at(-1),
    }).toEqual({ command: 'delete', unread: undefined, count: 200_000, last: operations.at(-1) });
    undoLogIn(folder).forget(({ id }) => id !== 'k150000');
    expect([...undoLogIn(folder).transactions('undo')].map(one => one.operations)).toEqual([
      [operations[150_000]],
    ]);
  });

  it('moves an added note to the trash, byte for byte', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(
      noteOf([{ level: 2, heading: 'What happened', text: 'The clock.' }]),
    );
    const text = readFileSync(path, 'utf8');
    expect(await storeIn(folder).undo()).toMatchObject({ files: [{ is: 'removed', id: 'k3f9qa', path }] });
    expect(treeOf(folder)).toEqual({});
    const [item] = await storeIn(folder).trash.list();
    await storeIn(folder).trash.restore(item?.name ?? '');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each(hostile.filter(text => text.trim() !== '').map(text => [JSON.stringify(text), text]))(
    'restores the exact bytes: %s',
    async (_name, text) => {
      const folder = tempFolder();
      const path = await storeIn(folder).add(noteOf([{ level: 2, heading: 'What happened', text }]));
      const before = treeOf(folder);
      await storeIn(folder).revise(path, {
        front: { status: 'planned' },
        history: '2026-03-12 planned',
        append: [{ level: 2, heading: 'Later', text }],
      });
      expect(treeOf(folder)).not.toEqual(before);
      await storeIn(folder).undo();
      expect(treeOf(folder)).toEqual(before);
    },
  );

  it('undoes everything that one run did, and nothing else', async () => {
    const folder = tempFolder();
    const one = await storeIn(folder).add(noteOf([], { id: nth(0) }));
    const before = treeOf(folder);
    const run = storeIn(folder);
    const two = await run.add(noteOf([], { id: nth(1) }));
    const another = formatNote(noteOf([], { id: nth(1), title: 'Another' }));
    await run.rewrite(two, another, readFileSync(two, 'utf8'));
    await run.revise(one, { front: { repeated_in: [nth(1)] }, append: [] });
    await run.revise(one, { front: { size: 3 }, append: [] });
    expect(readdirSync(undoFolder(folder))).toHaveLength(2);
    const undone = await storeIn(folder).undo();
    expect(undone?.files.map(({ is, id }) => [is, id])).toEqual([
      ['changed', nth(0)],
      ['removed', nth(1)],
    ]);
    expect(treeOf(folder)).toEqual(before);
  });

  it('undoes twenty runs and no more', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    for (let at = 0; at < 25; at++)
      await storeIn(folder).revise(path, { front: { size: at % 10 }, append: [] });
    expect(readdirSync(undoFolder(folder)).length).toBe(maxRuns);
    let times = 0;
    while ((await storeIn(folder).undo()) !== undefined) times++;
    expect(times).toBe(maxRuns);
    expect(readdirSync(undoFolder(folder)).filter(name => !name.includes('redo'))).toEqual([]);
  });

  it('saves words written since in the trash, and nothing else', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    await storeIn(folder).revise(path, { front: { size: 2 }, append: [] });
    expect((await storeIn(folder).undo())?.files[0]?.kept).toBe(false);
    expect(await storeIn(folder).trash.list()).toEqual([]);
    await storeIn(folder).revise(path, {
      front: {},
      append: [{ level: 2, heading: 'Later', text: 'A long evening of words.' }],
    });
    expect((await storeIn(folder).undo())?.files[0]?.kept).toBe(true);
    const [item] = await storeIn(folder).trash.list();
    expect(readFileSync(join(folder, '.rupture', 'trash', item?.name ?? ''), 'utf8')).toContain(
      'A long evening of words.',
    );
  });

  it('refuses if a file was changed by hand since, and leaves the other files of that run alone', async () => {
    const folder = tempFolder();
    const [one, two] = [
      await storeIn(folder).add(noteOf([], { id: nth(0) })),
      await storeIn(folder).add(noteOf([], { id: nth(1) })),
    ];
    const run = storeIn(folder);
    await run.revise(one, { front: { size: 1 }, append: [] });
    await run.revise(two, { front: { size: 1 }, append: [] });
    writeFileSync(one, `${readFileSync(one, 'utf8')}\nBy hand.\n`);
    const before = treeOf(folder);
    await expect(storeIn(folder).undo()).rejects.toMatchObject({
      key: 'storage.undo-changed',
      exit: 5,
      params: { path: `2026-03-12-${nth(0)}.md` },
    });
    expect(treeOf(folder)).toEqual(before);
    // The refusal is not final: once the file is restored by hand, undo works.
    writeFileSync(one, readFileSync(one, 'utf8').replace('\nBy hand.\n', ''));
    expect((await storeIn(folder).undo())?.files).toHaveLength(2);
  });

  it('refuses if another program changed the file between two changes of a run', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    const run = storeIn(folder, { pid: 99 });
    await run.revise(path, { front: { size: 1 }, append: [] });
    await storeIn(folder).revise(path, {
      front: {},
      append: [{ level: 2, heading: 'Later', text: 'Theirs.' }],
    });
    await run.revise(path, { front: { size: 2 }, append: [] });
    const before = treeOf(folder);
    for (const name of readdirSync(undoFolder(folder)).filter(one => one.startsWith('000003')))
      rmSync(join(undoFolder(folder), name));
    await expect(storeIn(folder).undo()).rejects.toMatchObject({ key: 'storage.undo-changed' });
    expect(treeOf(folder)).toEqual(before);
  });

  it('refuses if the note was moved by hand since, and names its new path', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    mkdirSync(join(folder, 'spring'));
    renameSync(path, join(folder, 'spring', 'mine.md'));
    await expect(storeIn(folder).undo()).rejects.toMatchObject({
      key: 'storage.undo-moved',
      params: { other: 'spring/mine.md' },
    });
  });
});

describe('an interruption', () => {
  const text = '---\nrupture: 1\nid: k3f9qa\nsession: 2026-03-12\n---\n';
  const step = (over: Partial<Extract<Operation, { is: 'changed' }>> = {}): Operation => ({
    is: 'changed',
    id: 'k3f9qa',
    path: '2026-03-12-k3f9qa.md',
    before: text,
    after: contentFingerprint('never written'),
    ...over,
  });

  it('between the record and the change: undo skips that record and undoes the run before', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    await storeIn(folder).revise(path, { front: { size: 9 }, append: [] });
    const now = readFileSync(path, 'utf8');
    undoLogIn(folder).record([step({ before: now })]);
    undoLogIn(folder).record([
      { is: 'added', id: nth(3), path: `2026-03-12-${nth(3)}.md`, after: contentFingerprint('x') },
    ]);
    undoLogIn(folder).record([
      { is: 'trashed', id: 'k3f9qa', path: '2026-03-12-k3f9qa.md', trash: 'never-1.md' },
    ]);
    expect((await storeIn(folder).undo())?.files).toMatchObject([{ is: 'changed', id: 'k3f9qa' }]);
    expect(readFileSync(path, 'utf8')).toContain('size: 5\n');
    expect((await storeIn(folder).undo())?.files).toMatchObject([{ is: 'removed' }]);
  });

  it('during the write of the record: undo ignores the truncated line', async () => {
    const folder = tempFolder();
    await storeIn(folder).add(noteOf([]));
    undoLogIn(folder).record([step()]);
    const [last = ''] = readdirSync(undoFolder(folder)).sort().toReversed();
    const path = join(undoFolder(folder), last);
    writeFileSync(path, readFileSync(path).subarray(0, 60));
    expect((await storeIn(folder).undo())?.files).toMatchObject([{ is: 'removed' }]);
  });

  it('in the middle of undo: running the command again finishes it', async () => {
    const folder = tempFolder();
    const [one, two] = [
      await storeIn(folder).add(noteOf([], { id: nth(0) })),
      await storeIn(folder).add(noteOf([], { id: nth(1) })),
    ];
    const before = treeOf(folder);
    const texts = [one, two].map(path => readFileSync(path, 'utf8'));
    const run = storeIn(folder);
    await run.revise(one, { front: { size: 1 }, append: [] });
    await run.revise(two, { front: { size: 1 }, append: [] });
    writer.put(two, texts[1] ?? '');
    expect((await storeIn(folder).undo())?.files.map(({ id }) => id)).toEqual([nth(0)]);
    expect(treeOf(folder)).toEqual(before);
  });

  it('of a run whose record is missing: undo leaves that run’s files alone', async () => {
    const folder = tempFolder();
    const path = await storeIn(folder).add(noteOf([]));
    const run = storeIn(folder);
    await run.revise(path, { front: { size: 1 }, append: [] });
    for (const name of readdirSync(undoFolder(folder))) rmSync(join(undoFolder(folder), name));
    await run.revise(path, { front: { size: 2 }, append: [] });
    const after = treeOf(folder);
    await expect(storeIn(folder).undo()).rejects.toMatchObject({ key: 'storage.undo-changed' });
    expect(treeOf(folder)).toEqual(after);
  });
});

describe('the undo log', () => {
  it('has private files with only numbers in their names', async () => {
    const folder = tempFolder();
    await storeIn(folder).add(noteOf([{ level: 2, heading: 'What happened', text: 'Words.' }]));
    const names = readdirSync(undoFolder(folder));
    expect(names.every(name => /^\d{6}-\d+\.jsonl$/.test(name))).toBe(true);
    expect(names.map(name => (statSync(join(undoFolder(folder), name)).mode & 0o777).toString(8))).toEqual([
      '600',
    ]);
    expect((statSync(undoFolder(folder)).mode & 0o777).toString(8)).toBe('700');
    // The log does not copy the text of an added note.
    expect(readFileSync(join(undoFolder(folder), names[0] ?? ''), 'utf8')).not.toContain('Words.');
  });

  it.each(['../outside.md', '/etc/passwd.md', 'a/../../b.md', '.rupture/x.md', 'a\\..\\b.md', 'link/x.md'])(
    'ignores a path from a synced folder: %s',
    async path => {
      const folder = tempFolder();
      const outside = tempFolder();
      const { symlinkSync } = await import('node:fs');
      symlinkSync(outside, join(folder, 'link'));
      writeFileSync(join(outside, 'x.md'), 'theirs');
      undoLogIn(folder).record([
        { is: 'changed', id: 'k3f9qa', path, before: 'planted', after: contentFingerprint('theirs') },
      ]);
      expect(await storeIn(folder).undo()).toBeUndefined();
      expect(readFileSync(join(outside, 'x.md'), 'utf8')).toBe('theirs');
    },
  );

  it('records the changes of two programs that write at the same time', async () => {
    const folder = tempFolder();
    const [a, b] = [storeIn(folder), storeIn(folder, { pid: 99 })];
    await a.add(noteOf([], { id: nth(0) }));
    await b.add(noteOf([], { id: nth(1) }));
    await a.add(noteOf([], { id: nth(2) }));
    expect(readdirSync(undoFolder(folder))).toHaveLength(2);
    const done = [await storeIn(folder).undo(), await storeIn(folder).undo()];
    expect(done.map(one => one?.files.length).sort()).toEqual([1, 2]);
    expect(treeOf(folder)).toEqual({});
  });
});

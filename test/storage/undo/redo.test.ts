import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openUndoLog } from '../../../src/storage/undo/undo-log.ts';
import type { Writer } from '../../../src/storage/fs/write-file.ts';
import { openTrash } from '../../../src/storage/undo/trash.ts';
import { undoLast } from '../../../src/storage/undo/undo-last.ts';
import { noteOf, someNow, storeIn, tempFolder, writer } from '../support.ts';
import { textsBelow, treeOf } from '../tree.ts';

const [one, two] = ['k3f9qa', 'k3f9qb'];
const happened = (text: string) => [{ level: 2, heading: 'What happened', text }] as const;
const pathIn = (folder: string, id: string): string => join(folder, `2026-03-12-${id}.md`);
const journalOf = (folder: string): string => join(folder, '.rupture', 'undo');

/** Each kind of change that undo knows, on a folder with two notes. */
const changes: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  'a note that is added': folder => storeIn(folder).add(noteOf(happened('New.'), { id: 'k3f9qc' })),
  'marks that change': folder =>
    storeIn(folder).revise(pathIn(folder, one), { front: { size: 9 }, append: [] }),
  'words that come': folder =>
    storeIn(folder).revise(pathIn(folder, one), { front: {}, append: [...happened('More.')] }),
  'notes that are deleted': folder =>
    storeIn(folder).remove([one, two].map(id => ({ id, path: pathIn(folder, id) }))),
  'two changes of one run': async folder => {
    const store = storeIn(folder);
    await store.revise(pathIn(folder, one), { front: { size: 1 }, append: [] });
    await store.revise(pathIn(folder, one), { front: { size: 2 }, append: [] });
    await store.add(noteOf(happened('New.'), { id: 'k3f9qc' }));
    await store.remove([{ id: two, path: pathIn(folder, two) }]);
  },
  'a note that comes back from the trash': async folder => {
    const store = storeIn(folder);
    const [item] = await store.trash.list();
    await store.trash.restore(item?.name ?? '');
  },
  'a file that is taken in': folder =>
    Promise.resolve(storeIn(folder).addFile('spring/mine.md', 'Taken in.\n')),
};

/**
 * Runs undo or redo with a writer that ends the run after a number of writes; true if it ended the run.
 */
function endsAfter(folder: string, way: 'undo' | 'redo', steps: number): boolean {
  let left = steps;
  const ending =
    <T extends unknown[], R>(write: (...args: T) => R) =>
    (...args: T): R => {
      if (left-- <= 0) throw new Error('ended here');
      return write(...args);
    };
  const cut: Writer = {
    ...writer,
    add: ending(writer.add),
    put: ending(writer.put),
    replace: ending(writer.replace),
    append: ending(writer.append),
    remove: ending(writer.remove),
    syncFolder: ending(writer.syncFolder),
  };
  const now = (): string => someNow().instant;
  const own = join(folder, '.rupture');
  const trash = openTrash({
    notes: folder,
    folder: join(own, 'trash'),
    now,
    random: count => randomBytes(count),
    writer: cut,
  });
  const undoLog = openUndoLog({ folder: join(own, 'undo'), pid: process.pid, command: '', now, writer: cut });
  try {
    undoLast({ folder, undoLog, trash, writer: cut }, way);
    return false;
  } catch {
    return true;
  }
}

async function begun(): Promise<string> {
  const folder = tempFolder();
  for (const id of [one, two, 'k3f9qd']) await storeIn(folder).add(noteOf(happened(`Of ${id}.`), { id }));
  await storeIn(folder).remove([{ id: 'k3f9qd', path: pathIn(folder, 'k3f9qd') }]);
  return folder;
}

describe('redo', () => {
  it.each(Object.entries(changes))('brings back %s, and undo reverts it again', async (_, change) => {
    const folder = await begun();
    const before = treeOf(folder);
    await change(folder);
    const after = treeOf(folder);
    expect(after).not.toEqual(before);
    for (let round = 0; round < 3; round++) {
      const undone = await storeIn(folder).undo();
      expect(treeOf(folder)).toEqual(before);
      const redone = await storeIn(folder).redo();
      expect(treeOf(folder)).toEqual(after);
      expect([redone?.command, redone?.at]).toEqual([undone?.command, undone?.at]);
    }
    expect(await storeIn(folder).redo()).toBeUndefined();
  });

  it('repeats everything that was undone, in its original order', async () => {
    const folder = await begun();
    const states = [treeOf(folder)];
    for (const name of ['marks that change', 'words that come', 'notes that are deleted']) {
      await changes[name]?.(folder);
      states.push(treeOf(folder));
    }
    for (const state of states.slice(0, -1).toReversed()) {
      await storeIn(folder).undo();
      expect(treeOf(folder)).toEqual(state);
    }
    for (const state of states.slice(1)) {
      await storeIn(folder).redo();
      expect(treeOf(folder)).toEqual(state);
    }
  });

  it('does nothing after another change, or if nothing was undone', async () => {
    const folder = await begun();
    expect(await storeIn(folder).redo()).toBeUndefined();
    await changes['words that come']?.(folder);
    await storeIn(folder).undo();
    await storeIn(folder).revise(pathIn(folder, two), { front: { size: 4 }, append: [] });
    const state = treeOf(folder);
    expect(await storeIn(folder).redo()).toBeUndefined();
    expect(treeOf(folder)).toEqual(state);
    expect(readdirSync(journalOf(folder)).filter(name => name.includes('redo'))).toEqual([]);
  });

  it('never overwrites text written by hand since', async () => {
    const folder = await begun();
    await changes['words that come']?.(folder);
    await storeIn(folder).undo();
    appendFileSync(pathIn(folder, one), 'By hand.\n');
    const state = treeOf(folder);
    await expect(storeIn(folder).redo()).rejects.toMatchObject({ key: 'storage.redo-changed', exit: 5 });
    expect(treeOf(folder)).toEqual(state);
  });

  it('does nothing after an interruption before the first change, and undo still works', async () => {
    const folder = await begun();
    const before = treeOf(folder);
    await changes['two changes of one run']?.(folder);
    const after = treeOf(folder);
    const [name = ''] = readdirSync(journalOf(folder)).toSorted().slice(-1);
    const entry = readFileSync(join(journalOf(folder), name));
    await storeIn(folder).undo();
    // As a run leaves it that ended between its last move and removing the undone entry.
    writeFileSync(join(journalOf(folder), name), entry);
    await storeIn(folder).redo();
    expect(treeOf(folder)).toEqual(after);
    await storeIn(folder).undo();
    expect(treeOf(folder)).toEqual(before);
    await storeIn(folder).redo();
    expect(treeOf(folder)).toEqual(after);
  });

  it.each(['undo', 'redo'] as const)(
    'the same command finishes %s of several files, interrupted after any step',
    async way => {
      for (let steps = 0; ; steps++) {
        const folder = await begun();
        const before = treeOf(folder);
        const store = storeIn(folder);
        for (const id of [one, two])
          await store.revise(pathIn(folder, id), { front: {}, append: [...happened('More.')] });
        await store.add(noteOf(happened('New.'), { id: 'k3f9qc' }));
        const after = treeOf(folder);
        if (way === 'redo') await storeIn(folder).undo();
        const [from, to] = way === 'undo' ? [after, before] : [before, after];
        const isEnded = endsAfter(folder, way, steps);
        const [again, back] = way === 'undo' ? (['undo', 'redo'] as const) : (['redo', 'undo'] as const);
        if (isEnded) {
          const half = treeOf(folder);
          if (JSON.stringify(half) !== JSON.stringify(to)) await storeIn(folder)[again]();
        }
        expect([steps, treeOf(folder)]).toEqual([steps, to]);
        await storeIn(folder)[back]();
        expect([steps, treeOf(folder)]).toEqual([steps, from]);
        await storeIn(folder)[again]();
        expect([steps, treeOf(folder)]).toEqual([steps, to]);
        if (!isEnded) break;
        expect(steps).toBeLessThan(50);
      }
    },
  );

  it('contains nothing of an erased note', async () => {
    const folder = await begun();
    await storeIn(folder).revise(pathIn(folder, one), { front: {}, append: [...happened('zebrafinch')] });
    await storeIn(folder).undo();
    expect(Object.values(textsBelow(folder)).join('')).toContain('zebrafinch');
    await storeIn(folder).erase([{ id: one, path: pathIn(folder, one) }]);
    expect(Object.values(textsBelow(folder)).join('')).not.toContain('zebrafinch');
    expect(await storeIn(folder).redo()).toBeUndefined();
  });

  it('creates nothing in a folder without changes', async () => {
    const folder = tempFolder();
    mkdirSync(folder, { recursive: true });
    expect(await storeIn(folder).redo()).toBeUndefined();
    expect(existsSync(join(folder, '.rupture'))).toBe(false);
  });
});

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openUndoLog } from '../../../src/storage/undo/undo-log.ts';
import { openTrash, type TrashItem } from '../../../src/storage/undo/trash.ts';
import { undoLast } from '../../../src/storage/undo/undo-last.ts';
import { counted } from '../counted.ts';
import { noteOf, someNow, storeIn, tempFolder, writer } from '../support.ts';

const ids = Array.from({ length: 12 }, (_, at) => `k3f9q${'abcdefghijkl'[at]}`);
const note = (id: string): ReturnType<typeof noteOf> =>
  noteOf([{ level: 2, heading: 'What happened', text: 'Something was said.' }], { id });

it('undo of many missing notes reads every other note once and lists the folder once', async () => {
  const folder = tempFolder();
  const [first = '', ...others] = ids;
  const kept = await storeIn(folder).add(note(first));
  const store = storeIn(folder);
  const gone: string[] = [];
  for (const id of others) gone.push(await store.add(note(id)));
  for (const path of gone) rmSync(path);
  const { opened, listed } = await counted(() => storeIn(folder).undo());
  // Undo skips the later additions; undoing the note before them reads it once more.
  expect([opened.get(kept), listed.get(folder)]).toEqual([2, 1]);
});

it('undo checks each note in the trash once, even if many have another name there', () => {
  const folder = tempFolder();
  const needs = { now: () => someNow().instant, random: (count: number) => new Uint8Array(count), writer };
  const undoLog = openUndoLog({
    folder: join(folder, '.rupture', 'undo'),
    pid: 7,
    command: 'delete',
    ...needs,
  });
  const trash = openTrash({ notes: folder, folder: join(folder, '.rupture', 'trash'), ...needs });
  for (const item of trash.record(ids.map(id => ({ id, path: join(folder, `${id}.md`) }))))
    writer.add(trash.pathOf(item), item.id);
  undoLog.record(ids.map(id => ({ is: 'trashed', id, path: `${id}.md`, trash: 'brought-back.md' })));
  let looks = 0;
  const watched = (item: TrashItem): TrashItem => ({
    ...item,
    get id() {
      looks++;
      return item.id;
    },
  });
  const undone = undoLast({
    folder,
    undoLog,
    trash: { ...trash, list: () => trash.list().map(watched) },
    writer,
  });
  expect(undone?.files.map(({ id }) => id)).toEqual(ids.toReversed());
  expect(looks).toBeLessThanOrEqual(2 * ids.length);
});

it('erasing all notes lists each folder once for leftovers, not once per note', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const notes: { id: string; path: string }[] = [];
  for (const id of ids) notes.push({ id, path: await store.add(note(id)) });
  const { listed } = await counted(() => storeIn(folder).eraseAll(notes));
  // Once for the leftovers, once for encrypted notes that still need the keys, and once for what stays.
  expect(listed.get(folder)).toBe(3);
});

/** Counts the regular expressions that are made from texts while `run` runs. */
async function countExpressions(run: () => Promise<unknown> | void): Promise<number> {
  const whole = globalThis.RegExp;
  let times = 0;
  globalThis.RegExp = new Proxy(whole, {
    construct: (target, args: [string, string?]) => {
      times += 1;
      return new target(...args);
    },
  });
  try {
    await run();
  } finally {
    globalThis.RegExp = whole;
  }
  return times;
}

it('erasing some notes builds no pattern per note and file', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  const notes: { id: string; path: string }[] = [];
  for (const id of ids) notes.push({ id, path: await store.add(note(id)) });
  for (const id of ids)
    await store.drafts.save({
      id: id.replace('k3', 'zz'),
      template: 'prep',
      mode: 'full',
      session: '2026-03-12',
      started: '2026-03-12T10:00:00Z',
      about: [id],
      answers: {},
    });
  await store.drafts.save({
    id: 'zzzzzz',
    template: 'prep',
    mode: 'full',
    session: '2026-03-12',
    started: '2026-03-12T10:00:00Z',
    about: ['k3f9qz'],
    answers: {},
  });
  const times = await countExpressions(() => store.erase(notes));
  expect(readdirSync(join(folder, '.rupture', 'drafts'))).toEqual(['zzzzzz.json']);
  expect(times).toBeLessThan(ids.length);
});

it('listing damaged drafts lists their folder once and opens each draft once', async () => {
  const folder = tempFolder();
  const store = storeIn(folder);
  for (const id of ids)
    await store.drafts.save({
      id,
      template: 'reflect',
      mode: 'quick',
      session: '2026-03-12',
      started: '2026-03-12T10:00:00Z',
      answers: {},
    });
  const drafts = join(folder, '.rupture', 'drafts');
  writeFileSync(join(drafts, `${ids[3]}.json`), '{');
  const { opened, listed } = await counted(async () =>
    expect(await storeIn(folder).drafts.damaged()).toHaveLength(1),
  );
  expect([listed.get(drafts), ...ids.map(id => opened.get(join(drafts, `${id}.json`)))]).toEqual([
    1,
    ...ids.map(() => 1),
  ]);
});

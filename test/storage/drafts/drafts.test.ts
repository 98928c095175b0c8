import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/world/world.ts';
import { formatNote } from '../../../src/storage/format/note-text.ts';
import { hostile, noteOf, storeIn, tempFolder } from '../support.ts';

const draft = (id: string, over: Partial<Draft> = {}): Draft => ({
  id,
  template: 'reflect',
  mode: 'quick',
  session: '2026-03-12',
  started: '2026-03-12T19:00:00.000-05:00',
  answers: { story: 'x', size: 3, kinds: ['misread'], safe: true, sit: null },
  ...over,
});
const dead = (): boolean => false;

test('offers the unchanged draft of a run that has ended', async () => {
  const folder = tempFolder();
  const one = draft('aaaaaa', { half: { key: 'story', text: hostile.join('\n') }, with: 'Ada' });
  await storeIn(folder, { pid: 11 }).drafts.save(one);
  expect(await storeIn(folder, { pid: 12, isAlive: dead }).drafts.list()).toEqual([one]);
});

test('does not offer a draft that a running program is working on', async () => {
  const folder = tempFolder();
  const running = storeIn(folder, { pid: 11 });
  await running.drafts.save(draft('aaaaaa'));
  expect(await running.drafts.list()).toEqual([]);
  expect(await storeIn(folder, { pid: 12, isAlive: () => true }).drafts.list()).toEqual([]);
  // Our process has the PID again; the run that had it before is over.
  expect(await storeIn(folder, { pid: 11, isAlive: () => true }).drafts.list()).toHaveLength(1);
});

test('keeps a draft for each of three killed runs, and two after one is dropped', async () => {
  const folder = tempFolder();
  for (const id of ['aaaaaa', 'bbbbbb', 'cccccc']) await storeIn(folder, { pid: 11 }).drafts.save(draft(id));
  const { drafts } = storeIn(folder, { pid: 12, isAlive: dead });
  expect((await drafts.list()).map(({ id }) => id).sort()).toEqual(['aaaaaa', 'bbbbbb', 'cccccc']);
  drafts.drop('bbbbbb');
  drafts.drop('bbbbbb');
  expect(await drafts.list()).toHaveLength(2);
  expect([drafts.has('aaaaaa'), drafts.has('bbbbbb')]).toEqual([true, false]);
});

test('reports a damaged draft and renames its file before using the name again', async () => {
  const folder = tempFolder();
  const { drafts } = storeIn(folder, { isAlive: dead });
  await drafts.save(draft('aaaaaa'));
  const path = join(folder, '.rupture', 'drafts', 'aaaaaa.json');
  for (const bad of [
    '',
    '{',
    '[]',
    '{"draft":1}',
    readFileSync(path, 'utf8').replace('2026-03-12', '2026-02-31'),
    readFileSync(path, 'utf8').replace('null', '{}'),
  ]) {
    writeFileSync(path, bad);
    const later = storeIn(folder, { pid: 12, isAlive: dead }).drafts;
    expect(await later.list()).toEqual([]);
    expect(await later.damaged()).toMatchObject([
      { path: '.rupture/drafts/aaaaaa.json', key: 'storage.draft-damaged' },
    ]);
    expect(readFileSync(path, 'utf8')).toBe(bad);
  }
  await storeIn(folder, { pid: 12 }).drafts.save(draft('aaaaaa'));
  expect(readdirSync(join(folder, '.rupture', 'drafts'))).toEqual([
    'aaaaaa.json',
    expect.stringMatching(/^aaaaaa\.json\.damaged-\d+$/),
  ]);
});

test('an empty or truncated note does not hide its draft and is completed; a saved note hides it', async () => {
  const folder = tempFolder();
  await storeIn(folder, { pid: 11 }).drafts.save(draft('k3f9qa'));
  const path = join(folder, '2026-03-12-k3f9qa.md');
  const later = storeIn(folder, { pid: 12, isAlive: dead });
  const whole = formatNote(noteOf([]));
  for (const left of ['', whole.slice(0, 20)]) {
    writeFileSync(path, left);
    expect(await later.drafts.list()).toHaveLength(1);
    expect(await later.add(noteOf([]))).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe(whole);
    expect(await later.drafts.list()).toEqual([]);
  }
  writeFileSync(path, whole.replace('k3f9qa', 'zzzzzz'));
  expect(await later.drafts.list()).toHaveLength(1);
});

test('lets only one run claim a draft, and offers it to no other run', async () => {
  const folder = tempFolder();
  const one = draft('aaaaaa', { half: { key: 'story', text: 'so far' } });
  await storeIn(folder, { pid: 11 }).drafts.save(one);
  const isAlive = (pid: number): boolean => pid !== 11;
  const [first, second] = [
    storeIn(folder, { pid: 4_000_012, isAlive }).drafts,
    storeIn(folder, { pid: 4_000_013, isAlive }).drafts,
  ];
  expect([await first.list(), await second.list()]).toEqual([[one], [one]]);
  expect([
    await first.claim('aaaaaa'),
    await second.claim('aaaaaa'),
    await first.claim('aaaaaa'),
    await first.claim('bbbbbb'),
  ]).toEqual([true, false, true, false]);
  expect([
    await first.list(),
    await second.list(),
    await first.countHeld(),
    await second.countHeld(),
  ]).toEqual([[], [], 0, 1]);
  expect(await storeIn(folder, { pid: 14, isAlive: dead }).drafts.list()).toEqual([one]);
});

test('offers a draft despite a reused PID or a clock set back', async () => {
  const folder = tempFolder();
  await storeIn(folder).drafts.save(draft('aaaaaa'));
  const path = join(folder, '.rupture', 'drafts', 'aaaaaa.json');
  const kept: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
  const other = storeIn(folder, { pid: 4_000_012 }).drafts;
  expect([(await other.list()).length, await other.countHeld()]).toEqual([0, 1]);
  for (const over of [
    { at: Date.now() + 3_600_000 },
    ...(kept['start'] === undefined ? [] : [{ start: 'another boot/1' }]),
  ]) {
    writeFileSync(path, JSON.stringify({ ...kept, ...over }));
    expect([(await other.list()).length, await other.countHeld()]).toEqual([1, 0]);
  }
  writeFileSync(path, JSON.stringify({ ...kept, start: undefined }));
  expect(await other.list()).toEqual([]);
});

test('refuses a draft that could not be read again, and keeps the one before', async () => {
  const folder = tempFolder();
  const { drafts } = storeIn(folder);
  await drafts.save(draft('aaaaaa'));
  await expect(
    drafts.save(draft('aaaaaa', { answers: { story: '\u0001'.repeat(400_000) } })),
  ).rejects.toThrow('storage.too-much');
  expect(await storeIn(folder, { pid: 12, isAlive: dead }).drafts.list()).toEqual([draft('aaaaaa')]);
});

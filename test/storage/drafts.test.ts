import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/world.ts';
import { hostile, storeIn, tempFolder } from './support.ts';

const draft = (id: string, over: Partial<Draft> = {}): Draft => ({
  id, template: 'reflect', mode: 'quick', session: '2026-03-12', started: '2026-03-12T19:00:00.000-05:00', answers: { story: 'x', size: 3, kinds: ['misread'], safe: true, sit: null }, ...over,
});
const dead = (): boolean => false;

test('a draft of a run that has ended is offered, as it was', () => {
  const folder = tempFolder();
  const one = draft('aaaaaa', { half: { key: 'story', text: hostile.join('\n') }, with: 'Ada' });
  storeIn(folder, { pid: 11 }).drafts.keep(one);
  expect(storeIn(folder, { pid: 12, isAlive: dead }).drafts.list()).toEqual([one]);
});

test('a draft that a running program works on is not offered', () => {
  const folder = tempFolder();
  const running = storeIn(folder, { pid: 11 });
  running.drafts.keep(draft('aaaaaa'));
  expect(running.drafts.list()).toEqual([]);
  expect(storeIn(folder, { pid: 12, isAlive: () => true }).drafts.list()).toEqual([]);
  // The number was given to us; the run that had it is over.
  expect(storeIn(folder, { pid: 11, isAlive: () => true }).drafts.list()).toHaveLength(1);
});

test('three killed runs leave three drafts, and dropping one leaves two', () => {
  const folder = tempFolder();
  for (const id of ['aaaaaa', 'bbbbbb', 'cccccc']) storeIn(folder, { pid: 11 }).drafts.keep(draft(id));
  const { drafts } = storeIn(folder, { pid: 12, isAlive: dead });
  expect(drafts.list().map(({ id }) => id).sort()).toEqual(['aaaaaa', 'bbbbbb', 'cccccc']);
  drafts.drop('bbbbbb');
  drafts.drop('bbbbbb');
  expect(drafts.list()).toHaveLength(2);
  expect([drafts.has('aaaaaa'), drafts.has('bbbbbb')]).toEqual([true, false]);
});

test('a damaged draft is named, stays, and is moved aside before its name is used again', () => {
  const folder = tempFolder();
  const { drafts } = storeIn(folder, { isAlive: dead });
  drafts.keep(draft('aaaaaa'));
  const path = join(folder, '.rupture', 'drafts', 'aaaaaa.json');
  for (const bad of ['', '{', '[]', '{"draft":1}', readFileSync(path, 'utf8').replace('2026-03-12', '2026-02-31'), readFileSync(path, 'utf8').replace('null', '{}')]) {
    writeFileSync(path, bad);
    const later = storeIn(folder, { pid: 12, isAlive: dead }).drafts;
    expect(later.list()).toEqual([]);
    expect(later.damaged()).toMatchObject([{ path: '.rupture/drafts/aaaaaa.json', key: 'storage.draft-damaged' }]);
    expect(readFileSync(path, 'utf8')).toBe(bad);
  }
  storeIn(folder, { pid: 12 }).drafts.keep(draft('aaaaaa'));
  expect(readdirSync(join(folder, '.rupture', 'drafts'))).toEqual(['aaaaaa.json', expect.stringMatching(/^aaaaaa\.json\.damaged-\d+$/)]);
});

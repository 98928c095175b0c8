import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeKeyPair, encryptWithPassphrase } from '../../../src/storage/encryption/age.ts';
import type { FolderStore } from '../../../src/storage/notebook/folder-store.ts';
import { openKeyFiles } from '../../../src/storage/encryption/key-files.ts';
import { openLatestWinsQueue } from '../../../src/storage/drafts/latest-wins-queue.ts';
import type { Draft } from '../../../src/world/world.ts';
import { counted } from '../counted.ts';
import { alone, hostile, noteOf, storeIn, tempFolder, writer } from '../support.ts';

const passphrase = 'six words';
const pair = await makeKeyPair();
const identity = await encryptWithPassphrase(`${pair.identity}\n`, passphrase, 10);
let folder: string;
let asked: number;

/** Opens a store of an encrypted folder, with a moving clock. */
const open = (pid = process.pid): FolderStore =>
  storeIn(folder, {
    pid,
    isAlive: () => false,
    ask: () => {
      asked++;
      return Promise.resolve(passphrase);
    },
  });
const draft = (text: string): Draft => ({
  id: 'abcdef',
  template: 'reflect',
  mode: 'quick',
  session: '2026-03-12',
  started: '2026-03-12T19:00:00.000-05:00',
  answers: { what: text },
});
const drafts = (): string => join(folder, '.rupture', 'drafts');

beforeEach(async () => {
  folder = tempFolder();
  asked = 0;
  const files = openKeyFiles({ folder, configDir: join(folder, '.config'), writer, locked: alone });
  writer.makeFolder(join(folder, '.rupture'));
  writeFileSync(files.identityPath, identity);
  await files.pins.pin(pair.recipient);
  files.advertise(pair.recipient);
  files.setState('on');
});

describe('notes written by this run', () => {
  it('can be read and changed again without asking for the passphrase', async () => {
    const store = open();
    const path = await store.add(noteOf([{ level: 2, heading: 'What happened', text: hostile.join('\n') }]));
    const { text } = await store.read(path);
    expect(await store.revise(path, { front: { size: 9 }, append: [] })).toBe(
      text.replace('size: 5', 'size: 9'),
    );
    await store.remove([{ id: 'k3f9qa', path }]);
    expect([existsSync(path), asked]).toEqual([false, 0]);
  });
});

describe('a note of an earlier run', () => {
  it('is read under any new name that a person gave it, but not under the name of another note', async () => {
    const at = await open().add(noteOf([], { id: 'kaaaaa' }));
    const mine = join(folder, 'a walk.md.age');
    const other = join(folder, '2026-03-12-kbbbbb.md.age');
    for (const path of [mine, other]) writeFileSync(path, readFileSync(at));
    expect((await open().read(mine)).head.id).toBe('kaaaaa');
    await expect(open().read(other)).rejects.toMatchObject({
      key: 'storage.sealed-swapped',
      params: { path: other, id: 'kaaaaa' },
    });
    rmSync(at);
    expect((await open().scan()).moments.map(({ path }) => path)).toEqual([mine]);
  });

  it('is read any number of times after asking for the passphrase once', async () => {
    const path = await open().add(noteOf([]));
    const store = open();
    await Promise.all([store.read(path), store.scan(), store.read(path)]);
    await store.revise(path, { front: { size: 1 }, append: [] });
    expect(asked).toBe(1);
  });

  it('loses neither change when another change comes during its own', async () => {
    const path = await open().add(noteOf([]));
    await Promise.all(
      Array.from({ length: 12 }, (_one, at) =>
        open(at + 10).revise(path, { front: {}, history: `2026-03-1${at % 9} open ${at % 9}`, append: [] }),
      ),
    );
    expect((await open().read(path)).head.keys['history']).toHaveLength(13);
  });

  it('is left alone when it changed during an interview, and the answer is saved encrypted beside it', async () => {
    const path = await open().add(noteOf([]));
    const store = open();
    const { text } = await store.read(path);
    await open().revise(path, { front: { size: 1 }, append: [] });
    const now = readFileSync(path);
    await expect(
      store.revise(path, { front: {}, append: [{ level: 2, heading: 'Later', text: 'the clock' }] }, text),
    ).rejects.toThrow('storage.changed-elsewhere');
    expect(readFileSync(path).equals(now)).toBe(true);
    const [kept = ''] = readdirSync(join(folder, '.rupture', 'kept'));
    expect(kept).toMatch(/\.md\.age$/);
    expect(readFileSync(join(folder, '.rupture', 'kept', kept)).includes('clock')).toBe(false);
  });

  it('is decrypted, and a new note encrypted, after another command has encrypted the folder', async () => {
    const path = await open().add(noteOf([]));
    const names = ['identity.age', 'recipient.txt', 'sealing'].map(name => join(folder, '.rupture', name));
    for (const name of names) renameSync(name, `${name}.away`);
    const [store, writing] = [open(), open()];
    expect([store.hasEncrypted(), writing.hasEncrypted(), asked]).toEqual([false, false, 0]);
    for (const name of names) renameSync(`${name}.away`, name);
    expect(await writing.add(noteOf([], { id: 'kbbbbb' }))).toMatch(/-kbbbbb\.md\.age$/);
    expect([(await store.read(path)).head.id, asked]).toEqual(['k3f9qa', 1]);
  });

  it('is restored by undo byte for byte without a passphrase', async () => {
    const path = await open().add(noteOf([]));
    const before = readFileSync(path);
    await open().revise(path, { front: { size: 1 }, append: [] });
    asked = 0;
    await open().undo();
    expect([readFileSync(path).equals(before), asked]).toEqual([true, 0]);
  });
});

describe('a draft', () => {
  it('is encrypted in its newest version, and its own run needs no passphrase', async () => {
    const store = open();
    await Promise.all(['a', 'ab', 'abc', 'the clock'].map(text => store.drafts.save(draft(text))));
    expect(readdirSync(drafts())).toEqual(['abcdef.json.age']);
    expect(readFileSync(join(drafts(), 'abcdef.json.age')).includes('clock')).toBe(false);
    expect(asked).toBe(0);
    expect(await open(77).drafts.list()).toEqual([draft('the clock')]);
  });

  it('stays gone once dropped, even if a save was still pending', async () => {
    const store = open();
    const kept = [store.drafts.save(draft('one')), store.drafts.save(draft('two'))];
    store.drafts.drop('abcdef');
    await Promise.all(kept);
    expect(existsSync(drafts()) ? readdirSync(drafts()) : []).toEqual([]);
  });

  it('is claimed by a single run', async () => {
    await open(11).drafts.save(draft('one'));
    const store = open(12);
    expect(await store.drafts.claim('abcdef')).toBe(true);
    expect(readdirSync(drafts())).toEqual(['abcdef.json.age']);
  });
});

describe('a latest-wins queue', () => {
  it('runs the newest job last, and resolves each job when it or a newer job is done', async () => {
    const latest = openLatestWinsQueue();
    const done: number[] = [];
    const work = (at: number) => async (): Promise<void> => {
      await new Promise(resolve => setImmediate(resolve));
      done.push(at);
    };
    await Promise.all([1, 2, 3].map(at => latest.put('a', work(at)).then(() => expect(done).toContain(3))));
    expect(done.at(-1)).toBe(3);
  });

  it('reports a failure to its own caller, and runs the next job', async () => {
    const latest = openLatestWinsQueue();
    await expect(latest.put('a', () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    let isDone = false;
    await latest.put('a', async () => {
      isDone = true;
    });
    expect(isDone).toBe(true);
  });
});

describe('many drafts', () => {
  it('are each read once, with a single question for the passphrase', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `abcde${'abcdefghijkl'[at]}`);
    for (const id of ids) await open().drafts.save({ ...draft('x'), id });
    for (const work of ['list', 'countHeld', 'inactive', 'damaged'] as const) {
      asked = 0;
      const store = open(12);
      const { opened } = await counted(() => store.drafts[work]());
      expect([work, asked, ...ids.map(id => opened.get(join(drafts(), `${id}.json.age`)))]).toEqual([
        work,
        1,
        ...ids.map(() => 1),
      ]);
    }
    expect((await open(12).drafts.list()).map(({ id }) => id).sort()).toEqual(ids);
  });
});

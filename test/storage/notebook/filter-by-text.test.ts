import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NoteFile, NoteSummary, Unreadable } from '../../../src/world/world.ts';
import { noteOf, storeIn, tempFolder } from '../support.ts';

async function all(from: AsyncIterable<NoteFile | Unreadable>): Promise<readonly (NoteFile | Unreadable)[]> {
  const found: (NoteFile | Unreadable)[] = [];
  for await (const one of from) found.push(one);
  return found;
}

/** Makes note summaries with only a path and an id. */
const at = (...paths: readonly string[]): readonly NoteSummary[] =>
  paths.map(path => ({ path, head: { id: /-(\w+)\.md$/.exec(path)?.[1] } as NoteSummary['head'] }));

const named = (one: NoteFile | Unreadable): string => ('key' in one ? `${one.path} ${one.key}` : one.head.id);

describe('filtering notes by their text', () => {
  it('reads each text once, in the given order, and parses those that pass', async () => {
    const store = storeIn(tempFolder());
    const paths = [];
    for (const id of ['kaaaaa', 'kbbbbb', 'kccccc'])
      paths.push(
        await store.add(noteOf([{ level: 2, heading: 'What happened', text: `text of ${id}` }], { id })),
      );
    const seen: string[] = [];
    const found = await all(
      store.filterByText(at(...paths.toReversed()), text => {
        seen.push(/text of (\w+)/.exec(text)?.[1] ?? '');
        return !text.includes('kbbbbb');
      }),
    );
    expect([seen, found.map(named)]).toEqual([
      ['kccccc', 'kbbbbb', 'kaaaaa'],
      ['kccccc', 'kaaaaa'],
    ]);
    expect(found[0]).toMatchObject({
      path: paths[2],
      sections: [{ heading: 'What happened', text: 'text of kccccc' }],
    });
  });

  it('stops reading when the caller stops iterating', async () => {
    const store = storeIn(tempFolder());
    const paths = [
      await store.add(noteOf([], { id: 'kaaaaa' })),
      await store.add(noteOf([], { id: 'kbbbbb' })),
    ];
    let looked = 0;
    for await (const one of store.filterByText(at(...paths), () => (looked += 1) > 0)) {
      expect(named(one)).toBe('kaaaaa');
      break;
    }
    expect(looked).toBe(1);
  });

  it('returns notes that have become unreadable as such, and continues', async () => {
    const folder = tempFolder();
    const store = storeIn(folder);
    const paths = [];
    for (const id of ['kaaaaa', 'kbbbbb', 'kccccc', 'kddddd', 'keeeee'])
      paths.push(await store.add(noteOf([], { id })));
    const [gone = '', torn = '', broken = '', yaml = ''] = paths;
    rmSync(gone);
    writeFileSync(torn, Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]));
    writeFileSync(broken, 'no front matter');
    writeFileSync(
      yaml,
      "---\nrupture: 1\nid: kddddd\nsession: '2026-03-12'\ntitle: >-\n  folded\n  twice\n---\n",
    );
    chmodSync(yaml, 0o600);
    expect((await all(store.filterByText(at(...paths), () => true))).map(named)).toEqual([
      '2026-03-12-kaaaaa.md storage.read-missing',
      '2026-03-12-kbbbbb.md storage.read-not-text',
      '2026-03-12-kccccc.md storage.front-missing',
      'kddddd',
      'keeeee',
    ]);
  });

  it('does not read again a text that the index contains', async () => {
    const folder = tempFolder();
    const store = storeIn(folder);
    const long = 'x'.repeat(5000);
    for (const [id, text] of [
      ['kaaaaa', 'wanted'],
      ['kbbbbb', 'other'],
      ['kccccc', `wanted ${long}`],
      ['kddddd', `other ${long}`],
    ] as const)
      await store.add(noteOf([{ level: 2, heading: 'What happened', text }], { id }));
    const { moments } = await store.scan((_head, readText) => readText().includes('wanted'));
    expect(
      moments.map(({ head, texts }) => [
        head.id,
        typeof texts === 'object' ? texts.sections.map(one => one.text) : texts,
      ]),
    ).toEqual([
      ['kaaaaa', ['wanted']],
      ['kbbbbb', 'not-needed'],
      ['kccccc', undefined],
      ['kddddd', undefined],
    ]);
    const read: string[] = [];
    const found = await all(
      store.filterByText(moments, text => {
        read.push(text.slice(text.indexOf('id: ') + 4).slice(0, 6));
        return text.includes('wanted');
      }),
    );
    expect([read, found.map(named)]).toEqual([
      ['kccccc', 'kddddd'],
      ['kaaaaa', 'kccccc'],
    ]);
  });
});

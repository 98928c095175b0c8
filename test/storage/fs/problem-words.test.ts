import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { storagePlaces } from '../../../src/storage/fs/problems.ts';

const words: Record<string, { readonly says: string; readonly do: string }> = parse(
  readFileSync('templates/en/words/storage.yaml', 'utf8'),
);
const source = readdirSync('src/storage', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(`src/storage/${name}`, 'utf8'))
  .join('\n');

test('every problem has words with exactly the placeholders that it fills', () => {
  expect(
    Object.keys(words)
      .map(key => `storage.${key}`)
      .sort(),
  ).toEqual(Object.keys(storagePlaces).sort());
  for (const [key, places] of Object.entries(storagePlaces)) {
    const entry = words[key.slice('storage.'.length)];
    expect(Object.keys(entry ?? {})).toEqual(['says', 'do']);
    const used = [...`${entry?.says} ${entry?.do}`.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name);
    expect({ key, used: [...new Set(used)].sort() }).toEqual({ key, used: [...places].sort() });
  }
});

test('the code uses every key of the table and no other', () => {
  const used = [...source.matchAll(/fault\('(storage\.[a-z-]+)'/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(storagePlaces).sort());
  expect([...source.matchAll(/new Problem\('storage/g)]).toHaveLength(0);
});

test('the words are calm', () => {
  for (const { says, do: help } of Object.values(words)) {
    expect(`${says} ${help}`).not.toMatch(
      /\b(should|must|just|simply|issues?|victim|client|patient|trigger|toxic|obviously)\b/i,
    );
    expect(says).toMatch(/\.$/);
    expect(help).toMatch(/\.$/);
  }
});

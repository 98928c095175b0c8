import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasWords } from '../../../src/core/language/words.ts';
import { tree } from '../voice.ts';

const folder = new URL('../../../src/terminal/', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map(name => name.replaceAll('\\', '/'))
  .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map(name => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

test('every key that the prompts use has words', () => {
  const keys = sources.flatMap(({ text }) =>
    [...text.matchAll(/'(terminal\.[a-z_.]+)'/g)].map(match => match[1] ?? ''),
  );
  const plain = sources.flatMap(({ text }) =>
    [...text.matchAll(/(?:tell\(|key: )'([a-z_0-9]+)'/g)].map(match => match[1] ?? ''),
  );
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter(key => !hasWords(tree, key))).toEqual([]);
  expect(plain.filter(key => !hasWords(tree, `terminal.plain.${key}`))).toEqual([]);
  expect(
    ['text', 'select', 'multi', 'scale', 'confirm', 'day'].filter(
      kind => !hasWords(tree, `terminal.plain.${kind}`),
    ),
  ).toEqual([]);
  expect(
    [
      'missing',
      'missing_kept',
      'failed',
      'failed_kept',
      'killed',
      'killed_unchanged',
      'gone',
      'gone_kept',
      'not_utf8',
      'at_once',
    ].filter(end => !hasWords(tree, `terminal.editor_${end}`)),
  ).toEqual([]);
  expect(['says', 'do'].filter(part => !hasWords(tree, `terminal.input-not-utf8.${part}`))).toEqual([]);
  expect(
    ['skip', 'back', 'help', 'draft'].filter(part => !hasWords(tree, `terminal.header_keys.${part}`)),
  ).toEqual([]);
});

test('the words are calm', () => {
  const all = JSON.stringify(tree).toLowerCase();
  expect(
    all.match(/\b(?:should|must|just|simply|issue|victim|client|patient|trigger|toxic|obviously)|!/g),
  ).toBeNull();
});

test('nothing here reads global process state', () => {
  expect(
    sources
      .filter(({ text }) => /\bprocess\.(?!on\('exit'\))/.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')))
      .map(({ name }) => name),
  ).toEqual([]);
});

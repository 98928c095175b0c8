import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasWords } from '../../src/core/words.ts';
import { tree } from './voice.ts';

const folder = new URL('../../src/terminal/', import.meta.url);
const sources = readdirSync(folder)
  .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map(name => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

function importers(name: string): string[] {
  return sources
    .filter(({ text }) => text.includes(`from '${name}'`) || text.includes(`import('${name}')`))
    .map(source => source.name)
    .sort();
}

test('every key that the prompts say has words', () => {
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

test('only the owner of a slow package imports it', () => {
  const owners: Readonly<Record<string, readonly string[]>> = {
    inquirer: ['drive.ts'],
    '@inquirer/core': ['drive.ts', 'key-events.ts'],
    chalk: ['chalk.ts'],
    marked: ['render-markdown.ts'],
    'marked-terminal': ['render-markdown.ts'],
  };
  expect(Object.fromEntries(Object.keys(owners).map(name => [name, importers(name)]))).toEqual(owners);
});

test('nothing here reads the process', () => {
  expect(
    sources
      .filter(({ text }) => /\bprocess\.(?!on\('exit'\))/.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')))
      .map(({ name }) => name),
  ).toEqual([]);
});

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = ['README.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md', 'test/bench/README.md'];
/** Paths that stand for any of their kind. */
const madeUp = ['templates/de/', 'test/fixtures/import/NAME/'];

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test.each(documents)('every path below src, test, templates and bin that %s names exists', document => {
  const named = [...read(document).matchAll(/(?<=[`\s])(?:src|test|templates|bin)\/[\w./-]*\w\/?(?=[`\s:])/g)]
    .map(([path]) => path)
    .filter(path => !madeUp.includes(path));
  const missing = named.filter(
    path => !existsSync(join(root, path)) && !existsSync(join(root, `${path}.test.ts`)),
  );
  expect(missing).toEqual([]);
});

test.each(documents)('every link of %s to a file leads somewhere', document => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, to = '']) => to);
  expect(links.filter(to => !existsSync(join(root, dirname(document), to)))).toEqual([]);
});

test.each(documents)('every npm script that %s names exists', document => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...read(document).matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name = '']) => name);
  expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
});

test('each promise of .github/SECURITY.md names a test', () => {
  const promises = read('.github/SECURITY.md').split('## The promises')[1]?.split('\n## ')[0] ?? '';
  const rows = promises.split('\n').filter(line => /^\| (?!promise|---)/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter(row => !/\| `test\/[^|]*\|$/.test(row))).toEqual([]);
});

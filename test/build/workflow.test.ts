import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('.github/workflows/test.yml');
const workflow = parse(text);

test('the jobs run on Linux, macOS and Windows, with every supported Node', () => {
  const { unix, windows } = workflow.jobs;
  expect(unix.strategy.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest'], node: [20, 22, 24, 26] });
  expect([windows['runs-on'], windows.strategy.matrix]).toEqual([
    'windows-latest',
    { node: [20, 22, 24, 26] },
  ]);
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=20.19');
});

test('the jobs have read access only, no secrets, and pin each action to a commit hash', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(Object.values(workflow.jobs).some(job => JSON.stringify(job).includes('permissions'))).toBe(false);
  expect(text).not.toMatch(/secrets\.|pull_request_target/);
  const used = [...text.matchAll(/uses: (.+)/g)].map(([, name = '']) => name);
  const pinned = /^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  expect([used.length, used.filter(name => !pinned.test(name))]).toEqual([4, []]);
});

test('the jobs install exactly the versions of package-lock.json, and run scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...text.matchAll(/run: npm (?:run )?([a-z:]+)(?= |$)/gm)].map(([, name = '']) => name);
  expect(named.filter(name => name === 'ci' || name === 'install')).toEqual(['ci', 'ci']);
  const run = named.filter(name => name !== 'ci');
  expect([run.length, run.filter(name => !Object.hasOwn(scripts, name))]).toEqual([3, []]);
});

test('every development dependency has an exact version', () => {
  const { devDependencies } = JSON.parse(read('package.json'));
  const versions: readonly unknown[] = Object.values(devDependencies);
  expect(versions.filter(version => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('.github/workflows/test.yml');
const workflow = parse(text);

test('the runners are of Linux, macOS and Windows, with every Node that is promised', () => {
  const { unix, windows } = workflow.jobs;
  expect(unix.strategy.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest'], node: [20, 22, 24, 26] });
  expect([windows['runs-on'], windows.strategy.matrix]).toEqual([
    'windows-latest',
    { node: [20, 22, 24, 26] },
  ]);
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=20.19');
});

test('the jobs may only read, see no secret, and take each action by the hash of its commit', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(Object.values(workflow.jobs).some(job => JSON.stringify(job).includes('permissions'))).toBe(false);
  expect(text).not.toMatch(/secrets\.|pull_request_target/);
  const used = [...text.matchAll(/uses: (.+)/g)].map(([, name = '']) => name);
  const pinned = /^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  expect([used.length, used.filter(name => !pinned.test(name))]).toEqual([4, []]);
});

test('they install exactly what package-lock.json names, and run scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...text.matchAll(/run: npm (?:run )?([a-z:]+)(?= |$)/gm)].map(([, name = '']) => name);
  expect(named.filter(name => name === 'ci' || name === 'install')).toEqual(['ci', 'ci']);
  const run = named.filter(name => name !== 'ci');
  expect([run.length, run.filter(name => !Object.hasOwn(scripts, name))]).toEqual([3, []]);
});

test('every version of a development package is exact', () => {
  const { devDependencies } = JSON.parse(read('package.json'));
  const versions: readonly unknown[] = Object.values(devDependencies);
  expect(versions.filter(version => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
});

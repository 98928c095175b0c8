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

test('they may read and no more, know no secret, and take actions by their major version', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(Object.values(workflow.jobs).some(job => JSON.stringify(job).includes('permissions'))).toBe(false);
  expect(text).not.toMatch(/secrets\.|pull_request_target/);
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name);
  expect([used.length, used.filter(name => !/^actions\/[a-z-]+@v\d+$/.test(name ?? ''))]).toEqual([4, []]);
});

test('what npm scripts and folders they name are there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...text.matchAll(/run: npm (?:run )?([a-z:]+)(?= |$)/gm)]
    .map(([, name]) => name)
    .filter(name => name !== 'install');
  expect([named.length, named.filter(name => !Object.hasOwn(scripts, name ?? ''))]).toEqual([3, []]);
});

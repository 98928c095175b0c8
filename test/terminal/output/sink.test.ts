import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFileSink } from '../../../src/terminal/output/sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'rupture-sink-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes all texts in order', () => {
  const path = join(folder, 'whole');
  const fd = openSync(path, 'w');
  const sink = openFileSink(fd);
  let done = 0;
  sink.write('naïve ', () => (done += 1));
  sink.write(Buffer.from('没有听我说\n'), () => (done += 1));
  closeSync(fd);
  expect([readFileSync(path, 'utf8'), done]).toEqual(['naïve 没有听我说\n', 2]);
});

test('reports an error to the listeners and does not throw', () => {
  // Open for reading only, so writing fails.
  const fd = openSync(join(folder, 'whole'), 'r');
  const sink = openFileSink(fd);
  const failures: (string | undefined)[] = [];
  sink.on('error', ({ code }) => failures.push(code));
  let done = 0;
  sink.write('abcdef', () => (done += 1));
  closeSync(fd);
  expect([failures, done]).toEqual([['EBADF'], 1]);
});

// A limit on the size of a file takes the first part of a text, as a full disk does.
test.skipIf(process.platform === 'win32')('reports a text of which only the beginning was written', () => {
  const program = `
    import { openFileSink } from './src/terminal/output/sink.ts';
    const sink = openFileSink(1);
    sink.on('error', ({ code }) => { process.stderr.write(code); });
    sink.write('x'.repeat(5000));`;
  const built = join(folder, 'program.mjs');
  const bundle = ['esbuild', '--bundle', '--platform=node', '--format=esm', `--outfile=${built}`];
  expect(spawnSync('npx', bundle, { input: program }).status).toBe(0);
  const path = join(folder, 'cut');
  const limited = `trap '' XFSZ; ulimit -f 2; exec "$0" "$1" > "$2"`;
  const ran = spawnSync('bash', ['-c', limited, process.execPath, built, path], { encoding: 'utf8' });
  expect([readFileSync(path).length, ran.stderr]).toEqual([2048, 'EFBIG']);
});

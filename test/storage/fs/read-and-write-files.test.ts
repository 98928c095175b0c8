import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryReadLines, tryReadWhole } from '../../../src/storage/fs/read-file.ts';
import { openWriter } from '../../../src/storage/fs/write-file.ts';
import { tempFolder, writer } from '../support.ts';

const faultOf = (path: string): string | undefined => {
  const read = tryReadWhole(path);
  return read.is === 'fault' ? read.fault.key : undefined;
};

test('names anything but a regular text file, without blocking on it', () => {
  const folder = tempFolder();
  const at = (name: string): string => join(folder, name);
  execFileSync('mkfifo', [at('fifo')]);
  symlinkSync('/dev/zero', at('zero'));
  const sparse = openSync(at('sparse'), 'w');
  ftruncateSync(sparse, 1024 ** 3);
  closeSync(sparse);
  writeFileSync(at('latin1'), Buffer.from([0x61, 0xe9, 0x62]));
  mkdirSync(at('folder'));
  expect(faultOf(at('fifo'))).toBe('storage.read-not-file');
  expect(faultOf(at('zero'))).toBe('storage.read-link');
  expect(faultOf(at('sparse'))).toBe('storage.read-too-large');
  expect(faultOf(at('latin1'))).toBe('storage.read-not-text');
  expect(faultOf(at('folder'))).toBe('storage.read-not-file');
  expect(faultOf(at('none'))).toBe('storage.read-missing');
  expect(faultOf('/dev/zero')).toBe('storage.read-not-file');
});

test('keeps a BOM, and returns the whole text', () => {
  const path = join(tempFolder(), 'a');
  const text = `\ufeff${'ä'.repeat(300_000)}`;
  expect(writer.add(path, text)).toBe(true);
  expect(tryReadWhole(path)).toEqual({ is: 'text', text });
});

const linesOf = (path: string, limit = 10_000_000): readonly string[] | string => {
  const lines: string[] = [];
  return tryReadLines(path, limit, line => lines.push(line))?.key ?? lines;
};

test.each([
  ['no text', '', []],
  ['one line', 'a', ['a']],
  ['a line end at the end', 'a\n\nb\n', ['a', '', 'b']],
  [
    'lines longer than what is read at once',
    `${'ä'.repeat(800_000)}\n${'b'.repeat(1_048_575)}\n${'€'.repeat(700_000)}`,
    ['ä'.repeat(800_000), 'b'.repeat(1_048_575), '€'.repeat(700_000)],
  ],
])('lines come back as they are: %s', (_, text, lines) => {
  const path = join(tempFolder(), 'a');
  writeFileSync(path, text);
  expect(linesOf(path)).toEqual(lines);
});

test('reads lines only from a regular text file within the limit', () => {
  const folder = tempFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('a'), 'a\nb\n');
  writeFileSync(at('latin1'), Buffer.from([0x61, 0x0a, 0xe9, 0x0a, 0x62]));
  symlinkSync(at('a'), at('link'));
  execFileSync('mkfifo', [at('fifo')]);
  expect([
    linesOf(at('a'), 4),
    linesOf(at('a'), 3),
    linesOf(at('latin1')),
    linesOf(at('link')),
    linesOf(at('fifo')),
    linesOf(at('none')),
  ]).toEqual([
    ['a', 'b'],
    'storage.read-too-large',
    'storage.read-not-text',
    'storage.read-link',
    'storage.read-not-file',
    'storage.read-missing',
  ]);
});

test('writes private files and folders, and leaves nothing else', () => {
  const folder = tempFolder();
  const before = process.umask(0);
  try {
    writer.add(join(folder, 'x', 'y', 'a.md'), 'one');
    writer.put(join(folder, 'x', 'b'), 'two');
  } finally {
    process.umask(before);
  }
  expect(statSync(join(folder, 'x')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'x', 'y')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'x', 'y', 'a.md')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'x'))).toEqual(['b', 'y']);
  expect(readdirSync(join(folder, 'x', 'y'))).toEqual(['a.md']);
});

test('adding never overwrites', () => {
  const folder = tempFolder();
  const path = join(folder, 'a.md');
  expect(writer.add(path, 'one')).toBe(true);
  expect(writer.add(path, 'two')).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('one');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('does not replace a file that has changed since', () => {
  const folder = tempFolder();
  const path = join(folder, 'a.md');
  writer.add(path, 'one');
  expect(writer.replace(path, 'two', 'other')).toBe(false);
  expect(writer.replace(path, 'two', 'one')).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test.skipIf(process.platform !== 'linux')('a full disk leaves no partial file and is reported', () => {
  // /dev/full can't be a folder, so a limit on file sizes stands for a full disk.
  const folder = tempFolder();
  const script = `
    process.on('SIGXFSZ', () => {});
    const { openWriter } = await import(process.argv[1]);
    const writer = openWriter({ pid: process.pid, random: (count) => new Uint8Array(count) });
    try { writer.put(process.argv[2] + '/a', 'x'.repeat(200000)); } catch (error) { console.log(error.key, error.params.path); }`;
  writeFileSync(join(folder, 'a'), 'old');
  const bundle = join(tempFolder(), 'writer.mjs');
  execFileSync('node_modules/.bin/esbuild', [
    'src/storage/fs/write-file.ts',
    '--bundle',
    '--format=esm',
    '--platform=node',
    `--outfile=${bundle}`,
    '--log-level=error',
  ]);
  const said = execFileSync(
    'prlimit',
    ['--fsize=65536', process.execPath, '--input-type=module', '-e', script, bundle, folder],
    { encoding: 'utf8' },
  );
  expect(said.trim()).toBe(`storage.write-too-large ${folder}/a`);
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
});

test('names a file in the place of a folder', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'f'), '');
  expect(() => writer.add(join(folder, 'f', 'a.md'), 'x')).toThrow(/storage\.write-/);
});

test('two writers with the same random do not share a temporary file', () => {
  const folder = tempFolder();
  const same = openWriter({ pid: 1, random: count => new Uint8Array(count) });
  writeFileSync(join(folder, '.a.1-000000000000.tmp'), 'of another');
  expect(() => same.put(join(folder, 'a'), 'x')).toThrow('storage.write-failed');
  expect(readFileSync(join(folder, '.a.1-000000000000.tmp'), 'utf8')).toBe('of another');
});

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { startPty } from '../support/pty.ts';
import { keys, patience } from './support/hand.ts';
import { openHome, openLived } from './support/home.ts';
import type { Home } from './support/home.ts';
import { canTrace, readOf, traced } from './support/traced.ts';
import type { ReadOf } from './support/traced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  if (!canTrace)
    process.stderr.write(
      'strace is not here, or may not look: what a command loads and reads is not checked.\n',
    );
  packed = await openPacked();
});

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The packages that few commands need: each has a file of its own in `dist`. */
const separate = [
  'age-encryption',
  '@inquirer/core',
  'inquirer',
  'marked',
  'marked-terminal',
  '@scure/base',
  'yaml',
];

/** Runs a command, on a terminal where `key` ends it, and names the packages whose code ran. */
async function packagesLoaded(home: Home, args: readonly string[], key?: string): Promise<readonly string[]> {
  const folder = join(home.root, 'coverage');
  const env = { NODE_V8_COVERAGE: folder };
  if (key === undefined) home.run(args, { env });
  else {
    const [file, list] = home.command(args, { ...env, TERM: 'xterm-256color' });
    const pty = startPty(file, list, { rows: 40, cwd: home.root });
    onTestFinished(() => pty.kill('SIGKILL'));
    await pty.waitFor(/\S/, patience);
    pty.write(key);
    await pty.exited;
  }
  const reports = readdirSync(folder).map((name): Coverage =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')),
  );
  rmSync(folder, { recursive: true });
  const urls = reports.flatMap(({ result }) => result.map(({ url }) => url));
  expect(urls.some(url => url.endsWith('/dist/rupture.cjs'))).toBe(true);
  return separate.filter(name => urls.some(url => url.endsWith(`/dist/${name.replace('/', '-')}.cjs`)));
}

describe('what is loaded', () => {
  test('every package with a file of its own', () => {
    const files = readdirSync(join(packed.folder, 'dist')).filter(name => name.endsWith('.cjs'));
    const expected = ['rupture', ...separate.map(name => name.replace('/', '-'))];
    expect(files.toSorted()).toEqual(expected.map(name => `${name}.cjs`).toSorted());
  });

  test.each([
    '--version',
    '--help',
    'help-now',
    'where',
    'learn',
    'completion bash',
    'config',
    'templates',
    'reflect -m again',
    'summary',
    'summary --format json',
    'list',
    'search moved',
    'patterns',
    'show last',
    'show last --format plain',
    'mark last planned',
    'delete last --yes',
    'trash',
    'undo',
    'export json',
    'export markdown',
    'doctor',
    'reflect',
  ])('rupture %s loads no package that it does not need', async line => {
    expect(await packagesLoaded(openLived(packed.rupture), line.split(' '))).toEqual([]);
  });

  test.each([
    ['reflect --answers a.yaml', undefined, ['yaml']],
    ['encrypt status', undefined, ['age-encryption', '@scure/base']],
    ['reflect', keys.ctrlC, ['@inquirer/core', 'inquirer']],
    ['show last', keys.enter, ['marked', 'marked-terminal']],
  ])('rupture %s loads what it needs', async (line, key, expected) => {
    const home = openLived(packed.rupture);
    writeFileSync(join(home.root, 'a.yaml'), 'sit: good\n');
    expect(await packagesLoaded(home, line.split(' '), key)).toEqual(expected);
  });
});

/** Returns how often a command lists the notes folder, from its system calls. */
function namesAsked(home: Home, args: readonly string[]): number {
  let [asked, descriptor] = [0, ''];
  for (const line of traced(home, 'openat,getdents64,close', [packed.rupture, ...args]).split('\n')) {
    const [, path, opened = ''] = /^openat\([^"]*"([^"]*)".*O_DIRECTORY.* = (\d+)$/.exec(line) ?? [];
    // The kernel reuses a descriptor once it is closed.
    if (line.startsWith(`close(${descriptor})`) || opened === descriptor) descriptor = '';
    if (path === home.folder) descriptor = opened;
    if (descriptor !== '' && line.startsWith(`getdents64(${descriptor}, `)) asked += 1;
  }
  return asked;
}

/** Returns how often a command opens notes, and how many bytes it reads from them. */
function notesRead(home: Home, args: readonly string[]): ReadOf {
  return readOf(traced(home, 'openat,read,pread64,close', [packed.rupture, ...args]), path =>
    /\/2020-01-01-[^/]*$/.test(path),
  );
}

/** A home with `count` notes of 15 KB or 300 bytes: every tenth is open, every fifth has a rare word. */
function withNotes(count: number, length: 'long' | 'short'): Home {
  const home = openHome(packed.rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  for (let index = 0; index < count; index += 1) {
    const id = `k${String(index).padStart(5, 'a')}`;
    const front = `rupture: 1\nid: ${id}\nsession: 2020-01-01\nstatus: ${index % 10 === 0 ? 'open' : 'repaired'}\ntitle: They moved on\n`;
    const text = `${'They moved on. '.repeat(length === 'long' ? 1000 : 10)}${index % 5 === 0 ? 'The clock.' : ''}`;
    writeFileSync(
      join(home.folder, `2020-01-01-${id}.md`),
      `---\n${front}---\n\n# They moved on\n\n## What happened\n\n${text}\n`,
      { mode: 0o600 },
    );
  }
  return home;
}

test('counts bytes per descriptor, whatever else is opened in between', () => {
  const trace = [
    'openat(AT_FDCWD, "/n/a.md", O_RDONLY|O_CLOEXEC) = 21',
    'openat(AT_FDCWD, "/proc/sys/vm/overcommit_memory", O_RDONLY|O_CLOEXEC) = 22',
    'read(22, "0", 1)                        = 1',
    'close(22)                               = 0',
    'pread64(21, "---\\n", 4096, 0)           = 4096',
    'pread64(21, "", 4096, 4096)             = 0',
    'close(21)                               = 0',
    'read(21, "\\1\\0", 1024)                 = 8',
    'openat(AT_FDCWD, "/n/.a.md", O_WRONLY|O_CREAT|O_EXCL, 0600) = 21',
    'openat(AT_FDCWD, "/n/b.md", O_RDONLY) = -1 ENOENT (No such file or directory)',
    'openat(AT_FDCWD, "/n/c.md", O_RDONLY) = 23',
    'read(23, "= 7", 1024)                   = 3',
    '',
  ].join('\n');
  expect(readOf(trace, path => path.endsWith('.md'))).toEqual({ opened: 2, bytes: 4099 });
});

describe.runIf(canTrace)('what is read', () => {
  // The program lists names to find encrypted notes: it must not write plaintext among them.
  test('adding a note opens no existing note and lists the folder once', () => {
    expect(notesRead(withNotes(200, 'short'), ['reflect', '-m', 'again'])).toEqual({ opened: 0, bytes: 0 });
    const [adding, listing] = [['reflect', '-m', 'again'], ['list']].map(args =>
      namesAsked(withNotes(2000, 'short'), args),
    );
    expect(adding).toBeLessThanOrEqual((listing ?? 0) + 1);
  });

  // A command reads the first 4 KB of a long note, and the rest only to show or search it; a short note it
  // reads once.
  const head = 4096;
  const whole = 15_200;
  test.each([
    ['summary --count', { short: 200, long: 200 }, 200 * head],
    ['list', { short: 200, long: 200 }, 200 * head],
    ['summary', { short: 200, long: 220 }, 200 * head + 20 * whole],
    ['summary --format json', { short: 200, long: 220 }, 200 * head + 20 * whole],
    ['search clock', { short: 200, long: 400 }, 200 * head + 200 * whole],
    ['show kaaaa7', { short: 201, long: 201 }, 200 * head + whole],
    ['patterns', { short: 200, long: 380 }, 200 * head + 180 * whole],
    ['mark kaaaa7 eased', { short: 202, long: 202 }, 200 * head + 2 * whole],
  ])('rupture %s opens and reads each note no more than it needs', (line, opened, most) => {
    const [short, long] = [
      notesRead(withNotes(200, 'short'), line.split(' ')),
      notesRead(withNotes(200, 'long'), line.split(' ')),
    ];
    expect({ short: short.opened, long: long.opened }).toEqual(opened);
    expect(long.bytes).toBeGreaterThanOrEqual(200 * head);
    expect(long.bytes).toBeLessThanOrEqual(most);
  });
});

// 30 MB of notes, each partly shown, in a heap of 16 MB: a short slice of
// a long string keeps the whole string in memory, so slices must be copied.
describe('what stays in memory', () => {
  test.each([
    ['summary', 'Can we go back to the clock?'],
    ['summary --format json', 'Can we go back to the clock?'],
    ['search clock', 'go back'],
    ['list', 'They looked at the clock'],
  ])('rupture %s keeps only what it shows of a long note', (line, shown) => {
    const home = openHome(packed.rupture);
    mkdirSync(home.folder, { mode: 0o700 });
    for (let index = 0; index < 1500; index += 1) {
      const id = `k${String(index).padStart(5, 'a')}`;
      const text = `---\nrupture: 1\nid: ${id}\nsession: 2020-01-01\nstatus: planned\ntitle: They looked at the clock, and I saw it\n---\n\n# They looked at the clock\n\n## What happened\n\n${'They moved on. '.repeat(1400)}\n\n## One sentence\n\nCan we go back to the clock?\n`;
      writeFileSync(join(home.folder, `2020-01-01-${id}.md`), text, { mode: 0o600 });
    }
    const { code, out, err } = home.run(line.split(' '), {
      env: { NODE_OPTIONS: '--max-old-space-size=16' },
    });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('kaaaa7');
    expect(out).toContain(shown);
  });
});

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { openHome } from './home.ts';
import type { Home } from './home.ts';
import { canTrace, traced } from './traced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  if (!canTrace) process.stderr.write('strace is not here, or may not look: what the kernel is asked for is not checked.\n');
  packed = await openPacked();
});

/** A home with a note in it. */
function lived(): Home {
  const home = openHome(packed.rupture);
  expect(home.run(['reflect', '-m', 'They moved on.']).code).toBe(0);
  writeFileSync(join(home.root, 'a.yaml'), 'sit: bothered\nwhat: They moved on.\n');
  return home;
}

const lines = [
  '--version', '--help', '', 'help-now', 'where', 'summary', 'summary --format json', 'show last', 'learn', 'learn mending', 'learn --sources', 'mark last eased', 'reflect -m again',
  'reflect --answers a.yaml', 'reflect', 'config', 'config path', 'config set mode full', 'config get mode', 'config unset mode',
];

describe.runIf(canTrace)('no network', () => {
  test.each(lines)('rupture %s', (line) => {
    expect(traced(lived(), '%network', [packed.rupture, ...line.split(' ').filter(Boolean)], { input: '3\nThey moved on.\n' })).not.toMatch(/AF_INET/);
  });

  test('a program that looks for a network is seen', () => {
    expect(traced(lived(), '%network', [process.execPath, '-e', "require('node:net').connect(9, '127.0.0.1').on('error', () => {})"])).toMatch(/AF_INET/);
  });
});

// A word of each package that nothing else has; the build leaves names as they are.
const marks = { yaml: 'YAMLParseError', inquirer: 'AbortPromptError', marked: 'parseInline', conf: 'configFileMode', chalk: 'bgRedBright' } as const;

function loaded(home: Home, args: readonly string[]): readonly string[] {
  const trace = traced(home, 'openat', [packed.rupture, ...args]);
  const names = [...trace.matchAll(/"([^"\n]+)"[^\n]*\) = \d+$/gm)].map(([, path]) => path ?? '').filter((path) => path.startsWith(packed.folder) && path.endsWith('.js'));
  return [...new Set(names)].map((path) => path.slice(packed.folder.length + 1));
}

function packagesIn(paths: readonly string[]): readonly string[] {
  const text = paths.map((path) => readFileSync(join(packed.folder, path), 'utf8')).join('\n');
  return Object.entries(marks).filter(([, mark]) => text.includes(mark)).map(([name]) => name);
}

/** Names without hashes; what several commands share has no name of its own. */
function named(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.includes('/chunks/')).map((path) => basename(path).replace(/-[A-Z0-9]{8}\.js$/, '')).filter((name) => name !== 'chunk').sort();
}

describe.runIf(canTrace)('what is loaded', () => {
  test('every package is somewhere', () => {
    const all = readdirSync(join(packed.folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => join('dist', name));
    expect(packagesIn(all)).toEqual(Object.keys(marks));
  });

  test.each([
    ['--version', []],
    ['--help', []],
    ['where', ['where']],
    ['help-now', ['help-now', 'help-now']],
    ['reflect -m again', ['fields', 'open-store', 'reflect']],
    ['summary', ['fields', 'lists', 'open-store', 'summary']],
    ['show last', ['open-store', 'show']],
  ])('rupture %s', (line, expected) => {
    const paths = loaded(lived(), line.split(' '));
    expect(packagesIn(paths)).toEqual([]);
    expect(named(paths)).toEqual(expected);
  });

  // Each file costs at every start, however small it is.
  test('what every start needs is in three files, and what the commands share in one', () => {
    const withoutName = (line: string): number => {
      const paths = loaded(lived(), line.split(' ')).filter((path) => path.startsWith('dist/'));
      return paths.length - named(paths).length;
    };
    expect(['--version', 'where'].map(withoutName)).toEqual([3, 3]);
    expect(['summary', 'show last', 'reflect -m again'].map(withoutName)).toEqual([4, 4, 4]);
  });

  test('answers in a file need the YAML reader, and it is seen', () => {
    expect(packagesIn(loaded(lived(), ['reflect', '--answers', 'a.yaml']))).toEqual(['yaml']);
  });
});

/** How often the kernel was asked for the names in the folder of notes. */
function namesAsked(home: Home, args: readonly string[]): number {
  const trace = traced(home, 'openat,getdents64', [packed.rupture, ...args]);
  const file = new RegExp(`"${home.folder}", [^\n]*O_DIRECTORY[^\n]*= (\\d+)$`, 'm').exec(trace)?.[1];
  return file === undefined ? 0 : [...trace.matchAll(new RegExp(`^getdents64\\(${file}, `, 'gm'))].length;
}

function notesOpened(home: Home, args: readonly string[]): number {
  return traced(home, 'openat', [packed.rupture, ...args]).split('\n').filter((line) => line.includes('2020-01-01-') && line.includes('O_RDONLY')).length;
}

/** So many notes; every tenth is open. */
function withNotes(count: number): Home {
  const home = openHome(packed.rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  for (let index = 0; index < count; index += 1) {
    const id = `k${String(index).padStart(5, 'a')}`;
    const front = `rupture: 1\nid: ${id}\nsession: 2020-01-01\nstatus: ${index % 10 === 0 ? 'open' : 'repaired'}\ntitle: They moved on\n`;
    writeFileSync(join(home.folder, `2020-01-01-${id}.md`), `---\n${front}---\n\n# They moved on\n\n## What happened\n\n${'They moved on. '.repeat(1000)}\n`, { mode: 0o600 });
  }
  return home;
}

describe.runIf(canTrace)('what is read', () => {
  test('adding opens none of the notes that are there, and reads on in their names no further than the first', () => {
    expect(notesOpened(withNotes(200), ['reflect', '-m', 'again'])).toBe(0);
    expect(namesAsked(withNotes(2000), ['reflect', '-m', 'again'])).toBe(1);
  });

  test('the summary opens each once, and again only what is unresolved', () => {
    expect(notesOpened(withNotes(200), ['summary'])).toBe(220);
  });

  test('bodies of settled notes are not read', () => {
    const trace = traced(withNotes(200), 'pread64,read', [packed.rupture, 'summary']);
    const bytes = trace.split('\n').filter((line) => line.includes('rupture: 1')).map((line) => Number(/= (\d+)$/.exec(line)?.[1])).reduce((sum, count) => sum + count, 0);
    expect(bytes).toBeGreaterThanOrEqual(200 * 4096);
    expect(bytes).toBeLessThanOrEqual(200 * 4096 + 20 * 20_000);
  });
});

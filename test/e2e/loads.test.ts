import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { startPty } from '../support/pty.ts';
import { keys, openHand, questions } from './hand.ts';
import { openHome, openLived } from './home.ts';
import type { Home } from './home.ts';
import { withPassphrase } from './sealed-home.ts';
import { canTrace, readOf, traced } from './traced.ts';
import type { ReadOf } from './traced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  if (!canTrace)
    process.stderr.write(
      'strace is not here, or may not look: what a command loads and reads is not checked.\n',
    );
  packed = await openPacked();
});

// A word of each package that nothing else has, and that no shortening of names changes.
const marks = {
  yaml: 'YAMLParseError',
  inquirer: 'AbortPromptError',
  marked: 'parseInline',
  conf: 'configFileMode',
  chalk: 'bgRedBright',
  'age-encryption': 'encapsulatedKey',
} as const;

/** Paths in `dist/` of what a command opens, in that order, without what every start opens. */
function loaded(home: Home, args: readonly string[]): readonly string[] {
  const trace = traced(home, 'openat', [packed.rupture, ...args], { codes: [0, 1] });
  const paths = [...trace.matchAll(/"([^"\n]+)"[^\n]*\) = \d+$/gm)]
    .map(([, path]) => path ?? '')
    .filter(path => path.startsWith(packed.folder) && !path.endsWith('package.json'));
  const own = [...new Set(paths)].map(path => path.slice(packed.folder.length + 1));
  const always = ['bin/rupture.js', 'dist/rupture.js', 'dist/en/words.json'];
  expect(own).toEqual(expect.arrayContaining(always));
  return own.filter(path => !always.includes(path));
}

function packagesIn(paths: readonly string[]): readonly string[] {
  const text = paths
    .filter(path => path.endsWith('.js'))
    .map(path => readFileSync(join(packed.folder, path), 'utf8'))
    .join('\n');
  return Object.entries(marks)
    .filter(([, mark]) => text.includes(mark))
    .map(([name]) => name);
}

/** Names without hashes: the pieces of the program, and the parts of a language. */
function named(paths: readonly string[]): string {
  return paths
    .map(path =>
      path
        .replace(/^dist\/(?:chunks\/|en\/)?/, '')
        .replace(/-[A-Z0-9]{8}\.js$/, '')
        .replace(/\.json$/, ''),
    )
    .toSorted()
    .join(' ');
}

describe.runIf(canTrace)('what is loaded', () => {
  test('every package is somewhere', () => {
    const all = readdirSync(join(packed.folder, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.js'))
      .map(name => join('dist', name));
    expect(packagesIn(all)).toEqual(Object.keys(marks));
  });

  // Each file costs at every start, however small it is, and each that is not needed costs more.
  test.each([
    ['--version', ''],
    ['--help', ''],
    ['help-now', 'help-now help-now'],
    ['where', 'where'],
    ['learn', 'learn learn'],
    ['completion bash', 'completion'],
    ['config', 'all-questions config'],
    ['templates', 'names templates'],
    ['reflect -m again', 'base fields message'],
    ['summary', 'base fields lists showing summary'],
    ['summary --format json', 'base fields lists showing summary'],
    ['list', 'base list lists showing'],
    ['search moved', 'base fields lists search showing'],
    ['patterns', 'base patterns showing'],
    ['show last', 'base'],
    ['show last --format plain', 'base choices lists'],
    ['mark last planned', 'asking base late-changing lists'],
    ['delete last --yes', 'asking base delete'],
    ['trash', 'asking base trash'],
    ['undo', 'base undo undo'],
    ['export json', 'base export fields progress showing'],
    ['export markdown', 'base choices export lists progress showing'],
    ['doctor', 'all-questions base doctor progress sealable upkeep'],
    [
      'reflect',
      'asking base closings editor give-back help-now late-asking late-changing line-prompter sequence/reflect',
    ],
  ])('rupture %s', (line, expected) => {
    const paths = loaded(openLived(packed.rupture), line.split(' '));
    expect(named(paths)).toBe(expected);
    expect(packagesIn(paths)).toEqual([]);
  });

  // A program that is replaced while somebody writes has lost its other files.
  test('the first question stands there before what asks it is loaded; with the first answer all is there', async () => {
    const home = openLived(packed.rupture);
    const file = join(home.root, 'told');
    const [program, args] = home.command(['reflect'], { TERM: 'xterm-256color' });
    const tracing = ['strace', '-f', '-qq', '-s', '4096', '-o', file, '-e', 'trace=openat,write'];
    const pty = startPty(
      program,
      args.flatMap(arg => (arg === packed.rupture ? [...tracing, arg] : [arg])),
      { rows: 40, cwd: home.root },
    );
    onTestFinished(async () => {
      pty.kill('SIGKILL');
      await pty.exited;
    });
    const hand = openHand(pty);
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.write(questions.what, 'I said I was tired.');
    await hand.sees(questions.kinds);
    hand.press(keys.ctrlD);
    expect((await pty.exited).code).toBe(0);
    const told = readFileSync(file, 'utf8').split('\n');
    const shown = told.findIndex(line => /write\(.*Mostly good/.test(line));
    const kept = told.findIndex(line => line.includes('/.rupture/drafts/') && line.includes('O_CREAT'));
    const own = (lines: readonly string[]): string =>
      named(
        lines.flatMap(
          line =>
            new RegExp(`openat\\(.*"${packed.folder}/(dist/(?!package|chunks/package)[^"]*)"`).exec(
              line,
            )?.[1] ?? [],
        ),
      );
    expect([shown, kept].every(at => at > 0)).toBe(true);
    expect(own(told.slice(0, shown))).toBe(
      'asking base chalk inquirer-prompter rupture.js sequence/reflect words',
    );
    expect(own(told.slice(shown, kept))).toBe(
      'closings drive editor give-back help-now late-asking late-changing late-typing',
    );
    expect(own(told.slice(kept))).toBe('');
  });

  test('answers in a file need the YAML reader, a sealed folder age, and both are seen', () => {
    expect(packagesIn(loaded(openLived(packed.rupture), ['reflect', '--answers', 'a.yaml']))).toEqual([
      'yaml',
    ]);
    expect(packagesIn(loaded(openLived(packed.rupture), ['encrypt', 'status']))).toEqual(['age-encryption']);
  });
});

/** How often the kernel was asked for the names in the folder of notes. */
function namesAsked(home: Home, args: readonly string[]): number {
  let [asked, descriptor] = [0, ''];
  for (const line of traced(home, 'openat,getdents64,close', [packed.rupture, ...args]).split('\n')) {
    const [, path, opened = ''] = /^openat\([^"]*"([^"]*)".*O_DIRECTORY.* = (\d+)$/.exec(line) ?? [];
    // A number is used again once its folder is closed.
    if (line.startsWith(`close(${descriptor})`) || opened === descriptor) descriptor = '';
    if (path === home.folder) descriptor = opened;
    if (descriptor !== '' && line.startsWith(`getdents64(${descriptor}, `)) asked += 1;
  }
  return asked;
}

/** How many notes a command opens, counted each time, and how many bytes it reads of them. */
function notesRead(home: Home, args: readonly string[]): ReadOf {
  return readOf(traced(home, 'openat,read,pread64,close', [packed.rupture, ...args]), path =>
    /\/2020-01-01-[^/]*$/.test(path),
  );
}

/** So many notes of 15 KB, or of 300 bytes; every tenth is open, every fifth has a word that no other has. */
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

test('what is read of a file is counted by its descriptor, whatever is opened in between', () => {
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
  // It looks for encrypted notes by their names, so as not to write plaintext among them.
  test('adding opens none of the notes that are there, and lists their names once', () => {
    expect(notesRead(withNotes(200, 'short'), ['reflect', '-m', 'again'])).toEqual({ opened: 0, bytes: 0 });
    const [adding, listing] = [['reflect', '-m', 'again'], ['list']].map(args =>
      namesAsked(withNotes(2000, 'short'), args),
    );
    expect(adding).toBeLessThanOrEqual((listing ?? 0) + 1);
  });

  // Of a long note the first 4 KB, and all of it only where its text is shown or searched; a short one is
  // read once.
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
  ])('rupture %s opens each note as often as it has to, and reads no more of it', (line, opened, most) => {
    const [short, long] = [
      notesRead(withNotes(200, 'short'), line.split(' ')),
      notesRead(withNotes(200, 'long'), line.split(' ')),
    ];
    expect({ short: short.opened, long: long.opened }).toEqual(opened);
    expect(long.bytes).toBeGreaterThanOrEqual(200 * head);
    expect(long.bytes).toBeLessThanOrEqual(most);
  });
});

// 30 MB of notes, each with something that is shown, where V8 has 16 MB for what it keeps: a few words cut
// out of a text would keep all of it.
describe('what is kept', () => {
  test.each([
    ['summary', 'Can we go back to the clock?'],
    ['summary --format json', 'Can we go back to the clock?'],
    ['search clock', 'go back'],
    ['list', 'They looked at the clock'],
  ])('rupture %s keeps of a long note what it shows', (line, shown) => {
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

// V8 tells on standard output what it compiles; how much that is differs from version to version.
describe('what is compiled', () => {
  /** The same home, in which the program is one that tells. */
  const telling = (home: Home): Home => {
    const rupture = join(home.root, 'telling');
    writeFileSync(rupture, `#!/bin/sh\nexec node --trace-opt '${packed.rupture}' "$@"\n`, { mode: 0o755 });
    return { ...home, rupture };
  };
  const compiled = (
    home: Home,
    [program, ...args]: readonly string[],
  ): { readonly count: number; readonly err: string } => {
    const { code, out, err } = home.start(program ?? '', args);
    expect(code).toBe(0);
    return { count: out.split('\n').filter(line => /compiling method .*TURBOFAN/.test(line)).length, err };
  };

  test.each(['patterns', 'list', 'search clock'])(
    'next to nothing by the slow compiler where rupture %s sees many notes',
    line => {
      const home = telling(withNotes(2000, 'short'));
      const { count, err } = compiled(home, [home.rupture, ...line.split(' ')]);
      // V8 says there what it does not know.
      expect(err).toBe('');
      expect(count).toBeLessThan(4);
    },
  );

  // From Node 24 on there is a compiler between the two, which is enough for so few.
  test.runIf(Number.parseInt(process.versions.node, 10) < 24)('as ever where many notes are sealed', () => {
    const home = telling(withNotes(300, 'short'));
    for (const line of ['encrypt on', 'patterns'])
      expect(compiled(home, withPassphrase(home, line.split(' '))).count).toBeGreaterThan(4);
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { endOf, keys, patience } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { changesIn, orderIn, stampsOf } from '../../support/harm.ts';
import { makeCorpus, noteText, sentinel } from '../../support/hostile.ts';
import { openPacked } from '../../support/packed.ts';

// The whole corpus, including large files, with the packed program: its memory, and what reaches a real
// terminal and a pipe.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

let home: Home;
beforeEach(() => {
  home = openHome(rupture);
});

const meter = fileURLToPath(new URL('../../bench/meter.cjs', import.meta.url));
const mostMb = 150;

/** Returns a Node program's peak memory in MB, its output and its exit code. */
function costOf(
  at: Home,
  args: readonly string[],
  heap: readonly string[] = [],
): { readonly mb: number; readonly code: number | null; readonly out: string; readonly err: string } {
  const told = join(at.root, 'meter');
  writeFileSync(told, '');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...heap, '-r', meter, ...args], {
    cwd: at.root,
    env: { ...at.env, RUPTURE_METER: told },
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    timeout: 120_000,
  });
  const { rss }: { rss: number } = JSON.parse(readFileSync(told, 'utf8').trim().split('\n').at(-1) ?? '{}');
  return { mb: rss, code: status, out: stdout, err: stderr };
}

const lines: readonly (readonly [string, number])[] = [
  ['summary', 0],
  ['summary --format json', 0],
  ['list', 0],
  ['list --format json', 0],
  ['search moved', 0],
  ['search moved on --format json', 0],
  ['search nothing-of-it', 1],
  ['patterns', 0],
  ['patterns --format json', 0],
  ['export json', 1],
  ['export csv', 1],
  ['export markdown', 1],
  ['export html', 1],
  ['doctor', 1],
  ['doctor --format json', 1],
  ['templates list', 0],
  ['trash list', 0],
  ['undo', 0],
  ['help-now', 0],
  ['import --dry-run FOLDER', 1],
  ['show hmpppp', 0],
  ['show hmmmmm --format plain', 0],
  ['show hmeeee --format json', 0],
  ['__complete bash show ', 0],
];

describe('memory', () => {
  test(`each command over the whole corpus takes at most ${mostMb} MB more than Node by itself, changes nothing and quotes nothing`, () => {
    makeCorpus(home.folder, join(home.root, 'outside'), { large: true });
    const before = stampsOf(home.root);
    const bare = costOf(home, ['-e', '0']).mb;
    const program = join(rupture, '..', '..', 'rupture-cli', 'bin', 'rupture.js');
    const over = lines.map(([line, code]) => {
      const ran = costOf(home, [
        program,
        ...line.split(' ').map(word => word.replace('FOLDER', home.folder)),
      ]);
      expect([
        line,
        ran.code,
        ran.err.includes(sentinel),
        ran.err.includes('Something went wrong'),
        orderIn(ran.err),
      ]).toEqual([line, code, false, false, undefined]);
      return { line, mb: Math.round(ran.mb - bare) };
    });
    process.stdout.write(
      `memory over bare Node (${Math.round(bare)} MB): ${over.map(({ line, mb }) => `${line} +${mb}`).join(', ')}\n`,
    );
    expect(over.filter(({ mb }) => mb > mostMb)).toEqual([]);
    expect(changesIn(before, stampsOf(home.root)).filter(path => !/^(?:meter|)$/.test(path))).toEqual([]);
  });

  test('control: detects a reader that loads a whole folder into memory', () => {
    makeCorpus(home.folder, join(home.root, 'outside'), { large: true });
    const bare = costOf(home, ['-e', '0']).mb;
    const careless = `const fs = require('node:fs'); const path = ${JSON.stringify(join(home.folder, 'made', 'sparse.md'))}; const all = []; for (let at = 0; at < 4; at++) { const b = Buffer.alloc(64 << 20, 1); fs.readSync(fs.openSync(path), b); all.push(b); }`;
    expect(costOf(home, ['-e', careless]).mb - bare).toBeGreaterThan(mostMb);
    process.stdout.write('control: a reader without a limit was caught\n');
  });
});

describe('a real terminal', () => {
  test.each([
    '',
    'summary',
    'list',
    'search moved',
    'patterns',
    'show last',
    'show hmmmmm',
    'doctor',
    'templates list',
    'help-now',
    'trash list',
    'undo',
  ])('rupture %s sends it no control sequence from a note', async line => {
    makeCorpus(home.folder, join(home.root, 'outside'), { large: line !== 'show last' });
    const pty = home.onTerminal(line.split(' ').filter(Boolean));
    expect([0, 1]).toContain(await endOf(pty));
    // The doctor's progress line is ours, and is redrawn in place.
    expect(orderIn(pty.raw().replace(/\r(?:\u001b\[2K)?/g, ''))).toBeUndefined();
  });

  test('a draft, a person’s own sequence and their options send none either', async () => {
    makeCorpus(home.folder, join(home.root, 'outside'));
    const orders = [
      ']52;c;b3duZWQ=',
      ']0;owned\u0007',
      '\u001b[2J\u001b[H',
      '\u001bP$q',
      '\u001b_Gi',
      '\u009b',
      '\u202e',
    ];
    const drafts = home.onTerminal(['reflect']);
    await drafts.waitFor(/You have \d+ unfinished notes/, patience);
    drafts.write(keys.ctrlC);
    await endOf(drafts);
    const own = openHome(rupture);
    mkdirSync(join(own.folder, 'templates'), { recursive: true, mode: 0o700 });
    writeFileSync(
      join(own.folder, 'templates', 'controls.yaml'),
      readFileSync(join(home.folder, 'templates', 'controls.yaml')),
    );
    writeFileSync(join(own.folder, 'good.md'), noteText('hzzzzz'));
    const asked = own.onTerminal(['reflect', '--template', 'controls']);
    await asked.waitFor('And', patience);
    asked.write(keys.down);
    asked.write(keys.enter);
    await asked.waitFor('Keep it?', patience);
    asked.write(keys.enter);
    await endOf(asked);
    const seen = drafts.raw() + asked.raw();
    expect(orders.filter(order => seen.includes(order.startsWith(']') ? `\u001b${order}` : order))).toEqual(
      [],
    );
    expect([seen.includes('\\u{1b}]52;c;'), own.notes().length]).toEqual([true, 2]);
  });

  test('control: detects those that cat sends', async () => {
    makeCorpus(home.folder, join(home.root, 'outside'));
    const { startPty } = await import('../../support/pty.ts');
    const pty = startPty('cat', [join(home.folder, 'notes', 'controls-in-body.md')]);
    await pty.exited;
    expect(orderIn(pty.raw().replaceAll('\r', ''))).toBeDefined();
    process.stdout.write('control: a printer without safe() was caught on a terminal\n');
  });
});

/** Makes a notes folder that produces a hundred megabytes of output. */
function fillFolder({ folder }: Home): void {
  mkdirSync(folder, { mode: 0o700 });
  const words = 'They moved on before I was done, and I did not say that it stung.\n'.repeat(28_000);
  for (let at = 0; at < 56; at += 1) {
    const id = `hf${'abcdefgh'[at >> 3]}${'abcdefgh'[at & 7]}aa`;
    const file = openSync(join(folder, `2026-01-06-${id}.md`), 'wx', 0o600);
    writeSync(file, noteText(id, '', `\n## What happened\n\n${words}`));
    closeSync(file);
  }
}

const markOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('100 MB of output', () => {
  test('arrives complete in a file, in a slow pipe and with --to, with every note', () => {
    fillFolder(home);
    const { code, err } = home.shell(
      'rupture export json > a.json; echo $? >&2; rupture export json | (sleep 2; cat) > b.json; echo "${PIPESTATUS[0]}" >&2; rupture export json --to c.json; stat -c %s a.json >&2',
    );
    expect([code, err.split('\n').slice(0, 2)]).toEqual([0, ['0', '0']]);
    expect(Number(err.trim().split('\n').at(-1))).toBeGreaterThan(100_000_000);
    const [a, b, c] = ['a.json', 'b.json', 'c.json'].map(name => markOf(join(home.root, name)));
    expect([b, c]).toEqual([a, a]);
    const { files }: { files: readonly { text: string }[] } = JSON.parse(
      readFileSync(join(home.root, 'a.json'), 'utf8'),
    );
    expect([files.length, files.every(({ text }) => text.endsWith('stung.\n'))]).toEqual([56, true]);
  });

  test.skipIf(process.platform !== 'linux')(
    'a reader that leaves ends it quietly; a full disk is told, and the file that would be cut is not there',
    () => {
      fillFolder(home);
      expect(home.shell('rupture export json | head -c 1000 | wc -c; echo "${PIPESTATUS[0]}"')).toMatchObject(
        { out: '1000\n0\n', err: '' },
      );
      const full = home.shell('rupture export json > /dev/full');
      expect([full.code, full.err.includes('ENOSPC')]).toEqual([1, true]);
      const limited = home.shell('ulimit -f 20000; rupture export json --to cut.json');
      expect([limited.code === 0, existsSync(join(home.root, 'cut.json'))]).toEqual([false, false]);
      expect(readdirSync(home.root).filter(name => name.includes('cut.json'))).toEqual([]);
    },
  );

  test('control: detects a program that ends before its pipe has taken everything', () => {
    const { out } = home.shell(
      `'${process.execPath}' -e "process.stdout.write('x'.repeat(1e7)); process.exit(0)" | (sleep 1; wc -c)`,
    );
    expect(Number(out)).toBeLessThan(10_000_000);
    process.stdout.write(
      `control: an output that was cut silently (${out.trim()} of 10000000 bytes) was caught\n`,
    );
  });
});

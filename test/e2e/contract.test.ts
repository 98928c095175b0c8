import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { canMount, hasPrograms, reportLeftOut } from '../support/needs.ts';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { startPty } from '../support/pty.ts';
import { endOf, keys, openHand, questions } from './support/hand.ts';
import { openHome } from './support/home.ts';
import type { Home, RunOptions } from './support/home.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});
const home = (): Home => openHome(packed.rupture);
const stack = /^\s+at .+:\d+|node:internal|Error:/m;

test('installing brings no other package', () => {
  expect(packed.packages).toEqual(['rupture-cli']);
});

interface Case {
  readonly args: readonly string[];
  readonly code: number;
  /** What standard error must name. */
  readonly names?: string | RegExp;
  readonly options?: RunOptions;
  readonly files?: Readonly<Record<string, string>>;
}

const answers = (text: string): Pick<Case, 'files' | 'args'> => ({
  files: { 'answers.yaml': text },
  args: ['reflect', '--answers', 'answers.yaml'],
});
const misused: readonly (readonly [string, Case])[] = [
  ['a command there is not', { args: ['sumary'], code: 2, names: 'rupture summary' }],
  ['a flag there is not', { args: ['summary', '--sinse', 'yesterday'], code: 2, names: '--since' }],
  ['a flag of the program there is not', { args: ['--fodler', 'x', 'summary'], code: 2, names: '--folder' }],
  ['a flag without its value', { args: ['summary', '--since'], code: 2, names: '--since' }],
  ['too many words', { args: ['summary', 'all'], code: 2, names: 'summary' }],
  ['a missing id', { args: ['show'], code: 2, names: '<id>' }],
  ['an id there is not', { args: ['show', 'zzzzzz'], code: 2 }],
  ['a bad day', { args: ['reflect', '-m', 'x', '--date', 'someday'], code: 2, names: '“someday”' }],
  ['a day ahead', { args: ['reflect', '-m', 'x', '--date', '2199-01-01'], code: 2, names: '2199-01-01' }],
  ['a bad format', { args: ['summary', '--format', 'xml'], code: 2, names: 'markdown' }],
  ['a bad status', { args: ['summary', '--status', 'opn'], code: 2, names: 'open' }],
  ['a bad number', { args: ['summary', '--limit', '0'], code: 2, names: '--limit' }],
  ['two flags that exclude each other', { args: ['reflect', '--quick', '--full'], code: 2, names: '--full' }],
  ['an empty message', { args: ['reflect', '-m', ' '], code: 2 }],
  ['a setting there is not', { args: ['config', 'set', 'mod', 'full'], code: 2, names: 'mode' }],
  ['a page there is not', { args: ['learn', 'mendin'], code: 2, names: 'mending' }],
  [
    'a scale of 11',
    { ...answers('sit: bothered\nwhat: They moved on.\nsize: 11\n'), code: 2, names: /line 3.*size/ },
  ],
  ['an option there is not', { ...answers('sit: botherd\n'), code: 2, names: /line 1[^]*bothered/ }],
  ['a question there is not', { ...answers('sit: bothered\nwhatt: x\n'), code: 2, names: /line 2[^]*what/ }],
  ['answers that are not YAML', { ...answers('sit: "bothered\nwhat: [\n'), code: 2, names: /answers\.yaml/ }],
  ['answers that are a list', { ...answers('- sit\n'), code: 2, names: 'answers.yaml' }],
];
const impossible: readonly (readonly [string, Case])[] = [
  [
    'a file of answers there is not',
    { args: ['reflect', '--answers', 'none.yaml'], code: 1, names: 'none.yaml' },
  ],
  [
    'a folder that is a file',
    { args: ['reflect', '-m', 'x', '--folder', 'file'], files: { file: 'x' }, code: 1, names: /\/file\b/ },
  ],
  [
    'a folder below a file',
    {
      args: ['reflect', '-m', 'x', '--folder', 'file/sub'],
      files: { file: 'x' },
      code: 1,
      names: 'file/sub',
    },
  ],
  [
    'broken settings',
    {
      args: ['reflect', '-m', 'x'],
      files: { 'config/config.json': '{"mode": ' },
      code: 1,
      names: 'config.json',
    },
  ],
  [
    'broken settings, reading',
    { args: ['summary'], files: { 'config/config.json': '{"mode": ' }, code: 1, names: 'config.json' },
  ],
  [
    'a value of a setting there is not',
    {
      args: ['reflect', '--answers', 'answers.yaml'],
      files: { 'config/config.json': '{"mode": "fast"}', 'answers.yaml': 'sit: fine\n' },
      code: 1,
      names: 'config.json',
    },
  ],
];

describe.each([
  ['misused', misused],
  ['impossible', impossible],
])('%s', (_name, cases) => {
  test.each(cases)('%s', (_what, { args, code, names = '', options, files = {} }) => {
    const at = home();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(at.root, name), text);
    const ran = at.run(args, options);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).not.toMatch(stack);
    expect(ran.err.trim().split('\n').length).toBeGreaterThanOrEqual(2);
    expect(ran.err).toMatch(names instanceof RegExp ? names : new RegExp(escaped(names)));
    expect(at.notes()).toEqual([]);
    expect(at.drafts()).toEqual([]);
  });
});

test.each([
  ['help-now'],
  ['--help'],
  ['--version'],
  ['reflect --help'],
  ['config path'],
  ['where --folder x'],
])('broken settings don’t stand in the way of %s', line => {
  const at = home();
  writeFileSync(join(at.root, 'config/config.json'), '{"mode": ');
  const { code, out, err } = at.run(line.split(' '));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toBe('');
});

const isRoot = process.getuid?.() === 0;
if (isRoot) reportLeftOut('a read-only folder', 'root may write everywhere');

test.skipIf(isRoot)('reports a read-only folder before anything is saved', () => {
  const at = home();
  mkdirSync(at.folder);
  chmodSync(at.folder, 0o500);
  expect(at.run(['reflect', '-m', 'x'])).toMatchObject({ code: 1, out: '' });
  expect(at.notes()).toEqual([]);
});

const mounts = hasPrograms('a read-only disk', 'unshare') && canMount('a read-only disk');

test.skipIf(!mounts)('reports a read-only disk before anything is saved', () => {
  const at = home();
  mkdirSync(at.folder);
  const line = `mount --bind '${at.folder}' '${at.folder}' && mount -o remount,ro,bind '${at.folder}' && `;
  const { code, out, err } = at.shell(`unshare -m bash -c "${line} '${packed.rupture}' reflect -m x"`);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(at.folder);
  expect(err).not.toMatch(stack);
  expect(at.notes()).toEqual([]);
});

describe('nothing to show', () => {
  test('in a folder that does not exist', () => {
    const at = home();
    const { code, out, err } = at.run(['summary']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).not.toBe('');
    expect(existsSync(at.folder)).toBe(false);
    expect(JSON.parse(at.run(['summary', '--format', 'json']).out)).toMatchObject({
      version: 1,
      unresolved: [],
    });
    expect(at.run(['summary', '--count']).out).toBe('0\n');
  });

  test('when every note is settled', () => {
    const at = home();
    expect(at.run(['reflect', '-m', 'They moved on.']).code).toBe(0);
    expect(at.run(['mark', 'last', 'repaired']).code).toBe(0);
    expect(at.run(['summary'])).toMatchObject({ code: 0, out: '' });
  });
});

/** Expects standard output to be the path of the only note and nothing else. */
function isPath(at: Home, out: string): void {
  expect(out).toBe(`${join(at.folder, at.notes()[0] ?? '')}\n`);
}

/** Returns a note's text without its id and times, which differ from run to run. */
function still(note: string): string {
  return note.replace(/^(id|created): .*$/gm, '$1');
}

describe('input', () => {
  test('-m TEXT', () => {
    const at = home();
    const { code, out } = at.run(['reflect', '-m', 'They moved on. It stung.', '--date', 'yesterday']);
    expect(code).toBe(0);
    isPath(at, out);
    expect(at.note()).toContain('status: open\ntitle: They moved on\n');
    expect(at.note()).toContain('\n## What happened\n\nThey moved on. It stung.\n');
  });

  test('-m - reads all of standard input', () => {
    const at = home();
    const { code, out } = at.run(['reflect', '-m', '-'], { input: 'One line.\r\n\r\n## Not a heading\n' });
    expect(code).toBe(0);
    isPath(at, out);
    expect(at.note()).toContain('\n## What happened\n\nOne line.\n\n\\## Not a heading\n');
  });

  test('--answers FILE, and - for standard input', () => {
    const text =
      'sit: bothered\nwhat: |\n  They moved on.\n  Twice.\nkinds: [misread, {other: the fan was loud}]\nsize: 6\nnext: planned\none_line: Can we go back?\n';
    const [fromFile, fromInput] = [home(), home()];
    writeFileSync(join(fromFile.root, 'a.yaml'), text);
    const first = fromFile.run(['reflect', '--answers', 'a.yaml']);
    const second = fromInput.run(['reflect', '--answers', '-'], { input: text });
    expect([first.code, second.code]).toEqual([0, 0]);
    isPath(fromFile, first.out);
    expect(still(fromFile.note())).toBe(still(fromInput.note()));
    expect(fromFile.note()).toContain('status: planned\n');
    expect(fromFile.note()).toContain('kinds: [misread, "other: the fan was loud"]\nsize: 6\n');
    expect(fromFile.run(['summary']).out).toMatch(/^- \[ \] They moved on .*\n +> Can we go back\?$/m);
  });

  test('answers line by line from a pipe', () => {
    const at = home();
    writeFileSync(join(at.root, 'answers.txt'), '3\nThey moved on.\nTwice.\n\n1 3\n1\n7\n2\n1\n');
    const { code, out, err } = at.shell('rupture reflect < answers.txt');
    expect(code).toBe(0);
    isPath(at, out);
    expect(err).toContain(questions.sit);
    expect(at.note()).toContain('\n## What happened\n\nThey moved on.\nTwice.\n');
    expect(at.note()).toContain('size: 7\n');
    expect(at.drafts()).toEqual([]);
  });

  test('a pipe that ends early saves the answers so far, and an empty pipe saves nothing', () => {
    const at = home();
    expect(at.shell("printf '3\\nThey moved on.' | rupture reflect").code).toBe(0);
    expect(at.note()).toContain('\n## What happened\n\nThey moved on.\n');
    const empty = home();
    const { code, out, err } = empty.shell('rupture reflect < /dev/null');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('nothing was kept');
    expect(empty.notes()).toEqual([]);
  });
});

/** Writes so many notes that their list does not fit into a pipe's buffer. */
function manyNotes({ folder }: Home, count: number): void {
  mkdirSync(folder, { mode: 0o700 });
  for (let index = 0; index < count; index += 1) {
    const id = `k${String(index).padStart(5, 'a')}`;
    writeFileSync(
      join(folder, `2026-03-12-${id}.md`),
      `---\nrupture: 1\nid: ${id}\nsession: 2026-03-12\nstatus: open\ntitle: They moved on before I was done with the story\nsize: 5\n---\n\n# They moved on\n`,
      { mode: 0o600 },
    );
  }
}

describe('output', () => {
  test('ends quietly when the reader closes the pipe early', () => {
    const at = home();
    manyNotes(at, 3000);
    const { out, err } = at.shell('rupture summary | head -1; echo "${PIPESTATUS[0]}"');
    expect(out).toBe('## Kept for now (3000)\n0\n');
    expect(err).toBe('');
  });

  test('a pipe gets the whole output', () => {
    const at = home();
    manyNotes(at, 3000);
    expect(at.shell('rupture summary | (sleep 0.3; cat) | grep -c "^- "').out).toBe('3000\n');
  });

  test.skipIf(process.platform !== 'linux')('reports a full disk', () => {
    const at = home();
    expect(at.run(['reflect', '-m', 'They moved on.']).code).toBe(0);
    for (const line of ['summary', 'summary --format json', '--help', 'help-now', 'show last', '--version']) {
      const { code, err } = at.shell(`rupture ${line} > /dev/full`);
      expect({ line, code }).toEqual({ line, code: 1 });
      expect(err).toContain('ENOSPC');
      expect(err).not.toMatch(stack);
    }
    const { code } = at.shell("rupture reflect -m 'Again.' > /dev/full");
    expect(code).toBe(1);
    expect(at.notes()).toHaveLength(2);
  });

  test('works with closed standard output and standard error', () => {
    const at = home();
    expect(at.shell('rupture reflect -m "They moved on." >&- 2>&-').code).toBe(0);
    expect(at.notes()).toHaveLength(1);
    expect(at.shell('rupture summary >&-')).toMatchObject({ code: 0, err: '' });
    expect(at.shell('rupture summary <&- 2>&-').out).toContain('They moved on');
  });

  test('writes no colour into a pipe, whatever TERM says', () => {
    const at = home();
    at.run(['reflect', '-m', 'They moved on.']);
    for (const line of [
      'summary',
      'show last',
      'learn mending',
      'help-now',
      'reflect --help',
      'config',
      'templates list',
    ]) {
      for (const variable of ['NOTHING', 'FORCE_COLOR', 'CLICOLOR_FORCE']) {
        const { code, out, err } = at.run(line.split(' '), {
          env: { TERM: 'xterm-256color', COLORTERM: 'truecolor', [variable]: '1' },
        });
        expect({ line, code }).toEqual({ line, code: 0 });
        expect(out + err).not.toContain('\u001b');
      }
    }
  });

  test('writes colour on a terminal, unless a variable or flag turns it off', async () => {
    const at = home();
    at.run(['reflect', '-m', 'They moved on.']);
    const rawOf = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
      const pty = at.onTerminal(args, { env });
      expect(await endOf(pty)).toBe(0);
      expect(pty.screen()).toContain('They moved on');
      return pty.raw();
    };
    const sgr = /\u001b\[[\d;]*m/;
    for (const command of [['summary'], ['show', 'last']]) {
      expect(await rawOf(command)).toMatch(sgr);
      expect(await rawOf(command, { NO_COLOR: '' })).toMatch(sgr);
      expect(await rawOf(command, { NO_COLOR: '1' })).not.toMatch(sgr);
      for (const off of ['FORCE_COLOR=0', 'CLICOLOR=0', 'NODE_DISABLE_COLORS=1']) {
        const [name = '', value = ''] = off.split('=');
        expect(await rawOf(command, { [name]: value })).not.toMatch(sgr);
      }
      expect(await rawOf(command, { ACCESSIBLE: '1' })).not.toContain('\u001b');
      expect(await rawOf(command, { LC_ALL: 'C' })).toMatch(/^[\u0000-\u007f]*$/);
      expect(await rawOf(command, { TERM: 'dumb' })).not.toContain('\u001b');
      expect(await rawOf([...command, '--no-color'])).not.toMatch(sgr);
      expect(await rawOf(['--no-color', ...command])).not.toMatch(sgr);
      expect(await rawOf([...command, '--plain'])).not.toContain('\u001b');
    }
  });

  test('writes no line wider than a terminal of 60 columns', async () => {
    const at = home();
    at.run([
      'reflect',
      '-m',
      'They moved on to something else long before I had come to the end of it.\nAnd then 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字.',
    ]);
    writeFileSync(
      join(at.root, 'a.yaml'),
      `sit: bothered\nwhat: ${'word '.repeat(30)}\nsize: 9\nnext: planned\none_line: ${'one sentence that goes on '.repeat(6)}\n`,
    );
    at.run(['reflect', '--answers', 'a.yaml']);
    for (const line of ['summary', 'show last', '--help', 'reflect --help', 'help-now', 'learn mending']) {
      const pty = at.onTerminal(line.split(' '), { columns: 60 });
      await endOf(pty);
      expect({
        line,
        wide: pty
          .raw()
          .split(/\r?\n/)
          .filter(one => stringWidth(one) > 60),
      }).toEqual({ line, wide: [] });
    }
  });
});

/** Lists a folder and everything below it, each with its kind and mode. */
function modesIn(folder: string): readonly string[] {
  return ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map(name => {
    const stat = statSync(join(folder, name));
    return `${stat.isDirectory() ? 'folder' : 'file'} ${(stat.mode & 0o777).toString(8)} ${name}`;
  });
}

function isPrivate(folder: string): void {
  expect(modesIn(folder).filter(line => !/^(folder 700|file 600) /.test(line))).toEqual([]);
}

describe('private modes', () => {
  test('the folder, its notes and the settings', () => {
    const at = home();
    expect(
      at.shell(
        'umask 000; rupture reflect -m "They moved on." && rupture mark last eased --size 3 && rupture config set mode full',
      ).code,
    ).toBe(0);
    expect(modesIn(at.folder)).toEqual(
      expect.arrayContaining(['folder 700 .', 'folder 700 .rupture', `file 600 ${at.notes()[0]}`]),
    );
    isPrivate(at.folder);
    expect(modesIn(join(at.root, 'config'))).toContain('file 600 config.json');
    isPrivate(join(at.root, 'config'));
  });

  test('drafts', async () => {
    const at = home();
    const [file, args] = at.command(['reflect'], { TERM: 'xterm-256color' });
    const pty = startPty('bash', ['-c', 'umask 000; exec "$0" "$@"', file, ...args], { rows: 40 });
    const hand = openHand(pty);
    await hand.choose(questions.start, 'Yes');
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(questions.what);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(at.drafts()).toHaveLength(1);
    isPrivate(at.folder);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

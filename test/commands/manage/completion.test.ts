import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candidateLines } from '../../../src/core/command-line/complete.ts';
import { completionScript, shells } from '../../../src/report/completion-scripts.ts';
import { statuses } from '../../../src/core/notes/status.ts';
import { settingKeys } from '../../../src/world/world.ts';
import { hasPrograms, reportMissing } from '../../support/needs.ts';
import { startPty, type Pty } from '../../support/pty.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const built = existsSync(join(root, 'dist'));
if (!built) reportMissing('completion in real shells', 'dist/', 'npm run build');

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

function note(id: string, title: string, more = 'status: open'): void {
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(
    join(place.folder, `2026-03-0${(id.charCodeAt(0) % 9) + 1}-${id}.md`),
    `---\nrupture: 1\nid: ${id}\nsession: 2026-03-0${(id.charCodeAt(0) % 9) + 1}\n${more}\ntitle: ${JSON.stringify(title)}\n---\n`,
  );
}

async function ask(words: readonly string[], shell = 'zsh'): Promise<readonly string[]> {
  const { out, err, exit } = await run(['__complete', shell, ...words], { place, input: '' });
  expect([err, exit]).toEqual(['', 0]);
  return out.split('\n').filter(line => line !== '');
}

async function values(words: readonly string[], shell = 'zsh'): Promise<readonly string[]> {
  return (await ask(words, shell)).map(line => line.split('\t')[0] ?? '');
}

describe('the completion at the cursor', () => {
  it('has every command of --help, and no command for programs', async () => {
    const { out } = await run(['--help'], { place, input: '' });
    const commands = [...(out.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map(
      ([, name]) => name,
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(await values([''])).toEqual(commands);
  });

  it('has every flag of a command, and the global flags', async () => {
    expect(await values(['mark', 'last', 'open', '--'])).toEqual([
      '--note',
      '--size',
      '--until',
      '--version',
      '--folder',
      '--passphrase-fd',
      '--plain',
      '--no-color',
      '--help',
    ]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['a status', ['mark', 'last', ''], statuses],
    ['a status behind a flag', ['summary', '--status', 'e'], ['eased']],
    ['a source', ['import', '--from', 'o'], ['obsidian', 'org']],
    ['a status behind a comma', ['summary', '--status', 'open,ea'], ['open,eased']],
    ['a format', ['show', 'last', '--format', ''], ['markdown', 'plain', 'json']],
    ['a format behind a sign', ['show', 'last', '--format=p'], ['--format=plain']],
    ['a page', ['learn', 'm'], ['mending']],
    ['a setting', ['config', 'set', ''], settingKeys],
    ['a value of a setting', ['config', 'set', 'mode', ''], ['quick', 'full']],
    ['a shell', ['completion', ''], shells],
    ['a sequence', ['reflect', '--template', 'saf'], ['safety', 'safe-check']],
    ['a command within a group', ['templates', 's'], ['show']],
    ['a command of the demo', ['demo', 'summ'], ['summary']],
    ['a file', ['prep', '--card', ''], [':files']],
    ['a folder', ['--folder', ''], [':folders']],
    ['a text', ['reflect', '-m', ''], []],
    ['behind the end of the flags', ['show', '--', '--f'], []],
    ['a command that there is not', ['nothing', ''], []],
  ])('is %s', async (_what, words, expected) => {
    expect(await values(words)).toEqual(expected);
  });

  it('has kinds or feelings with their labels for a flag that takes them', async () => {
    expect(await ask(['list', '--kind', 'mis'])).toEqual([expect.stringMatching(/^misread\t\w/)]);
    expect((await values(['list', '--feeling', ''])).length).toBeGreaterThan(10);
  });

  it('has ids with day and title, newest first, without notes that are kept apart', async () => {
    note('aaaaaa', 'They looked at the clock');
    note('bbbbbb', 'Older and newer');
    note('cccccc', 'Kept apart', 'status: set-aside');
    expect(await ask(['show', ''])).toEqual([
      'bbbbbb\t2026-03-09 Older and newer',
      'aaaaaa\t2026-03-08 They looked at the clock',
      'last',
    ]);
    expect(await values(['show', 'b'])).toEqual(['bbbbbb']);
  });

  it.each(['show', 'delete', 'mark', 'edit', 'prep'])(
    'is never a word behind %s that means something else than an id',
    async command => {
      for (const [at, id] of ['--all', '-y', '--', '-', '--forever', 'aaaaaa'].entries()) {
        mkdirSync(place.folder, { recursive: true });
        writeFileSync(
          join(place.folder, `note-${at}.md`),
          `---\nrupture: 1\nid: "${id}"\nsession: 2026-03-01\nstatus: open\n---\n`,
        );
      }
      expect((await run(['list', '--format', 'json'], { place, input: '' })).out).toContain('"--all"');
      for (const shell of shells) expect(await values([command, ''], shell)).toEqual(['aaaaaa', 'last']);
      expect(await values([command, '--', '--a'])).toEqual([]);
    },
  );

  it('has no file name that a shell or a command would misread', async () => {
    mkdirSync(join(place.folder, 'templates'), { recursive: true });
    for (const name of ['--mode', '-x', '@splat', 'one,two', '$(touch x)', 'a b', '~', 'mine'])
      writeFileSync(join(place.folder, 'templates', `${name}.yaml`), '');
    const offered = await values(['reflect', '--template', '']);
    expect(offered).toContain('mine');
    expect(offered.filter(name => !/^[a-z][a-z-]*$/.test(name))).toEqual([]);
  });

  it('uses the folder that the line names', async () => {
    note('aaaaaa', 'One');
    const other = join(place.home, 'elsewhere');
    expect(await values(['--folder', other, 'show', ''])).toEqual([]);
    expect(await values(['--folder', place.folder, 'show', 'a'])).toEqual(['aaaaaa']);
    expect(existsSync(other)).toBe(false);
  });

  it('is empty and silent for a folder that is missing, lost, a file or encrypted, and for broken settings', async () => {
    expect(await ask(['show', ''])).toEqual([]);
    mkdirSync(place.folder, { recursive: true });
    writeFileSync(join(place.folder, '2026-03-01-aaaaaa.md.age'), 'age-encryption.org/v1\n');
    expect(await ask(['show', ''])).toEqual([]);
    rmSync(place.folder, { recursive: true });
    writeFileSync(place.folder, '');
    expect(await ask(['show', ''])).toEqual([]);
    mkdirSync(place.config);
    writeFileSync(join(place.config, 'config.json'), '{');
    expect(await ask(['config', 'get', 'm'])).toEqual([]);
    expect(await values(['sum'])).toEqual(['summary']);
  });

  it('answers any line without output on standard error', async () => {
    note('aaaaaa', 'One');
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'show',
              'config',
              '--format',
              '--',
              '=',
              '--folder',
              '-m',
              '--help',
              'demo',
              'mark',
              '--version',
              '__complete',
            ),
            fc.string(),
          ),
          { maxLength: 5 },
        ),
        async words => {
          const { err, exit } = await run(['__complete', 'zsh', ...words], { place, input: '' });
          expect([err, exit]).toEqual(['', 0]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has no line break and no shell character, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, about) => {
        const text = candidateLines({ before: '', typed: '' }, [{ value, about }], { isBash: false });
        expect(text).toMatch(/^(?:[A-Za-z0-9_.,@+/-]+(?:\t[^\p{C}\t]+)?\n)?$/u);
      }),
    );
    expect(
      candidateLines(
        { before: '', typed: '' },
        [{ value: 'a', about: 'x\u001b]52;c;\u0007\r\n$(touch y)\u202e' }],
        { isBash: false },
      ),
    ).toBe('a\tx ]52;c; $(touch y)\n');
  });
});

describe('a script', () => {
  it.each(shells)('for %s is what rupture completion prints', async shell => {
    expect((await run(['completion', shell], { place, input: '' })).out).toBe(completionScript(shell));
  });

  it('is refused for another shell', async () => {
    expect((await run(['completion', 'tcsh'], { place, input: '' })).exit).toBe(2);
  });

  it('for PowerShell is of the form that its manual names, and an empty word arrives', async () => {
    const script = completionScript('powershell');
    expect(script).toMatch(
      /^Register-ArgumentCompleter -Native -CommandName rupture -ScriptBlock \{\n {4}param\(\$wordToComplete, \$commandAst, \$cursorPosition\)$/m,
    );
    expect(script).toMatch(/CompletionResult\]::new\(\$value, \$value, .*ParameterValue, \$about\)/);
    expect([...script.matchAll(/[{(]/g)].length).toBe([...script.matchAll(/[})]/g)].length);
    expect(await values(['mark', 'last', '='], 'powershell')).toEqual(statuses);
    expect(await values(['mark', 'last', '=ea'], 'powershell')).toEqual(['eased']);
  });
});

describe.skipIf(!built)('in a real shell', () => {
  let home: string;
  let running: Pty | undefined;
  const evil = '$(touch pwned) `touch pwned` %F{red}; touch pwned #';

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'rupture-shell-'));
    mkdirSync(join(home, 'bin'));
    // A copy, so that no build replaces the program while a shell runs it.
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, part), join(home, 'app', part), { recursive: true });
    chmodSync(join(home, 'app', 'bin', 'rupture.js'), 0o755);
    symlinkSync(join(home, 'app', 'bin', 'rupture.js'), join(home, 'bin', 'rupture'));
    note('aaaaaa', 'They looked at the clock');
    note('kkkkkk', evil);
    for (const shell of shells) writeFileSync(join(home, `script.${shell}`), completionScript(shell));
  });
  afterEach(async () => {
    // A running shell may write into its home during the removal. Kill it outright: after a hangup
    // up while it draws a completed line, bash only takes note, and does so at the next key.
    running?.kill('SIGKILL');
    await running?.exited;
    running = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  const has = (shell: string): boolean => hasPrograms(`completion in ${shell}`, shell);
  const open = (name: string, args: readonly string[]): Pty =>
    (running = startPty(name, args, {
      cwd: home,
      columns: 100,
      rows: 40,
      env: {
        PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: home,
        ZDOTDIR: home,
        XDG_CONFIG_HOME: join(home, '.config'),
        XDG_DATA_HOME: join(home, '.data'),
        RUPTURE_FOLDER: place.folder,
        RUPTURE_CONFIG_DIR: place.config,
        PS1: 'ready> ',
        LANG: 'C.UTF-8',
        HISTFILE: '/dev/null',
      },
    }));
  const press = async (pty: Pty, text: string): Promise<void> => {
    pty.write(text);
    // zsh treats a Tab that is queued after other keys as part of a paste.
    await pty.waitUntil(
      screen => screen.split('\n').some(line => line.startsWith('ready> ') && line.endsWith(text.trimEnd())),
      `the line with ${text}`,
    );
    await new Promise(resolve => setTimeout(resolve, 300));
    pty.write('\t');
  };

  it.skipIf(!has('bash'))('bash completes commands, flags, values and ids', async () => {
    const pty = open('bash', ['--norc', '--noprofile', '-i']);
    await pty.waitFor('ready>');
    pty.write('source script.bash; bind "set show-all-if-ambiguous on"; bind "set bell-style none"; clear\r');
    await press(pty, 'rupture summ');
    await pty.waitFor(/rupture summary/);
    await press(pty, '--format=ma');
    await pty.waitFor('--format=markdown');
    pty.write('\u0015');
    await press(pty, 'rupture show ');
    await pty.waitFor(/aaaaaa +kkkkkk +last|aaaaaa\s+kkkkkk\s+last|kkkkkk/);
    await press(pty, 'k');
    await pty.waitFor('rupture show kkkkkk');
    pty.write('\u0015');
    await press(pty, 'rupture prep --card script.fi');
    await pty.waitFor('script.fish');
    expect(readdirSync(home)).not.toContain('pwned');
  });

  it.skipIf(!has('zsh'))('zsh completes them with titles, and runs nothing of one', async () => {
    const pty = open('zsh', ['-f', '-i']);
    await pty.waitFor('ready>');
    pty.write('PS1="ready> "; autoload -Uz compinit; compinit -u; source script.zsh; clear\r');
    await pty.waitFor(/ready> /);
    await press(pty, 'rupture summ');
    await pty.waitFor('rupture summary');
    pty.write('\u0015');
    await press(pty, 'rupture show ');
    const listed = await pty.waitFor('They looked at the clock');
    expect(listed).toContain('$(touch pwned) `touch pwned` %F{red}; touch pwned');
    await press(pty, 'k');
    await pty.waitFor('rupture show kkkkkk');
    pty.write('\u0015');
    await press(pty, 'rupture config set mode q');
    await pty.waitFor('rupture config set mode quick');
    expect(readdirSync(home)).not.toContain('pwned');
  });

  it.skipIf(!has('fish'))('fish completes them with titles, and runs nothing of one', () => {
    const complete = (line: string): string =>
      spawnSync('fish', ['--no-config', '-c', 'source script.fish; complete -C $argv[1]', line], {
        cwd: home,
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
          HOME: home,
          RUPTURE_FOLDER: place.folder,
          RUPTURE_CONFIG_DIR: place.config,
        },
      }).stdout;
    expect(complete('rupture summ')).toMatch(/^summary\tWhat is unresolved/);
    expect(complete('rupture show ')).toMatch(/aaaaaa\t2026-03-\d\d They looked at the clock\n/);
    expect(complete('rupture show k')).toContain(`kkkkkk\t2026-03-09 ${evil}`.slice(0, 40));
    expect(complete('rupture config set mode ')).toBe('quick\nfull\n');
    expect(complete('rupture summary --format=ma')).toBe('--format=markdown\n');
    expect(complete('rupture prep --card script.fi')).toContain('script.fish');
    expect(readdirSync(home)).not.toContain('pwned');
  });

  it.each(['bash', 'zsh', 'fish'] as const)('the parser of %s accepts its script', shell => {
    if (!has(shell)) return;
    expect(spawnSync(shell, ['-n', join(home, `script.${shell}`)], { encoding: 'utf8' }).stderr).toBe('');
  });
});

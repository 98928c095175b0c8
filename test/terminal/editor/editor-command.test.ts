import { win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  editorOf,
  launchOf,
  mayEndEarly,
  needsShell,
  programOf,
  realName,
  splitCommand,
} from '../../../src/terminal/editor/editor-command.ts';
import type { EditorSystem } from '../../../src/terminal/editor/editor-command.ts';

/** Simulates Windows with these files; `links` has the targets of links. */
function windows(
  files: readonly string[],
  {
    env = {},
    links = {},
  }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly links?: Readonly<Record<string, string>>;
  } = {},
): EditorSystem {
  const known = new Map(files.map(file => [file.toLowerCase(), file]));
  const isFile = (path: string): boolean => known.has(win32.normalize(path).toLowerCase());
  const realPath = (path: string): string => {
    const found = known.get(win32.normalize(path).toLowerCase());
    if (found === undefined) throw new Error('ENOENT');
    return links[found] ?? found;
  };
  return {
    platform: 'win32',
    env: { PATH: 'C:\\Windows;"C:\\Program Files\\Tools";;D:\\bin', ...env },
    isFile,
    realPath,
  };
}

/**
 * Takes a line apart as cmd.exe does before it starts a program: `^` takes the meaning of what follows,
 * outside quotes that count.
 */
function afterShell(line: string): string {
  expect(line).not.toMatch(/(?<!\^)[&|<>%!"]/);
  return line.replace(/\^(.)/g, '$1');
}

/** Splits arguments as programs on Windows do. */
function argumentsIn(line: string): readonly string[] {
  const found: string[] = [];
  let [at, isQuoted, word] = [0, false, ''];
  while (at < line.length) {
    const [slashes = ''] = /^\\*/.exec(line.slice(at)) ?? [];
    at += slashes.length;
    const isQuote = line[at] === '"';
    word += '\\'.repeat(isQuote ? Math.floor(slashes.length / 2) : slashes.length);
    if (isQuote && slashes.length % 2 === 1) word += '"';
    else if (isQuote) isQuoted = !isQuoted;
    else if (line[at] === ' ' && !isQuoted) {
      found.push(word);
      word = '';
    } else word += line[at] ?? '';
    at++;
  }
  return [...found, word];
}

describe('the editor', () => {
  it('is the first configured one, else one that the system has', () => {
    expect([
      editorOf([undefined, ' ', 'nano'], 'win32'),
      editorOf([undefined, ''], 'win32'),
      editorOf([], 'darwin'),
      editorOf([], 'linux'),
    ]).toEqual(['nano', 'notepad', 'vi', 'vi']);
  });
});

describe('the words of a command', () => {
  const plain = { platform: 'win32', isFile: () => false };

  it.each([
    ['code --wait', ['code', '--wait']],
    [
      '"C:\\Program Files\\Notepad++\\notepad++.exe" -multiInst',
      ['C:\\Program Files\\Notepad++\\notepad++.exe', '-multiInst'],
    ],
    ["'C:/Program Files/Vim/vim.exe' -f", ['C:/Program Files/Vim/vim.exe', '-f']],
    ["C:\\Users\\O'Brien\\ed.exe -x", ["C:\\Users\\O'Brien\\ed.exe", '-x']],
    ['C:\\x\\ed.exe --title="a b"', ['C:\\x\\ed.exe', '--title=a b']],
  ])('on Windows %j', (command, words) => {
    expect(splitCommand(command, plain)).toEqual(words);
  });

  it('are a single word if the whole command is a file', () => {
    const isFile = (path: string): boolean => path === 'C:\\Program Files\\ed.exe';
    expect(splitCommand(' C:\\Program Files\\ed.exe ', { platform: 'win32', isFile })).toEqual([
      'C:\\Program Files\\ed.exe',
    ]);
    expect(splitCommand('/my ed/ed', { platform: 'linux', isFile: path => path === '/my ed/ed' })).toEqual([
      '/my ed/ed',
    ]);
  });

  it.each([
    ['\'/an editor\' --with="x y"', ['/an editor', '--with=x y']],
    ['/my\\ ed/ed -w', ['/my ed/ed', '-w']],
    ['"/my \\"ed\\"/ed" \'a\\b\' "a\\b"', ['/my "ed"/ed', 'a\\b', 'a\\b']],
    ['vim -c "set tw=60"', ['vim', '-c', 'set tw=60']],
    ["ed 'half", ['ed', "'half"]],
  ])("elsewhere are a shell's: %j", (command, words) => {
    expect(splitCommand(command, { platform: 'linux', isFile: () => false })).toEqual(words);
  });

  it.each(['$HOME/ed', '~/ed -w', 'VISUAL=1 vim', 'cd /tmp && vim', 'ed "$(pwd)"', 'ed | cat', 'ed*'])(
    'that need a shell go through one: %j',
    command => {
      expect(needsShell(command, { platform: 'linux', isFile: () => false })).toBe(true);
      expect(needsShell(command, { platform: 'win32', isFile: () => false })).toBe(false);
      expect(needsShell(command, { platform: 'linux', isFile: () => true })).toBe(false);
    },
  );

  it.each(['vim', 'code --wait', '/my\\ ed/ed', '"/my ed/ed" -w'])(
    'that need none go without: %j',
    command => {
      expect(needsShell(command, { platform: 'linux', isFile: () => false })).toBe(false);
    },
  );

  it.each([
    ['vim -f', 'vim'],
    ['$HOME/bin/vim', '/home/ada/bin/vim'],
    ['~/bin/vim', '/home/ada/bin/vim'],
    ['${HOME}/vim -n', '/home/ada/vim'],
    ['LANG=C vim', 'vim'],
    ['exec vim', 'vim'],
    ['', ''],
  ])('name their program: %j', (command, program) => {
    expect(programOf(command, { platform: 'linux', env: { HOME: '/home/ada' }, isFile: () => false })).toBe(
      program,
    );
  });

  it.each([
    ['code', true],
    ['code --wait', false],
    ['gedit', true],
    ['gedit -w', false],
    ['vim', false],
    ['vi', false],
    ['nano -x', false],
    ['emacs -nw', false],
    ['$HOME/mine', true],
  ])('may return before the window is closed: %j: %s', (command, may) => {
    const system = {
      platform: 'linux',
      env: { PATH: '/bin', HOME: '/h' },
      isFile: () => false,
      realPath: (path: string) => path.replace('/vi', '/vim.basic'),
    };
    expect(mayEndEarly(command, system)).toBe(may);
  });
});

describe('on Windows, a program', () => {
  it('is found with the extensions of PATHEXT, in the order of PATH, even in quoted folders', () => {
    const files = ['D:\\bin\\code.exe', 'C:\\Program Files\\Tools\\code.cmd', 'C:\\Windows\\code'];
    expect(realName('code', windows(files))).toBe('code');
    expect(launchOf('code', [], windows(files)).file).toBe('cmd.exe');
    expect(launchOf('code', [], windows(files, { env: { PATHEXT: '.EXE' } })).file).toBe('D:\\bin\\code.exe');
    expect(launchOf('CODE.EXE', [], windows(files)).file).toBe('D:\\bin\\CODE.EXE');
  });

  it('is never taken from the working directory', () => {
    expect(launchOf('ed', ['x'], windows(['ed.exe', '.\\ed.exe']))).toEqual({
      file: 'ed',
      args: ['x'],
      verbatim: false,
    });
    expect(launchOf('.\\ed', ['x'], windows(['.\\ed.exe', 'ed.exe'])).file).toBe('.\\ed.exe');
  });

  it('gets its own flags despite a link, an extension and capitals', () => {
    expect(
      realName('vi', windows(['D:\\bin\\vi.exe'], { links: { 'D:\\bin\\vi.exe': 'D:\\vim\\VIM.EXE' } })),
    ).toBe('vim');
    expect(realName('nano', windows(['C:\\Windows\\nano.exe']))).toBe('nano');
    expect(realName('none', windows([]))).toBe('');
  });

  it('that is an executable starts directly, with unchanged arguments', () => {
    expect(launchOf('notepad', ['C:\\a & b\\text.md'], windows(['C:\\Windows\\notepad.exe']))).toEqual({
      file: 'C:\\Windows\\notepad.exe',
      args: ['C:\\a & b\\text.md'],
      verbatim: false,
    });
  });

  it.each(['.cmd', '.BAT'])(
    'that is a file of commands (%s) goes through the shell, which acts on nothing in it',
    ending => {
      const args = [
        '--wait',
        'a "b"',
        'C:\\',
        'back\\"',
        'C:\\Users\\ada & co\\100%PATH%\\^x|y>z\\te xt.md',
        '',
        '!PATH!',
        '(x);,*?',
      ];
      const launch = launchOf(
        `C:\\Program Files\\a & b\\code${ending}`,
        args,
        windows([`C:\\Program Files\\a & b\\code${ending}`], {
          env: { COMSPEC: 'C:\\Windows\\system32\\cmd.exe' },
        }),
      );
      expect(launch).toMatchObject({ file: 'C:\\Windows\\system32\\cmd.exe', verbatim: true });
      expect(launch.args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
      const [, line = ''] = /^"(.*)"$/.exec(launch.args[3] ?? '') ?? [];
      const path = `C:\\Program Files\\a & b\\code${ending}`;
      const told = afterShell(line);
      expect(told.startsWith(path)).toBe(true);
      expect(argumentsIn(told.slice(path.length + 1))).toEqual(args);
    },
  );
});

it('on other systems, a program starts by its name, whatever its extension', () => {
  expect(launchOf('code.cmd', ['a b'], { platform: 'darwin', env: { PATH: '/bin' } })).toEqual({
    file: 'code.cmd',
    args: ['a b'],
    verbatim: false,
  });
  const realPath = (path: string): string => {
    if (path !== '/opt/bin/vi') throw new Error('ENOENT');
    return '/usr/bin/vim.basic';
  };
  expect(realName('vi', { platform: 'darwin', env: { PATH: '/bin:/opt/bin' }, realPath })).toBe('vim.basic');
});

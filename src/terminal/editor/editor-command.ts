import { realpathSync, statSync } from 'node:fs';
import { posix, win32, type PlatformPath } from 'node:path';

/** What decides how an editor is found and started. */
export interface EditorSystem {
  /** As in `process.platform`. */
  readonly platform: string;
  /** The environment; on Windows each name is there in capitals. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Says whether there is a file at a path. */
  readonly isFile?: (path: string) => boolean;
  /** Gives what a path is behind all links. Throws when there is nothing. */
  readonly realPath?: (path: string) => string;
}

type CommandSystem = Pick<EditorSystem, 'platform' | 'isFile'>;

/** What is handed to `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** True when the arguments are quoted already, the way Windows wants it. */
  readonly verbatim: boolean;
}

/** Gives the first command that says something; where none does, what every such system has. */
export function editorOf(commands: readonly (string | undefined)[], platform: string): string {
  return (
    commands.find(command => command !== undefined && command.trim() !== '') ??
    (platform === 'win32' ? 'notepad' : 'vi')
  );
}

/**
 * Splits a command into words. A command that is the path of a file is one word, whatever blanks are in it.
 * Else quotes hold a word together, and so does a `\` before a blank. On Windows a `\` is part of a path, and
 * an apostrophe is a quote only around a whole word, since names have some.
 */
export function splitCommand(
  command: string,
  { platform, isFile = isFileAt }: CommandSystem,
): readonly string[] {
  if (isFile(command.trim())) return [command.trim()];
  if (platform !== 'win32') return (command.match(shellWord) ?? []).map(withoutQuotes);
  const words = command.match(/'[^']*'(?=\s|$)|(?:[^\s"]+|"[^"]*")+/g) ?? [];
  return words.map(word =>
    word.replace(
      /"([^"]*)"|^'([^']*)'$/g,
      (_all, double?: string, single?: string) => double ?? single ?? '',
    ),
  );
}

const shellWord = /(?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'|["'\\])+/g;
const quotedPart = /\\([^])|"((?:[^"\\]|\\[^])*)"|'([^']*)'/g;

/**
 * A word of a shell's command line without its quotes. Within double quotes a `\` counts before a few
 * characters only.
 */
function withoutQuotes(word: string): string {
  return word.replace(quotedPart, (_all, escapedOne?: string, double?: string, single?: string) => {
    return escapedOne ?? double?.replace(/\\(["$`\\])/g, '$1') ?? single ?? '';
  });
}

/**
 * Says whether a command needs a shell to be understood: for variables, `~`, patterns, and several commands
 * in one.
 */
export function needsShell(command: string, { platform, isFile = isFileAt }: CommandSystem): boolean {
  return platform !== 'win32' && /[|&;<>()$`*?[\]#~=%{}!\n]/.test(command) && !isFile(command.trim());
}

/**
 * Gives the program of a command that a shell runs, as far as it can be told without one: behind assignments,
 * with `~` and variables in its path.
 */
export function programOf(command: string, system: EditorSystem): string {
  const words = splitCommand(command, system);
  const program = words.find(word => !/^(?:[A-Za-z_]\w*=|(?:exec|command|env)$)/.test(word)) ?? '';
  const path = program.replace(/^~(?=\/|$)/, '$HOME');
  return path.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_all, name: string) => system.env[name] ?? '');
}

// Editors that have the terminal until they end; who looked and changed nothing may be quick.
const inTerminal =
  /^(?:n?vim?|view|ex|ed|r?nano|pico|emacs|mg|zile|micro|hx|helix|kak|joe|jed|ne|mcedit|busybox)(?:[.-]|$)/;
const waits = /^(?:-w|--wait|-b|--block|-W|-f|--nofork)$/;

/**
 * Says whether an editor may come back while its window is open: none of those in the terminal, and not told
 * to wait.
 */
export function mayComeBack(command: string, system: EditorSystem): boolean {
  const name = realName(programOf(command, system), system);
  return !inTerminal.test(name) && !splitCommand(command, system).some(word => waits.test(word));
}

/**
 * Gives the name of the program that a name stands for, behind links, without `.exe`: `vi` is vim on many
 * systems, and only what it really is knows vim's flags. Empty when there is none.
 */
export function realName(program: string, system: EditorSystem): string {
  const { realPath = realpathSync } = system;
  const paths = pathsOf(system);
  for (const place of placesOf(program, system)) {
    try {
      const name = paths.basename(realPath(place));
      return paths === win32 ? name.toLowerCase().replace(/\.(?:exe|com|cmd|bat)$/, '') : name;
    } catch {
      continue;
    }
  }
  return '';
}

/**
 * Gives how to start a program. Windows starts a file of commands (`code.cmd`) through its shell only, and
 * looks for `.exe` alone by itself.
 */
export function launchOf(program: string, args: readonly string[], system: EditorSystem): Launch {
  if (system.platform !== 'win32') return { file: program, args, verbatim: false };
  const { isFile = isFileAt } = system;
  const found = placesOf(program, system).find(place => isFile(place));
  if (found === undefined || !/\.(?:cmd|bat)$/i.test(found))
    return { file: found ?? program, args, verbatim: false };
  const line = [escaped(win32.normalize(found)), ...args.map(arg => escaped(quoted(arg)))].join(' ');
  return { file: system.env['COMSPEC'] || 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

/** The paths at which a program may lie, in the order in which the system looks. */
function placesOf(program: string, system: EditorSystem): readonly string[] {
  const paths = pathsOf(system);
  const path = system.env['PATH'] ?? '';
  if (paths !== win32)
    return program.includes('/')
      ? [program]
      : path.split(posix.delimiter).map(folder => posix.join(folder, program));
  const endings = (system.env['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';').filter(ending => ending !== '');
  const hasEnding = endings.some(ending => program.toLowerCase().endsWith(ending.toLowerCase()));
  const names = hasEnding ? [program] : endings.map(ending => `${program}${ending.toLowerCase()}`);
  if (/[\\/:]/.test(program)) return names;
  // Not the folder one is in, though Windows looks there first: what lies there is anybody's.
  return path
    .split(';')
    .filter(folder => folder !== '')
    .flatMap(folder => names.map(name => win32.join(folder.replaceAll('"', ''), name)));
}

/** Puts an argument in quotes, as programs on Windows take them apart: a `\` counts where a quote follows. */
function quoted(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`;
}

/** Takes its meaning from all that means something to cmd.exe. */
function escaped(text: string): string {
  return text.replace(/[()\][%!^"`<>&|;, *?]/g, '^$&');
}

function pathsOf({ platform }: EditorSystem): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}

function isFileAt(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

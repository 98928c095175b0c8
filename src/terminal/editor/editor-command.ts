import { realpathSync, statSync } from 'node:fs';
import { posix, win32, type PlatformPath } from 'node:path';

/** The parts of the system that decide how an editor is found and started. */
export interface EditorSystem {
  /** As in `process.platform`. */
  readonly platform: string;
  /** The environment; on Windows with all names in capitals. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Returns true if there is a file at a path. */
  readonly isFile?: (path: string) => boolean;
  /** Returns a path with all links resolved. Throws if nothing is there. */
  readonly realPath?: (path: string) => string;
}

type CommandSystem = Pick<EditorSystem, 'platform' | 'isFile'>;

/** The arguments for `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** True if the arguments are already quoted for Windows. */
  readonly verbatim: boolean;
}

/** Returns the first command that is not blank; if there is none, the editor that every such system has. */
export function editorOf(commands: readonly (string | undefined)[], platform: string): string {
  return (
    commands.find(command => command !== undefined && command.trim() !== '') ??
    (platform === 'win32' ? 'notepad' : 'vi')
  );
}

/**
 * Splits a command into words. A command that is the path of a file is one word, whatever blanks it contains.
 * Otherwise quotes keep a word together, and so does a `\` before a blank. On Windows a `\` is part of a
 * path, and an apostrophe is a quote only around a complete word, since names contain apostrophes.
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
 * Returns a word of a shell's command line without its quotes. Within double quotes a `\` escapes only a few
 * characters.
 */
function withoutQuotes(word: string): string {
  return word.replace(quotedPart, (_all, escapedOne?: string, double?: string, single?: string) => {
    return escapedOne ?? double?.replace(/\\(["$`\\])/g, '$1') ?? single ?? '';
  });
}

/** Returns true if a command needs a shell: for variables, `~`, patterns, or several commands in one. */
export function needsShell(command: string, { platform, isFile = isFileAt }: CommandSystem): boolean {
  return platform !== 'win32' && /[|&;<>()$`*?[\]#~=%{}!\n]/.test(command) && !isFile(command.trim());
}

/**
 * Returns the program of a command that a shell runs, as far as that is possible without a shell: skips
 * assignments, and resolves `~` and variables in its path.
 */
export function programOf(command: string, system: EditorSystem): string {
  const words = splitCommand(command, system);
  const program = words.find(word => !/^(?:[A-Za-z_]\w*=|(?:exec|command|env)$)/.test(word)) ?? '';
  const path = program.replace(/^~(?=\/|$)/, '$HOME');
  return path.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_all, name: string) => system.env[name] ?? '');
}

// Editors that occupy the terminal until they end, even if they end quickly because the person changed
// nothing.
const terminalEditors =
  /^(?:n?vim?|view|ex|ed|r?nano|pico|emacs|mg|zile|micro|hx|helix|kak|joe|jed|ne|mcedit|busybox)(?:[.-]|$)/;
const waitOption = /^(?:-w|--wait|-b|--block|-W|-f|--nofork)$/;

/**
 * Returns true if an editor may end while its window is still open: it does not run in the terminal, and has
 * no option that makes it wait.
 */
export function mayEndEarly(command: string, system: EditorSystem): boolean {
  const name = realName(programOf(command, system), system);
  return !terminalEditors.test(name) && !splitCommand(command, system).some(word => waitOption.test(word));
}

/**
 * Returns the name of the program behind all links, without `.exe`: `vi` is vim on many systems, and vim's
 * flags depend on the real program. '' if it is not found.
 */
export function realName(program: string, system: EditorSystem): string {
  const { realPath = realpathSync } = system;
  const paths = pathsOf(system);
  for (const candidate of candidatePaths(program, system)) {
    try {
      const name = paths.basename(realPath(candidate));
      return paths === win32 ? name.toLowerCase().replace(/\.(?:exe|com|cmd|bat)$/, '') : name;
    } catch {
      continue;
    }
  }
  return '';
}

/**
 * Returns how to start a program. Windows starts a batch file (`code.cmd`) only through its shell, and by
 * itself finds only `.exe`.
 */
export function launchOf(program: string, args: readonly string[], system: EditorSystem): Launch {
  if (system.platform !== 'win32') return { file: program, args, verbatim: false };
  const { isFile = isFileAt } = system;
  const found = candidatePaths(program, system).find(candidate => isFile(candidate));
  if (found === undefined || !/\.(?:cmd|bat)$/i.test(found))
    return { file: found ?? program, args, verbatim: false };
  const line = [escaped(win32.normalize(found)), ...args.map(arg => escaped(quoted(arg)))].join(' ');
  return { file: system.env['COMSPEC'] || 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

/** Returns the possible paths of a program, in the system's search order. */
function candidatePaths(program: string, system: EditorSystem): readonly string[] {
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
  // Skip the current folder, though Windows searches it first: anybody may have put a program there.
  return path
    .split(';')
    .filter(folder => folder !== '')
    .flatMap(folder => names.map(name => win32.join(folder.replaceAll('"', ''), name)));
}

/** Quotes an argument as programs on Windows parse it: double a `\` only before a quote. */
function quoted(arg: string): string {
  return `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, '$1$1')}"`;
}

/** Escapes everything that has a meaning for cmd.exe. */
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

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

/** What is handed to `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** True when the arguments are quoted already, the way Windows wants it. */
  readonly verbatim: boolean;
}

/** Gives the first command that says something; where none does, what every such system has. */
export function editorOf(commands: readonly (string | undefined)[], platform: string): string {
  return commands.find((command) => command !== undefined && command.trim() !== '') ?? (platform === 'win32' ? 'notepad' : 'vi');
}

/**
 * Gives the command as words: quotes hold a word together. On Windows a `\` is one, an apostrophe is a quote only around a whole word (names have some), and
 * a command that is the path of a file is one word, whatever spaces are in it.
 */
export function splitCommand(command: string, { platform, isFile = isFileAt }: Pick<EditorSystem, 'platform' | 'isFile'>): readonly string[] {
  if (platform === 'win32' && isFile(command.trim())) return [command.trim()];
  const words = command.match(platform === 'win32' ? /'[^']*'(?=\s|$)|(?:[^\s"]+|"[^"]*")+/g : /(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  const quotes = platform === 'win32' ? /"([^"]*)"|^'([^']*)'$/g : /"([^"]*)"|'([^']*)'/g;
  return words.map((word) => word.replace(quotes, (_all, double?: string, single?: string) => double ?? single ?? ''));
}

/** Gives the name of the program that a name stands for, behind links, without `.exe`: `vi` is vim on many systems, and only what it really is knows vim's flags. Empty when there is none. */
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

/** Gives how to start a program. Windows starts a file of commands (`code.cmd`) through its shell only, and looks for `.exe` alone by itself. */
export function launchOf(program: string, args: readonly string[], system: EditorSystem): Launch {
  if (system.platform !== 'win32') return { file: program, args, verbatim: false };
  const { isFile = isFileAt } = system;
  const found = placesOf(program, system).find((place) => isFile(place));
  if (found === undefined || !/\.(?:cmd|bat)$/i.test(found)) return { file: found ?? program, args, verbatim: false };
  const line = [escaped(win32.normalize(found)), ...args.map((arg) => escaped(quoted(arg)))].join(' ');
  return { file: system.env['COMSPEC'] || 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

/** The paths at which a program may lie, in the order in which the system looks. */
function placesOf(program: string, system: EditorSystem): readonly string[] {
  const paths = pathsOf(system);
  const path = system.env['PATH'] ?? '';
  if (paths !== win32) return program.includes('/') ? [program] : path.split(posix.delimiter).map((folder) => posix.join(folder, program));
  const endings = (system.env['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';').filter((ending) => ending !== '');
  const hasEnding = endings.some((ending) => program.toLowerCase().endsWith(ending.toLowerCase()));
  const names = hasEnding ? [program] : endings.map((ending) => `${program}${ending.toLowerCase()}`);
  if (/[\\/:]/.test(program)) return names;
  // Not the folder one is in, though Windows looks there first: what lies there is anybody's.
  return path.split(';').filter((folder) => folder !== '').flatMap((folder) => names.map((name) => win32.join(folder.replaceAll('"', ''), name)));
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

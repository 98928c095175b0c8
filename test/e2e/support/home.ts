import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startPty } from '../../support/pty.ts';
import type { Pty } from '../../support/pty.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A person's machine in a temporary folder: commands read and write nothing outside it. Removed after the
 * test.
 */
export interface Home {
  /** The program. */
  readonly rupture: string;
  readonly root: string;
  /** The notes folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], options?: RunOptions) => Ran;
  /** Runs another program in this home. */
  readonly start: (program: string, args: readonly string[], options?: RunOptions) => Ran;
  /** Runs a line of bash in which `rupture` is the program. */
  readonly shell: (line: string, options?: RunOptions) => Ran;
  /** The arguments that start the command with only this home's environment. */
  readonly command: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => readonly [string, readonly string[]];
  readonly onTerminal: (args: readonly string[], options?: TerminalOptions) => Pty;
  /** Returns the notes' file names, sorted. */
  readonly notes: () => readonly string[];
  /** Returns the text of the only note. */
  readonly note: () => string;
  readonly drafts: () => readonly DraftFile[];
}

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export interface DraftFile {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly half?: { readonly key: string; readonly text: string };
}

/** The folders of a home; `runtime` is the session's folder in memory, by default inside the home. */
export interface HomePlace {
  readonly under?: string;
  readonly runtime?: string;
}

export function openHome(rupture: string, { under = tmpdir(), runtime }: HomePlace = {}): Home {
  const root = mkdtempSync(join(under, 'rupture-e2e-'));
  onTestFinished(() => {
    // A test may have left a folder without permissions.
    for (const path of [join(root, 'data'), join(root, 'data', 'rupture')])
      if (existsSync(path)) chmodSync(path, 0o700);
    for (const path of [root, `${root}.kept`]) rmSync(path, { recursive: true, force: true });
  });
  for (const name of ['home', 'config', 'data', 'cache', 'run', 'tmp'])
    mkdirSync(join(root, name), { mode: 0o700 });
  const folder = join(root, 'data', 'rupture');
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: join(root, 'home'),
    // The code cache has its own test.
    NODE_DISABLE_COMPILE_CACHE: '1',
    RUPTURE_CONFIG_DIR: join(root, 'config'),
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_DATA_HOME: join(root, 'data'),
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_RUNTIME_DIR: runtime ?? join(root, 'run'),
    TMPDIR: join(root, 'tmp'),
    TZ: 'UTC',
    LANG: 'C.UTF-8',
  };
  const spawned = (
    command: string,
    args: readonly string[],
    { input = '', env: more = {} }: RunOptions,
  ): Ran => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: root,
      input,
      env: { ...env, ...more },
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1 << 28,
    });
    return { code: status, out: stdout, err: stderr };
  };
  const command: Home['command'] = (args, more = {}) => [
    'env',
    [
      '-i',
      ...Object.entries({ ...env, ...more }).map(([name, value]) => `${name}=${value}`),
      rupture,
      ...args,
    ],
  ];
  const drafts = join(folder, '.rupture', 'drafts');
  return {
    rupture,
    root,
    folder,
    env,
    command,
    run: (args, options = {}) => spawned(rupture, args, options),
    start: (program, args, options = {}) => spawned(program, args, options),
    shell: (line, options = {}) =>
      spawned('bash', ['-c', `rupture() { '${rupture}' "$@"; }; ${line}`], options),
    onTerminal: (args, { env: more = {}, columns, rows = 40 } = {}) => {
      const [file, list] = command(args, { TERM: 'xterm-256color', ...more });
      const pty = startPty(file, list, { columns, rows, cwd: root });
      let isOver = false;
      void pty.exited.then(() => {
        isOver = true;
      });
      onTestFinished(() => {
        if (!isOver) pty.kill('SIGKILL');
      });
      return pty;
    },
    notes: () => filesIn(folder, '.md'),
    note: () => {
      const names = filesIn(folder, '.md');
      if (names.length !== 1) throw new Error(`one note was expected: ${names.join(' ')}`);
      return readFileSync(join(folder, names[0] ?? ''), 'utf8');
    },
    drafts: () =>
      filesIn(drafts, '.json').map((name): DraftFile => JSON.parse(readFileSync(join(drafts, name), 'utf8'))),
  };
}

function filesIn(folder: string, ending: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith(ending))
        .sort()
    : [];
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Returns a home with a note, and answers in `a.yaml`. */
export function openLived(rupture: string): Home {
  const home = openHome(rupture);
  if (home.run(['reflect', '-m', 'They moved on.']).code !== 0) throw new Error('nothing was kept');
  writeFileSync(join(home.root, 'a.yaml'), 'sit: bothered\nwhat: They moved on.\n');
  return home;
}

import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Pty {
  readonly write: (text: string) => void;
  /** Returns all lines, including those that scrolled away, without trailing empty lines. */
  readonly screen: () => string;
  /** Returns the visible lines. */
  readonly inSight: () => string;
  /** Waits until the screen contains or matches the text, and returns the screen. Fails with the screen. */
  readonly waitFor: (expected: string | RegExp, ms?: number) => Promise<string>;
  /** Waits until all output is on the screen and the screen satisfies the check. */
  readonly waitUntil: (check: (screen: string) => boolean, what: string, ms?: number) => Promise<string>;
  readonly cursor: () => { readonly row: number; readonly col: number };
  /** Returns the number of lines that have scrolled away. */
  readonly scrolled: () => number;
  /** Returns all output, including escape sequences. */
  readonly raw: () => string;
  readonly resize: (columns: number, rows: number) => void;
  /** Closes the terminal under the program. */
  readonly hangUp: () => void;
  readonly kill: (signal?: string) => void;
  readonly pid: number;
  readonly exited: Promise<{ readonly code: number; readonly signal: number | undefined }>;
}

/** Starts a program on a pseudo-terminal with a real screen model behind it. */
export function startPty(
  command: string,
  args: readonly string[],
  { columns = 80, rows = 24, env = {}, cwd }: PtyOptions = {},
): Pty {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  const program = spawn(command, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: { ...process.env, TERM: 'xterm-256color', ...env },
  });
  let raw = '';
  const exited = new Promise<{ code: number; signal: number | undefined }>(resolve => {
    // The screen model processes output a little later; resolve only then, because tests read it at the end.
    program.onExit(({ exitCode, signal }) => terminal.write('', () => resolve({ code: exitCode, signal })));
  });
  program.onData(data => {
    raw += data;
    terminal.write(data);
  });
  // The terminal's replies to the program's queries.
  terminal.onData(data => program.write(data));

  const screen = (): string => {
    const buffer = terminal.buffer.active;
    const lines = Array.from(
      { length: buffer.length },
      (_, row) => buffer.getLine(row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  };
  const waitUntil = async (check: (screen: string) => boolean, what: string, ms = 8000): Promise<string> => {
    const start = performance.now();
    for (;;) {
      await new Promise<void>(resolve => terminal.write('', resolve));
      const seen = screen();
      if (check(seen)) return seen;
      if (performance.now() - start > ms)
        throw new Error(`waited in vain for ${what}\n--- screen\n${seen}\n---`);
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  };
  return {
    write: text => program.write(text),
    screen,
    inSight: () => screen().split('\n').slice(terminal.buffer.active.baseY).join('\n'),
    waitUntil,
    waitFor: (expected, ms) =>
      waitUntil(
        seen => (typeof expected === 'string' ? seen.includes(expected) : expected.test(seen)),
        String(expected),
        ms,
      ),
    cursor: () => ({
      row: terminal.buffer.active.baseY + terminal.buffer.active.cursorY,
      col: terminal.buffer.active.cursorX,
    }),
    scrolled: () => terminal.buffer.active.baseY,
    raw: () => raw,
    resize: (newColumns, newRows) => {
      terminal.resize(newColumns, newRows);
      program.resize(newColumns, newRows);
    },
    hangUp: () => {
      if ('destroy' in program && typeof program.destroy === 'function') program.destroy();
    },
    kill: signal => program.kill(signal),
    pid: program.pid,
    exited,
  };
}

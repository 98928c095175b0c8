import { closeSync, fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Ending } from './errors.ts';
import { openFileSink } from './terminal/output/sink.ts';
import type { Sink } from './terminal/output/sink.ts';

/** The parts of the process that the program uses: streams, environment, signals. Tests pass their own. */
export interface Machine extends Pick<NodeJS.Process, 'platform' | 'pid' | 'cwd' | 'kill' | 'getuid'> {
  readonly env: Record<string, string | undefined>;
  /** Expensive to open. To learn whether it is a terminal, read `inputIsTerminal`. */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly inputIsTerminal: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly on: (event: Ending | 'exit', listener: () => void) => unknown;
  readonly once: (event: Ending | 'SIGCONT', listener: () => void) => unknown;
}

/**
 * Wraps the process; opens standard input only on first use. On exit, closes descriptors that were terminals
 * and no longer are: Node 20 would try to restore their modes and abort, and its core dump would contain what
 * the person typed.
 */
export function openMachine(process: NodeJS.Process): Machine {
  const terminals = [0, 1, 2].filter(isTerminal);
  process.on('exit', () => {
    for (const fd of terminals) if (!isTerminal(fd)) closeSync(fd);
  });
  return {
    platform: process.platform,
    pid: process.pid,
    env: process.env,
    inputIsTerminal: terminals.includes(0),
    cwd: () => process.cwd(),
    kill: (pid, signal) => process.kill(pid, signal),
    getuid: process.getuid?.bind(process),
    get stdin() {
      return process.stdin;
    },
    stdout: isFile(1) ? openFileSink(1) : process.stdout,
    stderr: isFile(2) ? openFileSink(2) : process.stderr,
    on: (event: string, listener: () => void) => process.on(event, listener),
    once: (event: string, listener: () => void) => process.once(event, listener),
  };
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

function isTerminal(fd: number): boolean {
  try {
    // Avoid `isatty` for pipes, files and /dev/null: it is expensive to load.
    const stat = fstatSync(fd);
    return (
      stat.isCharacterDevice() &&
      stat.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev &&
      isatty(fd)
    );
  } catch {
    return false;
  }
}

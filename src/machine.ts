import { closeSync, fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Ending } from './errors.ts';
import { openDirectSink } from './terminal/output/sink.ts';
import type { Sink } from './terminal/output/sink.ts';

/** What of the process is used: its streams, its environment, its signals. Tests hand in their own. */
export interface Machine extends Pick<NodeJS.Process, 'platform' | 'pid' | 'cwd' | 'kill' | 'getuid'> {
  readonly env: Record<string, string | undefined>;
  /**
   * Costs more to open than a whole answer to some questions: whether it is a terminal is asked of
   * `inputIsTerminal`.
   */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly inputIsTerminal: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly on: (event: Ending | 'exit', listener: () => void) => unknown;
  readonly once: (event: Ending | 'SIGCONT', listener: () => void) => unknown;
}

/**
 * Opens the process: its input as a stream once it is used, and a pipe or a file written without one. Closes
 * at the exit what was a terminal and is none any more: Node 20 would set it as it was and abort there, and
 * the core that it dumps holds what was typed.
 */
export function openMachine(process: NodeJS.Process): Machine {
  const terminals = [0, 1, 2].filter(isTerminal);
  process.on('exit', () => {
    for (const fd of terminals) if (!isTerminal(fd)) closeSync(fd);
  });
  // What Windows' pipes do without a stream was never seen.
  const isDirect = (fd: number): boolean => process.platform !== 'win32' && !terminals.includes(fd);
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
    stdout: isDirect(1) ? openDirectSink(1, () => process.stdout) : process.stdout,
    stderr: isDirect(2) ? openDirectSink(2, () => process.stderr) : process.stderr,
    on: (event: string, listener: () => void) => process.on(event, listener),
    once: (event: string, listener: () => void) => process.once(event, listener),
  };
}

function isTerminal(fd: number): boolean {
  try {
    // Node's own terminals are dear to load, and neither a pipe needs them nor what is thrown away.
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

import { closeSync, fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Ending } from './errors.ts';
import { openDirectSink, type Sink } from './terminal/sink.ts';

/** What of the process is used: its streams, its environment, its signals. Tests hand in their own. */
export interface Machine extends Pick<NodeJS.Process, 'platform' | 'pid' | 'cwd' | 'kill' | 'getuid'> {
  readonly env: Record<string, string | undefined>;
  /** Costs more to open than a whole answer to some questions: whether it is a terminal is asked of `inputIsTerminal`. */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly inputIsTerminal: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly on: (event: Ending | 'exit', listener: () => void) => unknown;
  readonly once: (event: Ending | 'SIGCONT', listener: () => void) => unknown;
}

/** Gives the process with streams that are opened when they are used, and a pipe or a file written without one. */
export function machineOf(process: NodeJS.Process): Machine {
  const inputIsTerminal = isTerminal(0);
  // What Windows' pipes do without a stream was never seen.
  const direct = process.platform !== 'win32';
  const sinkOf = (fd: 1 | 2, stream: () => NodeJS.WriteStream): Sink => (direct && !isTerminal(fd) ? openDirectSink(fd, stream) : stream());
  let out: Sink | undefined;
  let err: Sink | undefined;
  return {
    platform: process.platform, pid: process.pid, env: process.env, inputIsTerminal,
    cwd: () => process.cwd(),
    kill: (pid, signal) => process.kill(pid, signal),
    getuid: process.getuid?.bind(process),
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return (out ??= sinkOf(1, () => process.stdout));
    },
    get stderr() {
      return (err ??= sinkOf(2, () => process.stderr));
    },
    on: (event: string, listener: () => void) => process.on(event, listener),
    once: (event: string, listener: () => void) => process.once(event, listener),
  };
}

/** Closes at the exit what was a terminal and is none any more: Node 20 would set it as it was and abort there, and the core that it dumps holds what was typed. */
export function closeLostTerminals(process: Pick<NodeJS.Process, 'on'>): void {
  const terminals = [0, 1, 2].filter(isTerminal);
  process.on('exit', () => {
    for (const fd of terminals) if (!isTerminal(fd)) closeSync(fd);
  });
}

function isTerminal(fd: number): boolean {
  try {
    // Node's own terminals are dear to load, and neither a pipe needs them nor what is thrown away.
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev && isatty(fd);
  } catch {
    return false;
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasStrace } from '../../support/needs.ts';
import type { Home } from './home.ts';

/** Whether strace can watch our program. */
export const canTrace = hasStrace('what the program asks the kernel for');

/** Runs a program to its end, expects one of the exit codes, and returns its system calls. */
export function traced(
  { root, env }: Home,
  calls: string,
  program: readonly string[],
  { input = '', codes = [0] }: { readonly input?: string; readonly codes?: readonly number[] } = {},
): string {
  // One file per thread: in a shared file their lines would be interleaved.
  const traces = mkdtempSync(join(root, 'trace-'));
  const { status, stderr } = spawnSync(
    'strace',
    ['-ff', '-qq', '-s', '4096', '-e', `trace=${calls}`, '-o', join(traces, 'of'), ...program],
    { cwd: root, env, input, encoding: 'utf8', timeout: 60_000 },
  );
  if (status === null || !codes.includes(status))
    throw new Error(`${program.join(' ')}: ${status}\n${stderr}`);
  return readdirSync(traces)
    .map(name => readFileSync(join(traces, name), 'utf8'))
    .join('');
}

export type ReadOf = { readonly opened: number; readonly bytes: number };

/**
 * Returns how often files with these paths were opened for reading, and how many bytes were read from them.
 * The trace must have open, read and close.
 */
export function readOf(trace: string, isOne: (path: string) => boolean): ReadOf {
  const ours = new Set<string>();
  let [opened, bytes] = [0, 0];
  for (const line of trace.split('\n')) {
    // By descriptor, not by the last opened file: the C library opens kernel files in between, when
    // it manages its memory.
    const [, path = '', at = ''] = /^openat\([^"]*"([^"]*)".* = (\d+)$/.exec(line) ?? [];
    const [, from = '', size = ''] = /^p?read(?:64)?\((\d+),.* = (\d+)$/.exec(line) ?? [];
    const [, closed = ''] = /^close\((\d+)\)/.exec(line) ?? [];
    ours.delete(at);
    ours.delete(closed);
    if (at !== '' && line.includes('", O_RDONLY') && isOne(path)) {
      opened += 1;
      ours.add(at);
    }
    if (ours.has(from)) bytes += Number(size);
  }
  return { opened, bytes };
}

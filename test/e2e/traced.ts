import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';

/** Where strace can look into a program of ours. */
export const canTrace = process.platform === 'linux' && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** Runs a program to its end, with one of the exit codes, and gives what the kernel was asked for. */
export function traced({ root, env }: Home, calls: string, program: readonly string[], { input = '', codes = [0] }: { readonly input?: string; readonly codes?: readonly number[] } = {}): string {
  // One file a thread: in one file their lines break each other up.
  const traces = mkdtempSync(join(root, 'trace-'));
  const { status, stderr } = spawnSync('strace', ['-ff', '-qq', '-s', '4096', '-e', `trace=${calls}`, '-o', join(traces, 'of'), ...program], { cwd: root, env, input, encoding: 'utf8', timeout: 60_000 });
  if (status === null || !codes.includes(status)) throw new Error(`${program.join(' ')}: ${status}\n${stderr}`);
  return readdirSync(traces).map((name) => readFileSync(join(traces, name), 'utf8')).join('');
}

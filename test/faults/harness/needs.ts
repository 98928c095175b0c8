import { spawnSync } from 'node:child_process';
import { systemPath } from '../../support/needs.ts';

/** Runs a system program. Throws with its output if it fails. */
export function ran(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: systemPath },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

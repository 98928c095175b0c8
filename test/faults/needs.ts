import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says aloud why a suite is left out, and what it needs; true when nothing is missing. */
export function has(suite: string, ...programs: readonly string[]): boolean {
  const missing = programs.filter(
    name =>
      spawnSync('sh', ['-c', `command -v ${name}`], {
        env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
      }).status !== 0,
  );
  if (missing.length > 0) process.stderr.write(`${suite} is left out: ${missing.join(', ')} is not here.\n`);
  return missing.length === 0;
}

/** Runs a program of the system. Throws with what it said when it fails. */
export function ran(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Whether file systems can be mounted here: as root, and where the machine lets one. */
export function canMount(suite: string): boolean {
  const place = mkdtempSync(join(tmpdir(), 'rupture-mount-'));
  mkdirSync(join(place, 'at'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(place, 'at')]);
  if (status === 0) spawnSync('umount', [join(place, 'at')]);
  else
    process.stderr.write(
      `${suite} is left out: nothing can be mounted here (it takes root and a machine that allows it).\n`,
    );
  rmSync(place, { recursive: true, force: true });
  return status === 0;
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Every test that needs a system program checks for it here, so that no test is skipped silently.
// A missing program is a failure where RUPTURE_NEEDS_ALL=1, as in `.ci/run`. What a platform cannot do
// (another system, an account that is not root, a container that may not mount) is always only reported.

/** Programs, by the name of their command, with the Debian package that brings each. */
const packages: Readonly<Record<string, string>> = {
  age: 'age',
  bash: 'bash',
  cc: 'gcc libc6-dev',
  chromium: 'chromium',
  emacs: 'emacs-nox',
  faketime: 'faketime',
  fish: 'fish',
  man: 'man-db',
  mandoc: 'mandoc',
  'mkfs.ext4': 'e2fsprogs',
  'mkfs.xfs': 'xfsprogs',
  pandoc: 'pandoc',
  prlimit: 'util-linux',
  python3: 'python3',
  'python3 with fusepy': 'fuse3 python3-fusepy',
  'python3 with yaml': 'python3-yaml',
  ruby: 'ruby',
  strace: 'strace',
  task: 'taskwarrior',
  'todo-txt': 'todotxt-cli',
  unshare: 'util-linux',
  zsh: 'zsh',
};

/** The search path of the system's programs, those for root included. */
export const systemPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/**
 * Whether all of these programs are installed, for `skipIf`. If one is missing, says on standard error which
 * tests are left out and what to install; with RUPTURE_NEEDS_ALL=1 it throws that sentence instead.
 */
export function hasPrograms(tests: string, ...programs: readonly string[]): boolean {
  const missing = programs.filter(program => !isInstalled(program));
  missing.forEach(program => reportMissing(tests, program));
  return missing.length === 0;
}

/**
 * Reports that a program (a key of `packages`, or something that a command makes, as `dist/`) is missing.
 * Throws with RUPTURE_NEEDS_ALL=1. For tests that find their program themselves.
 */
export function reportMissing(tests: string, program: string, remedy = remedyFor(program)): void {
  if (process.env['RUPTURE_NEEDS_ALL'] === '1')
    throw new Error(`${tests} cannot run: ${program} is missing (${remedy}).`);
  reportLeftOut(tests, `${program} is missing (${remedy})`);
}

/** Writes to standard error which tests are left out, and why. */
export function reportLeftOut(tests: string, reason: string): void {
  process.stderr.write(`\n*** LEFT OUT: ${tests}: ${reason}.\n`);
}

/**
 * Whether file systems can be mounted here, for `skipIf`: that takes root and, in a container, the right to.
 * If not, says on standard error which tests are left out.
 */
export function canMount(tests: string): boolean {
  const place = mkdtempSync(join(tmpdir(), 'rupture-mount-'));
  mkdirSync(join(place, 'at'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(place, 'at')]);
  if (status === 0) spawnSync('umount', [join(place, 'at')]);
  else reportLeftOut(tests, 'nothing can be mounted here (that takes root and a system that allows it)');
  rmSync(place, { recursive: true, force: true });
  return status === 0;
}

/** Whether strace is installed and may watch a program, for `skipIf`; Linux only. */
export function hasStrace(tests: string): boolean {
  if (process.platform !== 'linux') {
    reportLeftOut(tests, 'strace is a program of Linux');
    return false;
  }
  if (!hasPrograms(tests, 'strace')) return false;
  const isAllowed = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
  if (!isAllowed) reportLeftOut(tests, 'this system does not let strace watch a program');
  return isAllowed;
}

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: systemPath } }).status === 0;
}

function remedyFor(program: string): string {
  const names = packages[program];
  return names === undefined ? 'install it' : `Debian: apt-get install ${names}`;
}

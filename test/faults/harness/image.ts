import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hasPrograms } from '../../support/needs.ts';

/**
 * A separate disk in an image file: tests can search it for everything that was ever written to it, even in
 * removed files.
 */
export interface Image {
  /** The mount point. */
  readonly place: string;
  /** Returns the words that are anywhere on the raw disk. */
  readonly found: (words: readonly string[]) => readonly string[];
  /** Unmounts the disk; `found` still works. */
  readonly unmount: () => void;
}

/** A folder in memory, for files of the test that must not be on the image. */
export const memory = '/dev/shm';

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** Mounts a new, empty disk, and removes it after the test. */
export function openImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-image-'));
  const file = join(folder, 'disk');
  const place = join(folder, 'mounted');
  mkdirSync(place);
  run('truncate', '-s', '64M', file);
  run('mkfs.ext4', '-q', '-F', '-E', 'nodiscard,lazy_itable_init=0,lazy_journal_init=0', file);
  // Synchronous writes: a file that is soon removed would otherwise never reach the disk, and
  // prove nothing.
  run('mount', '-o', 'loop,sync,nodiscard', file, place);
  let isMounted = true;
  const unmount = (): void => {
    if (isMounted) run('umount', place);
    isMounted = false;
  };
  onTestFinished(() => {
    if (isMounted) spawnSync('umount', ['-l', place]);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    place,
    unmount,
    found: words => {
      run('sync', '-f', isMounted ? place : file);
      const bytes = readFileSync(file);
      return words.filter(word => bytes.includes(word));
    },
  };
}

/** Returns why no disk can be mounted here; undefined if it can. */
export function whyNoImage(): string | undefined {
  if (process.platform !== 'linux' || !existsSync(memory)) return 'this is not Linux with a folder in memory';
  if (!hasPrograms('the search of a whole disk', 'mkfs.ext4')) return 'mkfs.ext4 is missing';
  const folder = mkdtempSync(join(tmpdir(), 'rupture-image-'));
  try {
    closeSync(openSync(join(folder, 'disk'), 'wx'));
    run('truncate', '-s', '4M', join(folder, 'disk'));
    run('mkfs.ext4', '-q', '-F', join(folder, 'disk'));
    mkdirSync(join(folder, 'mounted'));
    run('mount', '-o', 'loop', join(folder, 'disk'), join(folder, 'mounted'));
    run('umount', join(folder, 'mounted'));
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

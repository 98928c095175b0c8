import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ran } from './needs.ts';

/** The free space of a disk: pages of 4 KB, or names. */
export type Room = { readonly pages: number } | { readonly names: number };

/** A folder on a disk of 80 KB. */
export interface SmallDisk {
  /** Mounts it on the folder, with a copy of `from`. */
  readonly mount: (from?: string) => void;
  /** Fills it until this much space is left. */
  readonly fillUp: (room: Room) => void;
  /** Frees space again. */
  readonly free: () => void;
  readonly unmount: () => void;
}

/** Prepares a small disk for an existing folder, and removes it after the test. */
export function openSmallDisk(folder: string): SmallDisk {
  const filler = join(folder, '.filler');
  const isMounted = (): boolean => spawnSync('mountpoint', ['-q', folder]).status === 0;
  const unmount = (): void => {
    while (isMounted()) if (spawnSync('umount', [folder]).status !== 0) ran('umount', '-l', folder);
  };
  onTestFinished(unmount);
  return {
    mount: from => {
      ran('mount', '-t', 'tmpfs', '-o', 'size=80k,nr_inodes=60,mode=700', 'tmpfs', folder);
      if (from !== undefined) ran('cp', '-a', `${from}/.`, folder);
    },
    fillUp: room => {
      mkdirSync(filler, { mode: 0o700 });
      if ('pages' in room) fillPages(join(filler, 'pages'), room.pages);
      else fillNames(filler, room.names);
    },
    free: () => rmSync(filler, { recursive: true, force: true }),
    unmount,
  };
}

const page = 4096;

function fillPages(path: string, left: number): void {
  const handle = openSync(path, 'w');
  let count = 0;
  while (isDone(() => writeSync(handle, Buffer.alloc(page)))) count += 1;
  if (count < left) throw new Error(`there were only ${count} pages left`);
  ftruncateSync(handle, (count - left) * page);
  closeSync(handle);
}

function fillNames(folder: string, left: number): void {
  let count = 0;
  while (isDone(() => writeFileSync(join(folder, String(count)), ''))) count += 1;
  if (count < left) throw new Error(`there were only ${count} names left`);
  for (let at = 1; at <= left; at += 1) rmSync(join(folder, String(count - at)));
}

function isDone(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

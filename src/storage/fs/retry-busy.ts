import { renameSync, unlinkSync } from 'node:fs';
import { pause } from '../system/pause.ts';
import { codeOf } from './problems.ts';

const longestWait = 2000;

/**
 * The codes that Windows returns for a file that another program has open without sharing it, or that is
 * being deleted. On other systems EPERM and EACCES mean that access is not allowed.
 */
const busyOnWindows = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Whether a failed call may succeed if it is tried again in a moment. */
function isBusy(error: unknown, windows: boolean): boolean {
  const code = codeOf(error);
  return code !== undefined && (windows ? busyOnWindows.has(code) : code === 'EBUSY');
}

/**
 * Runs `work` on a file and retries for up to 2 s while the file is busy, because a virus scanner or a
 * syncing program has it open. Returns what `work` returns; throws the system's error.
 */
export function retryWhileBusy<T>(work: () => T, windows: boolean, wait: (ms: number) => void = pause): T {
  for (let waited = 0, step = 5; ; waited += step, step = Math.min(step * 2, 200)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error, windows) || waited >= longestWait) throw error;
      wait(step);
    }
  }
}

/** Renames a file as `retryWhileBusy` does. */
export function renameRetrying(from: string, to: string, windows: boolean): void {
  retryWhileBusy(() => renameSync(from, to), windows);
}

/** Removes a file as `retryWhileBusy` does. */
export function unlinkRetrying(path: string, windows: boolean): void {
  retryWhileBusy(() => unlinkSync(path), windows);
}

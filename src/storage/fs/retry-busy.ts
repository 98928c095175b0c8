import { renameSync, unlinkSync } from 'node:fs';
import { pause } from '../system/pause.ts';
import { codeOf } from './problems.ts';

const longestWait = 2000;

/**
 * What Windows answers for a file that another program has open without sharing it, or that is on its way
 * out; elsewhere two of these mean that it is not allowed.
 */
const busyOnWindows = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Says whether a failed call may succeed in a moment. */
function isBusy(error: unknown, windows: boolean): boolean {
  const code = codeOf(error);
  return code !== undefined && (windows ? busyOnWindows.has(code) : code === 'EBUSY');
}

/**
 * Does something to a file, and waits up to 2 s while it is busy: a scanner of viruses has it open, or what
 * syncs the folder. Throws the error of the system.
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

/** Renames as `patiently` does. */
export function renameRetrying(from: string, to: string, windows: boolean): void {
  retryWhileBusy(() => renameSync(from, to), windows);
}

/** Removes a file as `patiently` does. */
export function unlinkRetrying(path: string, windows: boolean): void {
  retryWhileBusy(() => unlinkSync(path), windows);
}

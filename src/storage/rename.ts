import { renameSync } from 'node:fs';
import { pause } from './pause.ts';
import { codeOf } from './problems.ts';

const longestWait = 2000;

/** Renames, and waits up to 2 s for a file that is busy for a moment: a scanner of viruses has it open, or what syncs the folder. Throws the error of the system. */
export function renamePatiently(from: string, to: string, windows: boolean): void {
  const busy = windows ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'];
  for (let waited = 0, step = 5; ; waited += step, step = Math.min(step * 2, 200)) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !busy.includes(code) || waited >= longestWait) throw error;
      pause(step);
    }
  }
}

import type { Ending } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { Scratch } from '../world/world.ts';

/** Creates a private folder for this run in the folder `temp`. It is removed however the run ends. */
export async function openScratch(process: Machine, temp: string): Promise<Scratch> {
  const scratch = (await import('../storage/notebook/scratch-folder.ts')).openScratch(temp);
  const clear = (): void => {
    try {
      scratch.remove();
    } catch {
      // Nobody is left to read a message about it.
    }
  };
  process.on('exit', clear);
  for (const ending of ['SIGINT', 'SIGTERM', 'SIGHUP'] satisfies Ending[]) {
    // With `once` this listener is gone when it sends the signal again, which then ends the process unless a
    // prompt listens too.
    process.once(ending, () => {
      clear();
      process.kill(process.pid, ending);
    });
  }
  return scratch;
}

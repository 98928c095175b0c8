/** A queue per key that runs only the newest pending job. */
export interface LatestWinsQueue {
  /**
   * Runs `work` after the job of this key that is running now, unless a newer job is put before then. Settles
   * like `work`, or like the newer job that replaced it. `work` must call `isCurrent` right before it changes
   * anything, and change nothing if that returns false: the key was dropped.
   */
  readonly put: (key: string, work: (isCurrent: () => boolean) => Promise<void>) => Promise<void>;
  /** Cancels the jobs of this key that are not finished. */
  readonly drop: (key: string) => void;
}

interface Line {
  newest: number;
  /** Resolves when the last job is done or has failed. */
  last: Promise<void>;
  /** Settles like the newest job. */
  outcome: Promise<void>;
}

/** Opens a queue. The jobs of one key never run at the same time. */
export function openLatestWinsQueue(): LatestWinsQueue {
  const lines = new Map<string, Line>();
  return {
    put: (key, work) => {
      const line = lines.get(key) ?? { newest: 0, last: Promise.resolve(), outcome: Promise.resolve() };
      lines.set(key, line);
      const turn = ++line.newest;
      const isNewest = (): boolean => line.newest === turn;
      let isReplaced = false;
      const done = line.last.then(() => {
        isReplaced = !isNewest();
        // A newer job never interrupts a running one, so that typing without a pause still gets saved.
        return isReplaced ? undefined : work(() => lines.get(key) === line);
      });
      line.last = done.catch(() => undefined);
      const outcome = done.then(() => (isReplaced && lines.get(key) === line ? line.outcome : undefined));
      line.outcome = outcome;
      return outcome;
    },
    drop: key => {
      const line = lines.get(key);
      if (line !== undefined) line.newest++;
      lines.delete(key);
    },
  };
}

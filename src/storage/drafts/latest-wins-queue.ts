/** Work that takes a moment and of which only the newest counts. */
export interface LatestWinsQueue {
  /**
   * Does `work` when what was put before is done; where something newer was put meanwhile, that is done
   * instead. Resolves when this or something newer is done, and fails with it. `work` asks `isStill` right
   * before it changes anything.
   */
  readonly put: (key: string, work: (isStill: () => boolean) => Promise<void>) => Promise<void>;
  /** What was put and is not done yet is not wanted any more. */
  readonly drop: (key: string) => void;
}

interface Line {
  newest: number;
  /** Never fails. */
  last: Promise<void>;
  /** What the newest comes to. */
  outcome: Promise<void>;
}

/** Opens a line for each key, in which two never overtake each other. */
export function openLatestWinsQueue(): LatestWinsQueue {
  const lines = new Map<string, Line>();
  return {
    put: (key, work) => {
      const line = lines.get(key) ?? { newest: 0, last: Promise.resolve(), outcome: Promise.resolve() };
      lines.set(key, line);
      const turn = ++line.newest;
      const isNewest = (): boolean => line.newest === turn;
      let passedOver = false;
      const done = line.last.then(() => {
        passedOver = !isNewest();
        // Begun, it is finished, so that somebody who types without a pause is saved too; dropped, it is not.
        return passedOver ? undefined : work(() => lines.get(key) === line);
      });
      line.last = done.catch(() => undefined);
      const outcome = done.then(() => (passedOver && lines.get(key) === line ? line.outcome : undefined));
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

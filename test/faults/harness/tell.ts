/** Prints a row of the table that a run of the suites is for. */
export function tell(what: string, counted: Readonly<Record<string, number>>): void {
  const counts = Object.entries(counted).map(([name, count]) => `${String(count).padStart(5)} ${name}`);
  process.stdout.write(`${what.padEnd(80)}${counts.join(' ')}\n`);
}

/** The same numbers every time, from 0 up to 1. */
export function openChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Does `work` for each, so many at a time. */
export async function inLanes<T>(
  lanes: number,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
    }),
  );
}

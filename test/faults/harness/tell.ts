/** Prints a row of the suites' result table. */
export function tell(what: string, counted: Readonly<Record<string, number>>): void {
  const counts = Object.entries(counted).map(([name, count]) => `${String(count).padStart(5)} ${name}`);
  process.stdout.write(`${what.padEnd(80)}${counts.join(' ')}\n`);
}

/** Returns a generator of numbers from 0 up to 1, the same in every run. */
export function openChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Calls `work` for each item, with a limit on how many run at a time. */
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

/**
 * Room for three rows of counts, the same for all candidates. What stands in it from before is never read.
 */
type Rows = readonly [number[], number[], number[]];

/**
 * Finds the candidate nearest to what was written, or undefined when none is near (more than a third of it
 * differs).
 */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  const low = written.toLowerCase();
  const rows: Rows = [[], [], []];
  for (const candidate of candidates) {
    const distance =
      candidate.startsWith(written) && written.length >= 3
        ? 1
        : edits(low, candidate.toLowerCase(), least, rows);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * Finds all candidates that differ from what was written by the fewest letters, and by no more than `most`.
 */
export function allNearest(written: string, candidates: readonly string[], most: number): readonly string[] {
  const low = written.toLowerCase();
  const away = candidates.map(candidate => edits(low, candidate.toLowerCase(), most + 1, [[], [], []]));
  const least = Math.min(...away, most + 1);
  return least > most ? [] : candidates.filter((_, at) => away[at] === least);
}

/**
 * Counts the letters to insert, delete, change or swap with their neighbour (optimal string alignment). It
 * stops counting at `enough`: most candidates are nowhere near, and a file with thousands of names asks about
 * each of them for each.
 */
function edits(a: string, b: string, enough: number, rows: Rows): number {
  // Each letter that one has more is an edit.
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let [above, row, next] = rows;
  for (let j = 0; j <= Math.min(b.length, enough); j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    // Farther from the diagonal there are enough edits already: what stands beside the row says so.
    const from = Math.max(1, i - enough + 1);
    const to = Math.min(b.length, i + enough - 1);
    next[from - 1] = from === 1 ? i : enough;
    let lowest = next[from - 1] ?? 0;
    for (let j = from; j <= to; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let fewest = Math.min((row[j - 1] ?? 0) + (isSame ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const isSwap =
        !isSame &&
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) fewest = Math.min(fewest, (above[j - 2] ?? 0) + 1);
      next[j] = fewest;
      if (fewest < lowest) lowest = fewest;
    }
    // No row below has less than the lowest of this one: a swap reaches two rows up, but costs what that one
    // is lower at most.
    if (lowest >= enough) return enough;
    next[to + 1] = enough;
    [above, row, next] = [row, next, above];
  }
  return row[b.length] ?? 0;
}

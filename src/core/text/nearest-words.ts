/**
 * Finds the candidate nearest to what was written, or undefined when none is near (more than a third of it
 * differs).
 */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  const low = written.toLowerCase();
  for (const candidate of candidates) {
    const isBeginning = candidate.startsWith(written) && written.length >= 3;
    const distance = isBeginning ? 1 : edits(low, candidate.toLowerCase(), least);
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
  const away = candidates.map(candidate => edits(low, candidate.toLowerCase(), most + 1));
  const least = Math.min(...away, most + 1);
  return least > most ? [] : candidates.filter((_, at) => away[at] === least);
}

/**
 * Counts the letters to insert, delete, change or swap with their neighbour to make `b` from `a` (optimal
 * string alignment). Gives `enough` as soon as it is certain that there are at least as many.
 */
function edits(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  // row[j]: the edits from the first i letters of `a` to the first j letters of `b`.
  let above: number[] = [];
  let row: number[] = [];
  for (let j = 0; j <= b.length; j++) row.push(j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let fewest = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) fewest = Math.min(fewest, (above[j - 2] ?? 0) + 1);
      next.push(fewest);
      lowest = Math.min(lowest, fewest);
    }
    // No later row can get below the lowest value of this one.
    if (lowest >= enough) return enough;
    [above, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

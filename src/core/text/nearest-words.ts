/**
 * Returns the candidate most similar to a misspelled word, or undefined if more than a third of its letters
 * differ from every candidate.
 */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  const lower = written.toLowerCase();
  for (const candidate of candidates) {
    const isBeginning = candidate.startsWith(written) && written.length >= 3;
    const distance = isBeginning ? 1 : edits(lower, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Returns all candidates with the fewest differing letters, if those are at most `most`. */
export function allNearest(written: string, candidates: readonly string[], most: number): readonly string[] {
  const lower = written.toLowerCase();
  const distances = candidates.map(candidate => edits(lower, candidate.toLowerCase(), most + 1));
  const least = Math.min(...distances, most + 1);
  return least > most ? [] : candidates.filter((_, at) => distances[at] === least);
}

/**
 * Counts the insertions, deletions, changes and swaps of neighbours that turn `a` into `b` (optimal string
 * alignment distance). Returns `enough` as soon as the count is certain to reach it.
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

import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Tally } from '../../core/patterns/patterns-count.ts';
import type { Bar, Labels } from './picture.ts';

/** Returns a bar for each count, labelled with the name of its pick. */
export function barsOf(counts: Tally['counts'], labels: Labels): readonly Bar[] {
  return counts.map(({ pick, n }) => ({ label: nameOf(pick, labels), n }));
}

/** Returns the label of a pick, the person's own words for "other", or the pick itself if it is unknown. */
export function nameOf(pick: string, labels: Labels): string {
  return (labelOf(pick, labels) ?? pick).replace(/\s+/g, ' ').trim();
}

// Look up own properties only: a person may write `constructor`.
function labelOf(pick: string, labels: Labels): string | undefined {
  if (Object.hasOwn(labels, pick)) return labels[pick];
  return Object.hasOwn(labels, keyOf(pick)) ? ownWords(pick) : undefined;
}

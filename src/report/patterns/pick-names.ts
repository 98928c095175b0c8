import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Tally } from '../../core/patterns/patterns-count.ts';
import type { Bar, Labels } from './picture.ts';

/** Gives a bar for each count, with the name of its pick. */
export function barsOf(counts: Tally['counts'], labels: Labels): readonly Bar[] {
  return counts.map(({ pick, n }) => ({ label: nameOf(pick, labels), n }));
}

/** Names a pick by its label; the person's own words, and picks that are in no list, are given as they are. */
export function nameOf(pick: string, labels: Labels): string {
  return (labelOf(pick, labels) ?? pick).replace(/\s+/g, ' ').trim();
}

// Only own properties count: a person may write `constructor`.
function labelOf(pick: string, labels: Labels): string | undefined {
  if (Object.hasOwn(labels, pick)) return labels[pick];
  return Object.hasOwn(labels, keyOf(pick)) ? ownWords(pick) : undefined;
}

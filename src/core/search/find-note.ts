import { Exit, Problem } from '../../errors.ts';
import { nearest } from '../text/nearest-words.ts';
import type { Moment } from './summary.ts';

/**
 * Finds a moment by its id, an unambiguous prefix of its id, or `last` (the newest `created`). Throws a
 * Problem (exit 2) that lists the candidates if the text is unknown or ambiguous.
 */
export function findMoment<M extends Moment>(moments: readonly M[], text: string): M {
  if (moments.length === 0) throw new Problem('cli.no-moments', {}, { exit: Exit.misused });
  const [found, ...others] = momentsWithId(moments, text);
  if (found === undefined) throw unknownMoment(moments, text);
  if (others.length > 0) {
    const near = listMoments([found, ...others]);
    throw new Problem('cli.ambiguous-id', { id: text, near }, { exit: Exit.misused });
  }
  return found;
}

/** Returns the moment with this id, else all whose ids start with it; the newest moment for `last`. */
export function momentsWithId<M extends Moment>(moments: readonly M[], text: string): readonly M[] {
  if (text === '' || moments.length === 0) return [];
  if (text === 'last') return [newest(moments)];
  const exact = moments.find(({ head }) => head.id === text);
  if (exact !== undefined) return [exact];
  const start = text.toLowerCase();
  return moments.filter(({ head }) => head.id.toLowerCase().startsWith(start));
}

/** Builds the Problem (exit 2) for a text that matches no moment's id; it lists moments with similar ids. */
export function unknownMoment(moments: readonly Moment[], text: string): Problem {
  const nearId = nearest(
    text,
    moments.map(({ head }) => head.id),
  );
  const near = moments.find(({ head }) => head.id === nearId);
  const similar = near === undefined ? withSimilarStart(text, moments) : [near];
  return similar.length === 0
    ? new Problem('cli.unknown-id', { id: text }, { exit: Exit.misused })
    : new Problem('cli.unknown-id-near', { id: text, near: listMoments(similar) }, { exit: Exit.misused });
}

/** Lists moments by id and day only: an error must not contain words from a note. */
export function listMoments(moments: readonly Moment[]): string {
  return moments.map(({ head }) => `${head.id} (${head.session})`).join(', ');
}

/** Returns the newest three moments whose ids start with the text, allowing one wrong letter. */
function withSimilarStart<M extends Moment>(text: string, moments: readonly M[]): readonly M[] {
  if (text.length < 2) return [];
  const letters = [...text.toLowerCase()];
  return moments
    .filter(({ head }) => letters.filter((letter, at) => head.id[at] !== letter).length <= 1)
    .toSorted((a, b) => time(b) - time(a))
    .slice(0, 3);
}

function newest<M extends Moment>(moments: readonly M[]): M {
  return moments.reduce((best, moment) => (time(moment) > time(best) ? moment : best));
}

function time({ head }: Moment): number {
  return Date.parse(head.created ?? head.session);
}

import { Exit, Problem } from '../../errors.ts';
import { nearest } from '../text/nearest-words.ts';
import type { Moment } from './summary.ts';

/**
 * Finds the moment that `text` means: its id, an unambiguous beginning of it, or `last` (the newest
 * `created`). Throws a Problem (exit 2) for an unknown or ambiguous one, which names the candidates.
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

/**
 * Gives the moments that `text` may mean as an id: the one of this id, or all whose ids begin with it; the
 * newest for `last`.
 */
export function momentsWithId<M extends Moment>(moments: readonly M[], text: string): readonly M[] {
  if (text === '' || moments.length === 0) return [];
  if (text === 'last') return [newest(moments)];
  const exact = moments.find(({ head }) => head.id === text);
  if (exact !== undefined) return [exact];
  const start = text.toLowerCase();
  return moments.filter(({ head }) => head.id.toLowerCase().startsWith(start));
}

/**
 * The Problem (exit 2) of a text that means none of these moments; it names those whose ids are close to
 * it.
 */
export function unknownMoment(moments: readonly Moment[], text: string): Problem {
  const nearId = nearest(
    text,
    moments.map(({ head }) => head.id),
  );
  const near = moments.find(({ head }) => head.id === nearId);
  const close = near === undefined ? withBeginningLike(text, moments) : [near];
  return close.length === 0
    ? new Problem('cli.unknown-id', { id: text }, { exit: Exit.misused })
    : new Problem('cli.unknown-id-near', { id: text, near: listMoments(close) }, { exit: Exit.misused });
}

/** Names moments by id and day alone: no word of a note belongs into an error. */
export function listMoments(moments: readonly Moment[]): string {
  return moments.map(({ head }) => `${head.id} (${head.session})`).join(', ');
}

/** The newest three whose ids begin as `text` does, but for one letter. */
function withBeginningLike<M extends Moment>(text: string, moments: readonly M[]): readonly M[] {
  if (text.length < 2) return [];
  const letters = [...text.toLowerCase()];
  return moments
    .filter(({ head }) => letters.filter((letter, at) => head.id[at] !== letter).length <= 1)
    .toSorted((one, other) => time(other) - time(one))
    .slice(0, 3);
}

function newest<M extends Moment>(moments: readonly M[]): M {
  return moments.reduce((best, one) => {
    const [a, b] = [time(best), time(one)];
    return b > a ? one : best;
  });
}

function time({ head }: Moment): number {
  return Date.parse(head.created ?? head.session);
}

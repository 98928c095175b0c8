import { Exit, Problem } from '../errors.ts';
import { nearest } from './suggest.ts';
import type { Moment } from './summary.ts';

/**
 * Finds the moment that `text` means: its id, an unambiguous beginning of it, or `last` (the newest `created`). An unknown or ambiguous
 * one is a Problem (exit 2) that names the candidates.
 */
export function findMoment<M extends Moment>(moments: readonly M[], text: string): M {
  if (moments.length === 0) throw new Problem('cli.no-moments', {}, { exit: Exit.misused });
  if (text === 'last') return newest(moments);
  const exact = moments.find(({ head }) => head.id === text);
  if (exact !== undefined) return exact;
  const candidates = text === '' ? [] : moments.filter(({ head }) => head.id.toLowerCase().startsWith(text.toLowerCase()));
  if (candidates.length > 1) throw new Problem('cli.ambiguous-id', { id: text, near: candidates.map(named).join(', ') }, { exit: Exit.misused });
  const [only] = candidates;
  if (only !== undefined) return only;
  const nearId = nearest(text, moments.map(({ head }) => head.id));
  const near = moments.find(({ head }) => head.id === nearId);
  const close = near === undefined ? withBeginningLike(text, moments) : [near];
  throw close.length === 0
    ? new Problem('cli.unknown-id', { id: text }, { exit: Exit.misused })
    : new Problem('cli.unknown-id-near', { id: text, near: close.map(named).join(', ') }, { exit: Exit.misused });
}

/** The newest three whose ids begin as `text` does, but for one letter. */
function withBeginningLike<M extends Moment>(text: string, moments: readonly M[]): readonly M[] {
  if (text.length < 2) return [];
  const letters = [...text.toLowerCase()];
  return moments.filter(({ head }) => letters.filter((letter, at) => head.id[at] !== letter).length <= 1)
    .toSorted((one, other) => time(other) - time(one)).slice(0, 3);
}

// By id alone: no word of a note belongs into an error.
function named({ head }: Moment): string {
  return `${head.id} (${head.session})`;
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

import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Words } from '../../world/world.ts';
import { barsOf, nameOf } from './pick-names.ts';
import type { Part, PickLabels } from './picture.ts';

/**
 * Returns the parts of the picture of echoes (the people that a moment reminded the person of): how often
 * each was named, with which kinds of moment, and how often several were named. Returns none if fewer than
 * two moments name somebody.
 */
export function echoParts(echoes: Patterns['echoes'], labels: PickLabels, words: Words): readonly Part[] {
  const { of, someone, several, counts } = echoes;
  if (someone < 2) return [];
  return [
    { is: 'bars', of, rows: barsOf(counts, labels.echo) },
    togetherOf(echoes, labels, words),
    {
      is: 'sentences',
      lines: several === 0 ? [] : [words('patterns.echoes.several', { n: several, of: someone })],
    },
  ];
}

// Returns a table of the kinds and people most often named together, at most five by four, since more is hard
// to take in. For a single kind and person, returns a sentence instead.
function togetherOf({ pairs }: Patterns['echoes'], labels: PickLabels, words: Words): Part {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))].slice(0, 5);
  const echoes = [...new Set(pairs.map(({ echo }) => echo))].slice(0, 4);
  const repeated = pairs.filter(({ n }) => n > 1);
  const lines = repeated
    .slice(0, 2)
    .map(({ kind, echo, n }) =>
      words('patterns.echoes.pair', { kind: nameOf(kind, labels.kinds), echo: nameOf(echo, labels.echo), n }),
    );
  if (repeated.length === 0 || kinds.length * echoes.length < 2) return { is: 'sentences', lines };
  return {
    is: 'grid',
    sentences: lines,
    columns: echoes.map(echo => nameOf(echo, labels.echo)),
    rows: kinds.map(kind => ({
      label: nameOf(kind, labels.kinds),
      cells: echoes.map(echo => pairs.find(pair => pair.kind === kind && pair.echo === echo)?.n ?? 0),
    })),
  };
}

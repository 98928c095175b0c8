import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Changes, Tally } from '../../core/patterns/patterns-count.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { Moment } from '../../core/search/summary.ts';
import type { Words } from '../../world/world.ts';
import { plainDay } from '../text/dates.ts';

/** A text of the person's that belongs to a moment. */
export interface PictureInput {
  readonly moment: Moment;
  readonly text: string;
}

/** The counts, and the texts that were read for them. */
export interface PatternsReport {
  readonly found: Patterns;
  /** What helped, of every moment that was brought up. */
  readonly helped: readonly PictureInput[];
  readonly good: readonly PictureInput[];
}

/** What picks are called, by key. */
export type PickLabels = Readonly<
  Record<'kinds' | 'feelings' | 'echo' | 'status' | 'shape' | 'urges', Readonly<Record<string, string>>>
>;

/** One picture: its heading, over how many it counts, and what is in it: one part at least. */
export interface Picture {
  readonly title: string;
  readonly over: string;
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly is: 'entries'; readonly rows: readonly Entry[] }
  | { readonly is: 'bars'; readonly of: number; readonly rows: readonly Bar[] }
  /** Counts that are set against nothing: what became of a moment is no rate. */
  | { readonly is: 'counts'; readonly rows: readonly Bar[] }
  | {
      readonly is: 'grid';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string; readonly cells: readonly number[] }[];
      readonly said: readonly string[];
    }
  | { readonly is: 'tracks'; readonly rows: readonly Track[] }
  | { readonly is: 'said'; readonly lines: readonly string[] };

/** A day with words of the person's: a title, and texts below it. */
export interface Entry {
  readonly day: Day;
  readonly title: string;
  readonly size?: Pick<Track, 'before' | 'now'>;
  readonly texts: readonly string[];
}

export interface Bar {
  readonly label: string;
  readonly n: number;
}

export interface Track {
  readonly day: Day;
  readonly title: string;
  readonly before: number;
  readonly now: number;
}

/** Puts the counts as pictures in their order, repairs first. What has nothing in it is left out. */
export function picturesOf(report: PatternsReport, labels: PickLabels, words: Words): readonly Picture[] {
  const { found } = report;
  const others = othersHelped(report);
  const headed = (name: string, n: number): Pick<Picture, 'title' | 'over'> => ({
    title: words(`patterns.${name}.title`),
    over: words(`patterns.${name}.over`, { n }),
  });
  const picture = (name: string, n: number, parts: readonly Part[]): readonly Picture[] => {
    const full = parts.filter(part => (part.is === 'said' ? part.lines.length > 0 : part.rows.length > 0));
    return full.length === 0 ? [] : [{ ...headed(name, n), parts: full }];
  };
  const bars = (
    name: string,
    { of, counts }: Tally,
    of_labels: Readonly<Record<string, string>>,
  ): readonly Picture[] =>
    picture(name, of, [
      { is: 'bars', of, rows: counts.map(({ pick, n }) => ({ label: nameOf(pick, of_labels), n })) },
    ]);
  return [
    ...picture('repairs', found.repaired.length, [{ is: 'entries', rows: repairsOf(report, words) }]),
    ...picture('good', report.good.length, [
      {
        is: 'entries',
        rows: report.good.map(({ moment, text }) => ({ day: moment.head.session, title: '', texts: [text] })),
      },
    ]),
    ...bars('kinds', found.kinds, labels.kinds),
    ...bars('feelings', found.feelings, labels.feelings),
    ...bars('shapes', found.shapes, labels.shape),
    ...(found.echoes.someone < 2
      ? []
      : picture('echoes', found.echoes.of, [
          {
            is: 'bars',
            of: found.echoes.of,
            rows: found.echoes.counts.map(({ pick, n }) => ({ label: nameOf(pick, labels.echo), n })),
          },
          togetherOf(found, labels, words),
          {
            is: 'said',
            lines:
              found.echoes.several === 0
                ? []
                : [words('patterns.echoes.several', { n: found.echoes.several, of: found.echoes.someone })],
          },
        ])),
    ...picture('raised', found.raised.moments.length, [
      {
        is: 'counts',
        rows: found.raised.outcomes.counts.map(({ pick, n }) => ({ label: nameOf(pick, labels.status), n })),
      },
      { is: 'said', lines: changesWords(found.raised.changes, words) },
    ]),
    ...picture('helped', others.length, [
      {
        is: 'entries',
        rows: others.map(({ moment, text }) => ({
          day: moment.head.session,
          title: titleOf(moment.head, words),
          texts: [text],
        })),
      },
    ]),
    ...bars('urges', found.urges, labels.urges),
    ...keptPicture(found.kept, headed, words),
    ...picture('sizes', found.sizes.length, [
      {
        is: 'tracks',
        rows: found.sizes.map(({ moment: { head }, before, now }) => ({
          day: head.session,
          title: titleOf(head, words),
          before,
          now,
        })),
      },
    ]),
  ];
}

/** Says what a size was and is, as a picture ("7 → 2") or in words. */
export function changeWords(
  { before, now }: Pick<Track, 'before' | 'now'>,
  how: 'change' | 'change_words',
  words: Words,
): string {
  return words(before === now ? `patterns.${how}_none` : `patterns.${how}`, { before, now });
}

/** Gives the texts of each moment, so that they aren't looked for among all of them for every one. */
export function textsByMoment(told: readonly PictureInput[]): ReadonlyMap<Moment, readonly string[]> {
  const texts = new Map<Moment, string[]>();
  for (const { moment, text } of told) {
    const its = texts.get(moment);
    if (its === undefined) texts.set(moment, [text]);
    else its.push(text);
  }
  return texts;
}

function repairsOf({ found, helped }: PatternsReport, words: Words): readonly Entry[] {
  const sizes = new Map(found.sizes.map(run => [run.moment, run]));
  const texts = textsByMoment(helped);
  return found.repaired.map(moment => {
    const size = sizes.get(moment);
    return {
      day: moment.head.session,
      title: titleOf(moment.head, words),
      texts: texts.get(moment) ?? [],
      ...(size === undefined ? {} : { size: { before: size.before, now: size.now } }),
    };
  });
}

// Those of repairs stand beside them.
function othersHelped({ found, helped }: PatternsReport): readonly PictureInput[] {
  const repaired = new Set(found.repaired);
  return helped.filter(({ moment }) => !repaired.has(moment));
}

// The kinds and people named together most; a table of five by four is what can be taken in. One kind and one
// person are no table: then it is said alone.
function togetherOf({ echoes: { pairs } }: Patterns, labels: PickLabels, words: Words): Part {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))].slice(0, 5);
  const echoes = [...new Set(pairs.map(({ echo }) => echo))].slice(0, 4);
  const often = pairs.filter(({ n }) => n > 1);
  const said = often
    .slice(0, 2)
    .map(({ kind, echo, n }) =>
      words('patterns.echoes.pair', { kind: nameOf(kind, labels.kinds), echo: nameOf(echo, labels.echo), n }),
    );
  if (often.length === 0 || kinds.length * echoes.length < 2) return { is: 'said', lines: said };
  return {
    is: 'grid',
    said,
    columns: echoes.map(echo => nameOf(echo, labels.echo)),
    rows: kinds.map(kind => ({
      label: nameOf(kind, labels.kinds),
      cells: echoes.map(echo => pairs.find(pair => pair.kind === kind && pair.echo === echo)?.n ?? 0),
    })),
  };
}

function keptPicture(
  { n, changes }: Patterns['kept'],
  headed: (name: string, n: number) => Pick<Picture, 'title' | 'over'>,
  words: Words,
): readonly Picture[] {
  const lines = changesWords(changes, words);
  return n === 0
    ? []
    : [
        {
          ...headed('kept', n),
          parts: [{ is: 'said', lines: lines.length === 0 ? [words('patterns.kept.no_change')] : lines }],
        },
      ];
}

// How many are smaller, the same, bigger; one sentence each, and none for none.
function changesWords(changes: Changes, words: Words): readonly string[] {
  return (['smaller', 'same', 'bigger'] as const).flatMap(way =>
    changes[way] === 0 ? [] : [words(`patterns.changes.${way}`, { n: changes[way] })],
  );
}

/** Calls a pick by its label; own words, and what no list knows, by themselves. */
export function nameOf(pick: string, labels: Readonly<Record<string, string>>): string {
  return (labelOf(pick, labels) ?? pick).replace(/\s+/g, ' ').trim();
}

// Only own properties count: a pick may be called `constructor`.
function labelOf(pick: string, labels: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(labels, pick)) return labels[pick];
  return Object.hasOwn(labels, keyOf(pick)) ? ownWords(pick) : undefined;
}

function titleOf(head: Head, words: Words): string {
  return (head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) }))
    .replace(/\s+/g, ' ')
    .trim();
}

import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Changes, Tally } from '../../core/patterns/patterns-count.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { Moment } from '../../core/search/summary.ts';
import type { Words } from '../../world/world.ts';
import { plainDay } from '../text/dates.ts';
import { echoParts } from './patterns-echoes.ts';
import { barsOf } from './pick-names.ts';
import type { Labels } from './picture.ts';
import type { PictureInput, PatternsReport, PickLabels, Picture, Part, Entry, Track } from './picture.ts';

/** Returns the pictures of the patterns page in order, repairs first. Omits empty pictures. */
export function picturesOf(report: PatternsReport, labels: PickLabels, words: Words): readonly Picture[] {
  const { found } = report;
  const outsideRepairs = helpedOutsideRepairs(report);
  const picture = (name: string, n: number, parts: readonly Part[]): readonly Picture[] => {
    const nonEmpty = parts.filter(part =>
      part.is === 'sentences' ? part.lines.length > 0 : part.rows.length > 0,
    );
    if (nonEmpty.length === 0) return [];
    const title = words(`patterns.${name}.title`);
    return [{ title, over: words(`patterns.${name}.over`, { n }), parts: nonEmpty }];
  };
  const entries = (name: string, rows: readonly Entry[]): readonly Picture[] =>
    picture(name, rows.length, [{ is: 'entries', rows }]);
  const bars = (name: string, { of, counts }: Tally, named: Labels): readonly Picture[] =>
    picture(name, of, [{ is: 'bars', of, rows: barsOf(counts, named) }]);
  return [
    ...entries('repairs', repairsOf(report, words)),
    ...entries(
      'good',
      report.good.map(({ moment, text }) => ({ day: moment.head.session, title: '', texts: [text] })),
    ),
    ...bars('kinds', found.kinds, labels.kinds),
    ...bars('feelings', found.feelings, labels.feelings),
    ...bars('shapes', found.shapes, labels.shape),
    ...picture('echoes', found.echoes.of, echoParts(found.echoes, labels, words)),
    ...picture('raised', found.raised.moments.length, [
      { is: 'counts', rows: barsOf(found.raised.outcomes.counts, labels.status) },
      { is: 'sentences', lines: changesWords(found.raised.changes, words) },
    ]),
    ...entries(
      'helped',
      outsideRepairs.map(({ moment: { head }, text }) => ({
        day: head.session,
        title: titleOf(head, words),
        texts: [text],
      })),
    ),
    ...bars('urges', found.urges, labels.urges),
    ...picture('kept', found.kept.n, keptParts(found.kept, words)),
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

/** Returns a change of size as a short picture ("7 → 2", `change`) or in words (`change_words`). */
export function changeWords(
  { before, now }: Pick<Track, 'before' | 'now'>,
  how: 'change' | 'change_words',
  words: Words,
): string {
  return words(before === now ? `patterns.${how}_none` : `patterns.${how}`, { before, now });
}

/** Groups the texts by moment. */
export function textsByMoment(inputs: readonly PictureInput[]): ReadonlyMap<Moment, readonly string[]> {
  const texts = new Map<Moment, string[]>();
  for (const { moment, text } of inputs) {
    const ofMoment = texts.get(moment);
    if (ofMoment === undefined) texts.set(moment, [text]);
    else ofMoment.push(text);
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

// Returns the helpful texts outside of repairs: the page shows those of a repair beside it.
function helpedOutsideRepairs({ found, helped }: PatternsReport): readonly PictureInput[] {
  const repaired = new Set(found.repaired);
  return helped.filter(({ moment }) => !repaired.has(moment));
}

function keptParts({ n, changes }: Patterns['kept'], words: Words): readonly Part[] {
  if (n === 0) return [];
  const lines = changesWords(changes, words);
  return [{ is: 'sentences', lines: lines.length === 0 ? [words('patterns.kept.no_change')] : lines }];
}

// Returns a sentence for each count above 0: how many became smaller, stayed the same, and became bigger.
function changesWords(changes: Changes, words: Words): readonly string[] {
  return (['smaller', 'same', 'bigger'] as const).flatMap(way =>
    changes[way] === 0 ? [] : [words(`patterns.changes.${way}`, { n: changes[way] })],
  );
}

function titleOf(head: Head, words: Words): string {
  return (head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) }))
    .replace(/\s+/g, ' ')
    .trim();
}

import type { Tally } from '../../core/patterns/patterns-count.ts';
import type { Moment } from '../../core/search/summary.ts';
import { jsonText } from '../text/json-text.ts';
import { textsByMoment } from './patterns-pictures.ts';
import type { PatternsReport, PictureInput } from './picture.ts';

/**
 * Returns the patterns as JSON, version 1. With fewer than three moments, every picture is empty. Picks are
 * keys, or the person's own words as in the front matter (`other: the fan was loud`). Days are YYYY-MM-DD.
 * Absent values are left out.
 *
 * - `moments`, `sessions`: the numbers of moments and sessions counted
 * - `repairs`: `[{ id, title, session, size_before, size_now, helped: [text], path }]`, newest first
 * - `good_moments`: `[{ id, session, text, path }]`
 * - `kinds`, `feelings`, `shapes`, `urges`: `{ of, counts: [{ pick, n }] }`; `of` is the number of moments
 *   with any pick
 * - `echoes`: the same, with `someone` and `several` (the numbers of moments that named anybody, or more than
 *   one person) and `with_kinds: [{ kind, echo, n }]`
 * - `raised`: `{ of, counts: [{ status, n }], size: { of, before, after }, helped: [{ id, session, text }]
 *   }` with median sizes
 * - `kept`: `{ n, size: { of, before, after } }`, the moments counted here that the person never brought up
 * - `sizes`: `[{ id, title, session, size_before, size_now, sizes: [{ day, size }], path }]`, moments with
 *   more than one size
 */
export function patternsJson({ found, helped, good }: PatternsReport): string {
  const sized = new Map(found.sizes.map(run => [run.moment, run]));
  const texts = textsByMoment(helped);
  const { raised, kept, echoes } = found;
  return jsonText(
    {
      version: 1,
      moments: found.moments,
      sessions: found.sessions,
      repairs: found.repaired.map(moment => ({
        ...headOf(moment),
        size_before: sized.get(moment)?.before,
        size_now: sized.get(moment)?.now,
        helped: texts.get(moment) ?? [],
        path: moment.path,
      })),
      good_moments: good.map(({ moment, text }) => ({ ...textEntry({ moment, text }), path: moment.path })),
      kinds: tallyOf(found.kinds),
      feelings: tallyOf(found.feelings),
      shapes: tallyOf(found.shapes),
      echoes: {
        ...tallyOf(echoes),
        someone: echoes.someone,
        several: echoes.several,
        with_kinds: echoes.pairs,
      },
      raised: {
        of: raised.outcomes.of,
        counts: raised.outcomes.counts.map(({ pick, n }) => ({ status: pick, n })),
        size: raised.size,
        helped: helped.map(textEntry),
      },
      urges: tallyOf(found.urges),
      kept: { n: kept.n, size: kept.size },
      sizes: found.sizes.map(({ moment, before, now, sizes }) => ({
        ...headOf(moment),
        size_before: before,
        size_now: now,
        sizes: sizes.map(({ day, size }) => ({ day, size })),
        path: moment.path,
      })),
    },
    2,
  );
}

function headOf({ head }: Moment): {
  readonly id: string;
  readonly title?: string;
  readonly session: string;
} {
  return { id: head.id, title: head.title, session: head.session };
}

function textEntry({ moment: { head }, text }: PictureInput): {
  readonly id: string;
  readonly session: string;
  readonly text: string;
} {
  return { id: head.id, session: head.session, text };
}

function tallyOf({ of, counts }: Tally): Tally {
  return { of, counts };
}

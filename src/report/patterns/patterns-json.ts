import type { Tally } from '../../core/patterns/patterns-count.ts';
import type { Moment } from '../../core/search/summary.ts';
import { jsonText } from '../text/json-text.ts';
import { textsByMoment } from './patterns-pictures.ts';
import type { PatternsReport, PictureInput } from './picture.ts';

/**
 * Gives the JSON object of the contract, version 1. Below three moments every picture is empty. Picks are
 * keys, or the person's own words as they stand in the front matter (`other: the fan was loud`); days are
 * YYYY-MM-DD; absent values are left out.
 *
 * - `moments`, `sessions`: how many were counted
 * - `repairs`: `[{ id, title, session, size_before, size_now, helped: [text], path }]`, newest first
 * - `good_moments`: `[{ id, session, text, path }]`
 * - `kinds`, `feelings`, `shapes`, `urges`: `{ of, counts: [{ pick, n }] }`, where `of` moments named any
 * - `echoes`: the same, with `someone`, `several` (moments where one, or more than one, came to mind) and
 *   `with_kinds: [{ kind, echo, n }]`
 * - `raised`: `{ of, counts: [{ status, n }], size: { of, before, after }, helped: [{ id, session, text }]
 *   }`, sizes as middle values
 * - `kept`: `{ n, size: { of, before, after } }`, those here that were never brought up
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
        ...named(moment),
        size_before: sized.get(moment)?.before,
        size_now: sized.get(moment)?.now,
        helped: texts.get(moment) ?? [],
        path: moment.path,
      })),
      good_moments: good.map(({ moment, text }) => ({ ...toldOf({ moment, text }), path: moment.path })),
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
        helped: helped.map(toldOf),
      },
      urges: tallyOf(found.urges),
      kept: { n: kept.n, size: kept.size },
      sizes: found.sizes.map(({ moment, before, now, sizes }) => ({
        ...named(moment),
        size_before: before,
        size_now: now,
        sizes: sizes.map(({ day, size }) => ({ day, size })),
        path: moment.path,
      })),
    },
    2,
  );
}

function named({ head }: Moment): { readonly id: string; readonly title?: string; readonly session: string } {
  return { id: head.id, title: head.title, session: head.session };
}

function toldOf({ moment: { head }, text }: PictureInput): {
  readonly id: string;
  readonly session: string;
  readonly text: string;
} {
  return { id: head.id, session: head.session, text };
}

function tallyOf({ of, counts }: Tally): Tally {
  return { of, counts };
}

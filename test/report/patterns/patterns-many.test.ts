import { expect, it } from 'vitest';
import type { Patterns } from '../../../src/core/patterns/patterns.ts';
import { findPatterns } from '../../../src/core/patterns/patterns.ts';
import { patternsJson } from '../../../src/report/patterns/patterns-json.ts';
import { picturesOf } from '../../../src/report/patterns/patterns-pictures.ts';
import { momentOf, watched } from '../../core/support.ts';
import { words } from '../support.ts';
import type { PatternsReport } from '../../../src/report/patterns/picture.ts';

const n = 500;
const moments = Array.from({ length: n }, (_one, at) =>
  momentOf(`m${at}`, '2026-01-02', {
    status: at % 2 === 0 ? 'repaired' : 'eased',
    size: 2,
    keys: { history: ['2026-01-01 open 7', '2026-01-02 repaired 2'] },
  }),
);
const labels = { kinds: {}, feelings: {}, echo: {}, status: {}, shape: {}, urges: {} };

// Every moment was looked for among all that were repaired, all texts and all sizes: 500 moments took some
// 200,000 looks.
it.each<[string, (report: PatternsReport) => unknown]>([
  ['the pictures', report => picturesOf(report, labels, words)],
  ['the JSON', patternsJson],
])('%s look at each moment, text and size a few times only', (_name, draw) => {
  const found = findPatterns(moments);
  const helped = moments.flatMap(moment => [
    { moment, text: `a ${moment.head.id}` },
    { moment, text: `b ${moment.head.id}` },
  ]);
  let looks = 0;
  const look = (): void => {
    looks += 1;
  };
  const counted: Patterns = {
    ...found,
    repaired: watched(found.repaired, look),
    sizes: watched(found.sizes, look),
  };
  const drawn = draw({ found: counted, helped: watched(helped, look), good: [] });
  expect(looks).toBeGreaterThan(n);
  expect(looks).toBeLessThan(20 * n);
  expect(drawn).toEqual(draw({ found, helped, good: [] }));
});

it('puts the texts of a repair beside it in their order, and those of others by themselves', () => {
  const found = findPatterns(moments.slice(0, 4));
  const helped = moments.slice(0, 2).flatMap(moment => ['b', 'a'].map(text => ({ moment, text })));
  const pictures = picturesOf({ found, helped, good: [] }, labels, words);
  const texts = (name: string): unknown =>
    pictures
      .find(({ title }) => title === words(`patterns.${name}.title`))
      ?.parts.map(part => (part.is === 'entries' ? part.rows.map(row => row.texts) : []));
  expect(texts('repairs')).toEqual([[['b', 'a'], []]]);
  expect(texts('helped')).toEqual([[['b'], ['a']]]);
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findPatterns } from '../../../src/core/patterns/patterns.ts';
import { statuses } from '../../../src/core/notes/status.ts';
import { htmlPictures } from '../../../src/report/patterns/html-pictures.ts';
import { patternsPage } from '../../../src/report/patterns/patterns-page.ts';
import { picturesOf } from '../../../src/report/patterns/patterns-pictures.ts';
import { patternsMarkdown, patternsPlain } from '../../../src/report/patterns/patterns-text.ts';
import { dayOf, momentOf } from '../../core/support.ts';
import { layoutOf, style, words } from '../support.ts';
import type { Picture } from '../../../src/report/patterns/picture.ts';

const labels = { kinds: {}, feelings: {}, echo: {}, status: {}, shape: {}, urges: {} };
const today = dayOf('2026-03-12');
const pick = fc.constantFrom('misread', 'joke', 'other: mine', 'none', 'not-sure', 'rather-not');
const line = fc
  .tuple(fc.constantFrom(...statuses), fc.integer({ min: 0, max: 10 }))
  .map(([status, size]) => `2026-01-02 ${status} ${size}`);
const row = fc.record({
  status: fc.option(fc.constantFrom(...statuses), { nil: undefined }),
  kinds: fc.array(pick, { maxLength: 2 }),
  feelings: fc.array(pick, { maxLength: 2 }),
  size: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
  keys: fc.record(
    {
      sit: fc.constantFrom('fine', 'mixed', 'bothered'),
      echo: fc.array(pick, { maxLength: 3 }),
      urges: fc.array(pick, { maxLength: 2 }),
      shape: pick,
      history: fc.array(line, { maxLength: 4 }),
    },
    { requiredKeys: [] },
  ),
});

/** Returns each chart whose heading has nothing below it. */
function bare(text: string, pictures: readonly Picture[]): readonly string[] {
  const blocks = text.split(/\n\s*\n(?=## |\S|  \S| \S)/).map(block => block.trim());
  return pictures.flatMap(({ title }) => {
    const at = blocks.findIndex(block => block.replace(/^## /, '').startsWith(title));
    const block = blocks[at] ?? '';
    const isAlone =
      !block.includes('\n') && (blocks[at + 1] === undefined || blocks[at + 1]?.startsWith('## ') === true);
    return at < 0 || isAlone ? [`${title} in ${JSON.stringify(text)}`] : [];
  });
}

it('no heading of patterns is empty in any small notebook', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 3, maxLength: 7 }), fc.boolean(), (rows, withTexts) => {
      const moments = rows.map((one, at) => momentOf(`m${at}`, `2026-01-0${at + 1}`, one));
      const found = findPatterns(moments);
      const told = withTexts ? moments.map(moment => ({ moment, text: 'A text.' })) : [];
      const pictures = picturesOf({ found, helped: told, good: told.slice(0, 1) }, labels, words);
      for (const { parts } of pictures) {
        expect(parts.length).toBeGreaterThan(0);
        for (const part of parts)
          expect(part.is === 'sentences' ? part.lines.length : part.rows.length).toBeGreaterThan(0);
      }
      expect(bare(patternsMarkdown(found, pictures, words), pictures)).toEqual([]);
      expect(htmlPictures(pictures, words)).not.toMatch(/<\/h3>\s*<\/section>/);
      for (const width of [40, 60, 80, 120]) {
        const plain = patternsPlain(found, pictures, { today, words, layout: layoutOf(width) })
          .split('\n\n')
          .slice(1);
        for (const block of plain) expect(block).toContain('\n');
        const page = patternsPage(found, pictures, { today, words, style, layout: layoutOf(width) })
          .split(/\n\n(?! {4})/)
          .slice(1);
        expect(page.length).toBeGreaterThanOrEqual(pictures.length);
        for (const block of page) expect(block.trim()).not.toBe('');
      }
    }),
    { numRuns: 200 },
  );
});

it('what was kept and never changed in size has a line of its own below its heading', () => {
  const found = findPatterns(['a', 'b', 'c'].map(id => momentOf(id, '2026-01-02')));
  const pictures = picturesOf({ found, helped: [], good: [] }, labels, words);
  expect(patternsMarkdown(found, pictures, words)).toContain(
    '## Kept here and not brought up (3 moments)\n\nNo change in size is noted here.',
  );
});

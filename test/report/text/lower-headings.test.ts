import { expect, it } from 'vitest';
import { lowerHeadings } from '../../../src/report/text/lower-headings.ts';

const openers = ['<script>', '<!-- a', '<?', '<![CDATA[', '<!DOCTYPE'];
const ends = ['</pre>', '-->', '?>', ']]>', '>'];

it('looks for the end of a block that runs on once for each kind', () => {
  // Checking all later lines for each line takes many minutes; the test's limit is 20 s.
  const text = `${openers.slice(0, 4).join('\n')}\n`.repeat(50_000);
  expect(lowerHeadings(text) === text.replaceAll('<', '\\<')).toBe(true);
});

it('puts a heading of very many lines together without moving them for each', () => {
  // Prepending each line to all others takes more than a minute; the test's limit is 20 s.
  const lines = 700_000;
  expect(lowerHeadings(`${'a\n'.repeat(lines)}---\nb`) === `### ${'a '.repeat(lines).trim()}\nb`).toBe(true);
});

it.each(openers.map((opener, at) => [opener, ends[at] ?? ''] as const))(
  'takes %s for what it is only while an end is to come',
  (opener, end) => {
    // A line with both ends itself; one after the last end ends nowhere.
    expect(lowerHeadings(`${opener}\n# in it\n${end}\n# a\n${opener} ${end}\n# b\n${opener}\n# c`)).toBe(
      `${opener}\n# in it\n${end}\n### a\n${opener} ${end}\n### b\n${opener.replace('<', '\\<')}\n### c`,
    );
  },
);

it('looks for each kind by itself', () => {
  expect(lowerHeadings('<!-- a\n?>\n-->\n<?\n# a\n<!-- b\n# b')).toBe(
    '<!-- a\n?>\n-->\n\\<?\n### a\n\\<!-- b\n### b',
  );
});

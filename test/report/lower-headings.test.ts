import { expect, it, vi } from 'vitest';
import { lowerHeadings } from '../../src/report/lower-headings.ts';

const openers = ['<script>', '<!-- a', '<?', '<![CDATA[', '<!DOCTYPE'];
const ends = ['</pre>', '-->', '?>', ']]>', '>'];

it('looks for the end of a block that runs on once for each kind', () => {
  const lines = 1000;
  const test = vi.spyOn(RegExp.prototype, 'test');
  let tests: number;
  try {
    lowerHeadings(`${openers.join('\n')}\n`.repeat(lines / openers.length));
    tests = test.mock.calls.length;
  } finally {
    test.mockRestore();
  }
  // Every line asked all that follow: half a million.
  expect(tests).toBeGreaterThan(lines);
  expect(tests).toBeLessThan(30 * lines);
});

it('puts a heading of very many lines together without moving them for each', () => {
  // Each line was put before all the others: that took more than a minute, and a test has 20 s.
  const lines = 700_000;
  expect(lowerHeadings(`${'a\n'.repeat(lines)}---\nb`) === `### ${'a '.repeat(lines).trim()}\nb`).toBe(true);
});

it.each(openers.map((opener, at) => [opener, ends[at] ?? ''] as const))('takes %s for what it is only while an end is to come', (opener, end) => {
  // A line with both ends itself; one after the last end ends nowhere.
  expect(lowerHeadings(`${opener}\n# in it\n${end}\n# a\n${opener} ${end}\n# b\n${opener}\n# c`)).toBe(`${opener}\n# in it\n${end}\n### a\n${opener} ${end}\n### b\n${opener.replace('<', '\\<')}\n### c`);
});

it('looks for each kind by itself', () => {
  expect(lowerHeadings('<!-- a\n?>\n-->\n<?\n# a\n<!-- b\n# b')).toBe('<!-- a\n?>\n-->\n\\<?\n### a\n\\<!-- b\n### b');
});

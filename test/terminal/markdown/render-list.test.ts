import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/terminal/markdown/render-markdown.ts';
import { plainStyle } from '../../../src/terminal/output/styles.ts';

const shown = (text: string, width = 80): string => renderMarkdown(text, { width, style: plainStyle });
const lines = (text: string, width?: number): readonly string[] =>
  shown(text, width)
    .trimEnd()
    .split('\n')
    .map(line => line.replace(/^ {2}/, ''));

describe('a page has the text of the file', () => {
  it.each([
    ['a year at the beginning of a line', '2019. That was the year.', ['  2019. That was the year.']],
    [
      'numbers that begin anywhere and jump',
      '7. the fee\n8. the clock\n\n1. one\n12. two',
      ['  7. the fee', '  8. the clock', '', '  1. one', '  12. two'],
    ],
    [
      'numbers with brackets and zeros',
      '1) one\n2) two\n\ntext\n\n03. three',
      ['  1) one', '  2) two', '', 'text', '', '  03. three'],
    ],
    [
      'bullets below numbers',
      '1. one\n   - a\n     - deep\n2. two',
      ['  1. one', '     - a', '       - deep', '  2. two'],
    ],
    ['numbers below bullets', '- a\n  5. b\n  6. c\n- d', ['  - a', '    5. b', '    6. c', '  - d']],
    [
      'each kind of bullet',
      '- a\n\ntext\n\n* b\n\ntext\n\n+ c',
      ['  - a', '', 'text', '', '  * b', '', 'text', '', '  + c'],
    ],
    ['boxes', '- [ ] to say\n- [x] said\n- [X] done', ['  - [ ] to say', '  - [x] said', '  - [X] done']],
    [
      'boxes in a list with blank lines',
      '- [ ] to say\n\n- [x] said',
      ['  - [ ] to say', '', '  - [x] said'],
    ],
    ['an item of two paragraphs', '- a\n\n  b\n- c', ['  - a', '', '    b', '  - c']],
    ['an item that goes on in the next line', '- a\n  b', ['  - a', '    b']],
    ['an empty item', '- a\n-\n- b', ['  - a', '  -', '  - b']],
    ['what is struck out', 'not ~~that~~ this, ~5 of 10~', ['not ~~that~~ this, ~5 of 10~']],
    ['what is struck out in a list', '- ~~a~~ b', ['  - ~~a~~ b']],
    ['tildes', '~5 minutes, a ~ b, ~/notes', ['~5 minutes, a ~ b, ~/notes']],
    ['stress', 'I was *really* late, _M._ too', ['I was *really* late, _M._ too']],
    ['entities', '&lt;3 &amp; a&b', ['&lt;3 &amp; a&b']],
    ['what looks like the address of a link', '[her]: she was late', ['[her]: she was late']],
    ['colons in code in a list', '- `a:b`', ['  - a:b']],
  ])('%s', (_name, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('even if an item is wider than the screen', () => {
    expect(lines('10. one two three four five six', 24)).toEqual([
      '  10. one two three',
      '      four five six',
    ]);
  });

  const mark = fc.constantFrom('-', '*', '+', '1.', '7.', '2019.', '3)', '- [ ]', '- [x]');
  const words = fc.constantFrom('fee', 'the clock', '~~gone~~', '*so*', '~5', 'a. b', '- c', '2. d');
  const item = fc
    .tuple(fc.nat({ max: 3 }), mark, words)
    .map(([depth, sign, text]) => `${'    '.repeat(depth)}${sign} ${text}`);
  const text = fc.array(fc.oneof(item, fc.constant(''), words), { maxLength: 10 }).map(all => all.join('\n'));
  it('exactly, except for spaces', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(30, 80), (typed, width) => {
        expect(shown(typed, width).replace(/\s+/g, '')).toBe(typed.replace(/\s+/g, ''));
      }),
      { numRuns: 3000 },
    );
  });
});

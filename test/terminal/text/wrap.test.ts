import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutTo, padTo, widthOf } from '../../../src/terminal/text/width.ts';
import { wrap, wrapHanging } from '../../../src/terminal/text/wrap.ts';

const chinese = '我告诉他们关于我妹妹的事情，他们说我喜欢被需要，然后就继续说下去了，我觉得自己很渺小。';

const bare = (value: string): string => value.normalize().replace(/\s+/g, '');

describe('wrapping', () => {
  test.each([40, 60, 80])('nothing is wider than %i columns', width => {
    const part = fc.constantFrom(
      'word',
      'a longer one',
      chinese,
      '👨‍👩‍👧',
      'x'.repeat(100),
      'é́',
      '- item',
      '\n',
      '  indented',
    );
    fc.assert(
      fc.property(fc.array(part), parts => {
        const text = parts.join(' ');
        for (const line of [...wrap(text, { width, first: '  › ' }), ...wrapHanging(text, width, '  ')])
          expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    );
  });

  test('no letter is lost', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(bare(wrap(text, { width: 20 }).join('\n'))).toBe(bare(text));
      }),
    );
  });

  test('the lines after the first stand under its words', () => {
    expect(wrap('one two three four', { width: 16, first: '  1  ' })).toEqual([
      '  1  one two',
      '     three four',
    ]);
    expect(wrapHanging('- one two three\n  four five six', 12)).toEqual([
      '- one two',
      '  three',
      '  four five',
      '  six',
    ]);
  });

  test('a gap or an indent that is wider than the line costs no more than the line', () => {
    const far = ' '.repeat(40_000);
    for (const lines of [
      wrapHanging(`${far}${'word'.repeat(10_000)}`, 80),
      wrapHanging(`-${far}${'word'.repeat(10_000)}`, 80),
      wrapHanging(`\u001b[1m${far}${'word'.repeat(10_000)}\u001b[22m`, 80),
    ]) {
      expect(lines.join('').length).toBeLessThan(1_000_000);
      expect(lines.join('').replace(/\s|\u001b\[\d+m|-/g, '')).toBe('word'.repeat(10_000));
    }
    for (const gap of [' '.repeat(400_000), '\t'.repeat(400_000)]) {
      const lines = wrap(`They left.${gap}I stayed.`, { width: 40 });
      expect(lines.join(' ').replace(/\s+/g, ' ')).toBe('They left. I stayed.');
      expect(lines.join('').length).toBeLessThan(200);
    }
  });

  test('Chinese wraps without spaces', () => expect(wrap(chinese, { width: 40 }).length).toBeGreaterThan(1));
  test('an empty line stays one', () => expect(wrap('a\n\nb', { width: 20 })).toEqual(['a', '', 'b']));
});

describe('width', () => {
  test.each([
    ['abc', 3],
    ['漢字', 4],
    ['👨‍👩‍👧', 2],
    ['\u001b[1mbold\u001b[22m', 4],
    ['é', 1],
  ])('%s takes %i columns', (text, columns) => expect(widthOf(text)).toBe(columns));
  test('a cut text ends with an ellipsis inside the width', () => expect(cutTo('漢字漢字', 5)).toBe('漢字…'));
  test('padding counts columns', () => expect(padTo('漢', 4)).toBe('漢  '));
});

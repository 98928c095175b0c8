import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphemeStarts, wordsOf } from '../../../src/terminal/text/graphemes-and-words.ts';

const wholeGraphemes = (text: string): number[] =>
  Array.from(new Intl.Segmenter().segment(text), ({ index }) => index);
const wholeWords = (text: string): unknown[] =>
  Array.from(new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ from: index, to: index + segment.length }));

// All that joins: flags, families, tones of skin, marks, syllables of Hangul and of Devanagari, halves of a
// character; and words that a dictionary finds.
const signs = [
  'a',
  ' ',
  'é',
  'e\u0301',
  '\u0301',
  '\u200d',
  '🇩',
  '🇪',
  '👨',
  '👨‍👩‍👧',
  '👍',
  '🏽',
  '❤️',
  '\ufe0f',
  '1\ufe0f\u20e3',
  '\u1100',
  '\u1161',
  '\u11a8',
  '각',
  'क',
  '\u094d',
  'ष',
  'ि',
  '\u0600',
  '\ud83d',
  '\udc4d',
  '漢字',
  '私は学生です',
  'สวัสดีครับ',
  '。',
  '、',
  "'",
  '’',
  '.',
  '3',
  ',',
  '_',
  '\t',
  '\u001b',
  'שלום',
  '"',
  '-',
  'word ',
  'カタカナ',
  'ー',
  '\u00a0',
  '\u3000',
  '\u2060',
];
// What ICU makes of a text depends at first on the scripts that it has met: it loads what it knows of them
// one by one.
for (const sign of signs) wholeWords(sign.repeat(3));
const upTo = (most: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...signs),
        fc
          .tuple(fc.constantFrom(...signs), fc.integer({ min: 2, max: most }))
          .map(([sign, count]) => sign.repeat(count)),
      ),
      { minLength: 1, maxLength: 200 },
    )
    .map(parts => parts.join(''));

describe('a text that is looked at in pieces', () => {
  test('has the graphemes that it has as a whole', () => {
    fc.assert(
      fc.property(upTo(400), text => {
        expect(graphemeStarts(text)).toEqual(wholeGraphemes(text));
      }),
      { numRuns: 300 },
    );
  });

  test('has the words that it has as a whole', () => {
    fc.assert(
      // As long as an edge that is certain comes soon enough.
      fc.property(upTo(20), text => {
        expect(wordsOf(text)).toEqual(wholeWords(text));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '',
    'a',
    '漢'.repeat(256),
    '👍'.repeat(200),
    '🇩🇪'.repeat(300),
    `a${'\u0301'.repeat(2000)}b`,
    'wörd '.repeat(300),
  ])('is whole, %j', text => {
    expect(graphemeStarts(text)).toEqual(wholeGraphemes(text));
    expect(wordsOf(text)).toEqual(wholeWords(text));
  });

  // On Node 20 each of these would take many minutes as a whole: more than a test is given.
  test.each(['wörd und 漢字、', '漢字', '123456', '{"a":[1,2.5],"b":"c"}', 'word'])(
    'is never looked at for long: %s',
    part => {
      const text = part.repeat(Math.ceil(300_000 / part.length));
      expect(graphemeStarts(text)).toHaveLength(text.length);
      expect(wordsOf(text).length).toBeGreaterThan(0);
    },
  );
});

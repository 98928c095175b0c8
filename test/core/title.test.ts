import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/core/title.ts';

describe('a title', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['is the first sentence', 'They moved on. I said nothing.', 'They moved on'],
    ['ends with a question too', 'Why did they laugh? I asked.', 'Why did they laugh'],
    ['keeps dots within it', 'It was 3.5 minutes late. Again.', 'It was 3.5 minutes late'],
    ['keeps its quotes and brackets', 'They said "fine". (Twice.) Then left.', 'They said "fine"'],
    ['is the first line that says something', '\n  ---\n\n  They left \n and I stayed', 'They left'],
    ['loses a full stop at its end', 'They left.', 'They left'],
    ['is one line of single spaces', 'They\t \u00a0 left', 'They left'],
    ['ends at a Chinese full stop, which no space follows', '他没有听我说。然后看了表。', '他没有听我说'],
    ['ends at a Japanese question mark', '聞いてた？もう一度言った。', '聞いてた'],
    ['is cut at a word near sixty characters', `${'word '.repeat(20)}end`, `${'word '.repeat(12).trim()} …`],
    ['is cut within a word that is longer than that', 'x'.repeat(90), `${'x'.repeat(60)} …`],
    ['is not cut at sixty', 'y'.repeat(60), 'y'.repeat(60)],
    ['counts characters, not code units', '😀'.repeat(30) + 'a'.repeat(30), '😀'.repeat(30) + 'a'.repeat(30)],
    ['loses control characters and what turns the direction of a line', 'a\u001b[31mb\u0000c\u202ed\u2028e', 'a [31mb c d e'],
    ['is nothing without a letter or a number', ' ... \n--- 😀', undefined],
    ['is nothing of nothing', '', undefined],
  ];
  it.each(rows)('%s', (_name, text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('is the same of Latin letters as of letters of all scripts', () => {
    for (let code = 0; code < 0x2070; code += 1) {
      const sign = String.fromCodePoint(code);
      // Beside one of another script all are asked for.
      expect([sign, titleOf(`a${sign}. b`)]).toEqual([sign, titleOf(`a${sign}. b\n漢`)]);
      expect([sign, titleOf(sign) ?? '漢']).toEqual([sign, titleOf(`${sign}\n漢`)]);
    }
  });

  it('does not end on a comma or a dash when it is cut', () => {
    expect(titleOf(`${'a'.repeat(40)} ${'b'.repeat(12)}, ${'c'.repeat(30)}`)).toBe(`${'a'.repeat(40)} ${'b'.repeat(12)} …`);
  });

  it('reads something even when a line begins with sixty dashes', () => {
    expect(titleOf(`${'-'.repeat(70)} they left`)).toMatch(/\S.*…$/u);
  });

  // Looked through to its end, this would take a minute: more than a test is given.
  it('looks no further than it has to, whatever is pasted', () => {
    expect(titleOf(`a${'.'.repeat(200_000)}x`)).toBe(titleOf(`a${'.'.repeat(999)}`));
  });

  it('is one line, never empty, and about sixty characters at the most', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: fc.constantFrom('a', ' ', '.', '。', '\n', '-', '\u0000', '"', '😀', '\ud800', 'é', ','), maxLength: 200 })), (text) => {
      const title = titleOf(text);
      expect(title === undefined).toBe(!/[\p{L}\p{N}]/u.test(text));
      expect(title ?? 'none').toMatch(/^\S(?:.*\S)?$/u);
      expect(title ?? '').not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      expect([...title ?? ''].length).toBeLessThanOrEqual(62);
    }), { numRuns: 2000 });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeForSearch, normalizeWithOffsets } from '../../../src/core/text/normalize-for-search.ts';

describe('the same word', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['Sister', 'sister'],
    ['SÍSTER', 'sister'],
    ['café', 'cafe\u0301'],
    ['café', 'CAFE'],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ısı', 'ISI'],
    ['ΟΔΟΣ', 'οδός'],
    ['σοφός', 'ΣΟΦΟΣ'],
    ['Ångström', 'angstrom'],
    ['łódź', 'LODZ'],
    ['smørrebrød', 'SMORREBROD'],
    ['cœur', 'COEUR'],
    ['ﬁne', 'fine'],
    ['ＡＢＣ', 'abc'],
    ['ſtill', 'still'],
    ['naïve', 'nai\u0308ve'],
    ['ΐ', 'ι'],
    ['й', 'и'],
    ['don’t', "don't"],
    ['“so”', '"so"'],
    ['well‑known', 'well-known'],
    ['re\u00adfused', 'refused'],
    ['zero\u200bwidth', 'zerowidth'],
    ['❤️', '❤'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد', 'محمد'],
    ['می\u200cخواهم', 'میخواهم'],
    ['a \n\t b', 'a b'],
    ['a\u00a0b', 'a b'],
    ['한국', '한국'.normalize('NFD')],
    ['が', 'か\u3099'],
    ['ガ', 'ｶﾞ'],
  ];
  it.each(rows)('%s is %s', (one, other) => {
    expect(normalizeForSearch(one)).toBe(normalizeForSearch(other));
  });

  const others: readonly (readonly [string, string])[] = [
    ['か', 'が'],
    ['กิน', 'กัน'],
    ['ไม่', 'ไม'],
    ['हिंदी', 'हद'],
    ['하', '한'],
    ['o', '0'],
    ['ß', 's'],
    ['日', '目'],
    ['👍', '👎'],
    ['a b', 'ab'],
  ];
  it.each(others)('%s is not %s', (one, other) => {
    expect(normalizeForSearch(one)).not.toBe(normalizeForSearch(other));
  });

  it('does not find a syllable in another that begins like it', () => {
    expect(normalizeForSearch('한국').includes(normalizeForSearch('하'))).toBe(false);
    expect(normalizeForSearch('がっこう').includes(normalizeForSearch('か'))).toBe(false);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'É',
        'e\u0301',
        'ß',
        'ς',
        'Σ',
        'İ',
        ' ',
        '\n',
        '한',
        '\u1112\u1161\u11ab',
        'が',
        'か\u3099',
        '👩‍👩‍👧',
        '👍🏽',
        'ไม่',
        '\u00ad',
        '’',
        'ﬃ',
        'æ',
      ),
    )
    .map(parts => parts.join('')),
);

describe('normalizing', () => {
  it('twice gives the same text', () => {
    fc.assert(
      fc.property(text, some => {
        expect(normalizeForSearch(normalizeForSearch(some))).toBe(normalizeForSearch(some));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  // Joining again at each space would take minutes, longer than the test's limit.
  it('character by character handles a long text', () => {
    const german = 'für die Tür '.repeat(80_000);
    const { normalized: folded, startOf } = normalizeWithOffsets(german);
    expect(folded).toBe('fur die tur '.repeat(80_000));
    expect(startOf(folded.lastIndexOf('tur'))).toBe(german.lastIndexOf('Tür'));
  });

  // Sorting 300,000 marks would take minutes.
  it('limits the marks on a letter to what scripts use', () => {
    const pile = `a${'\u302d'.repeat(150_000)}${'\u302a'.repeat(150_000)} b`;
    expect(normalizeForSearch(pile)).toMatch(/^a\p{M}{100} b$/u);
    expect(normalizeWithOffsets(pile).normalized).toBe(normalizeForSearch(pile));
  });

  it('character by character gives the same result as the whole text, with positions', () => {
    const written = fc
      .array(
        fc.constantFrom(
          'a',
          'É',
          'e\u0301',
          'ß',
          'ς',
          'Σ',
          'İ',
          ' ',
          '\n',
          '\u00a0',
          '한',
          '\u1112\u1161\u11ab',
          'が',
          'か\u3099',
          '👩‍👩‍👧',
          '👍🏽',
          'ไม่',
          '\u00ad',
          '’',
          'ﬃ',
          'æ',
          'ñ',
          '日本',
          'שָׁ',
          '½',
        ),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(written, some => {
        const { normalized: folded, startOf, endOf } = normalizeWithOffsets(some);
        expect(folded).toBe(normalizeForSearch(some));
        for (let at = 0; at < folded.length; at++) {
          expect(normalizeForSearch(some.slice(startOf(at), endOf(at)))).toContain(folded[at]);
          expect(startOf(at)).toBeGreaterThanOrEqual(at === 0 ? 0 : startOf(at - 1));
        }
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});

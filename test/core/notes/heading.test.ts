import { describe, expect, it } from 'vitest';
import { dayInHeading, fieldOf, headingKey, withoutClosing } from '../../../src/core/notes/heading.ts';

describe('headingKey', () => {
  it.each([
    'One sentence',
    'One Sentence',
    'ONE SENTENCE',
    'one sentence',
    'One sentence:',
    'One sentence :',
    'One sentence.',
    'One sentence ##',
    'One sentence: #',
    ' One   sentence\t',
    'One\u00a0sentence',
  ])('is the same as "%s"', written => {
    expect(headingKey(written)).toBe('one sentence');
  });

  it.each(['One sentences', 'One-sentence', 'One sentence?', 'A sentence', '#One sentence', 'One sentence#'])(
    'differs from "%s"',
    written => {
      expect(headingKey(written)).not.toBe('one sentence');
    },
  );

  it.each([
    ['How I’ll start', "How I'll start"],
    ['Gefu\u0308hl', 'Gefühl'],
    ['Straße', 'STRASSE'],
  ])('is the same in both forms: %s', (a, b) => {
    expect(headingKey(a)).toBe(headingKey(b));
  });

  it.each([
    ['One sentence ##', 'One sentence'],
    ['One sentence #  ', 'One sentence'],
    ['C#', 'C#'],
    ['#1 of all', '#1 of all'],
    ['##', ''],
    ['', ''],
    ['a # b #', 'a # b'],
  ])('drops the closing marks: "%s" is "%s"', (written, heading) => {
    expect(withoutClosing(written)).toBe(heading);
  });

  it('is fast on a megabyte', () => {
    const long = `${'#'.repeat(500_000)}${'. '.repeat(500_000)}x`;
    expect(headingKey(long)).toBe(long);
    expect(withoutClosing(long)).toBe(long);
  });

  it('finds the question, but none for an inherited property name', () => {
    const fields = { 'What happened': 'what', 'One sentence': 'one_line' };
    expect([fieldOf('What happened', fields), fieldOf('ONE SENTENCE:', fields)]).toEqual([
      'what',
      'one_line',
    ]);
    expect([fieldOf('constructor', fields), fieldOf('Something', fields), fieldOf('', fields)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the day in a heading', () => {
  const pattern = 'Prepared on {day}';
  it.each([
    'Prepared on 2026-03-19',
    'Prepared On 2026-03-19',
    'PREPARED ON 2026-03-19:',
    'Prepared on  2026-03-19 ##',
  ])('is read from "%s"', heading => {
    expect(dayInHeading(heading, pattern)).toBe('2026-03-19');
  });

  it.each(['Prepared on', 'Prepared on 2026-13-19', 'Prepared 2026-03-19', 'Prepared on 2026-03-19 again'])(
    'is not read from "%s"',
    heading => {
      expect(dayInHeading(heading, pattern)).toBeUndefined();
    },
  );
});

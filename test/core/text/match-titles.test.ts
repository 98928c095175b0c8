import { describe, expect, it } from 'vitest';
import { matchTitles } from '../../../src/core/text/match-titles.ts';

const titles = [
  'They cancelled again',
  'The clock ticked',
  'They looked at the clock again',
  'Don’t ask me',
  'Café, after',
  '他没有听我说',
  'Uncancelled',
  'Clock',
  'A-levels',
];

describe('words of a title', () => {
  it.each<readonly [string, readonly string[]]>([
    ['cancelled', ['They cancelled again']],
    ['CANCEL', ['They cancelled again']],
    ['again they', ['They cancelled again', 'They looked at the clock again']],
    ['clock again', ['They looked at the clock again']],
    ['clo', ['The clock ticked', 'They looked at the clock again', 'Clock']],
    ['dont', ['Don’t ask me']],
    ["don't ask", ['Don’t ask me']],
    ['cafe', ['Café, after']],
    ['cafe after', ['Café, after']],
    ['没有', ['他没有听我说']],
    ['ancelled', ['They cancelled again', 'Uncancelled']],
    ['a levels', ['A-levels']],
    ['zebra', []],
    ['clock zebra', []],
    ['', []],
    ['…', []],
  ])('%j', (text, found) => {
    expect(matchTitles(titles, title => title, text)).toEqual(found);
  });

  it('match only its note if they are the whole title', () => {
    expect(matchTitles(titles, title => title, 'the clock TICKED.')).toEqual(['The clock ticked']);
    expect(matchTitles(titles, title => title, 'clock')).toEqual(['Clock']);
  });

  it('match every note with that whole title', () => {
    expect(matchTitles(['Late', 'Late', 'Too late'], title => title, 'late')).toEqual([
      'Late',
      'Late',
      'Too late',
    ]);
  });
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinPartialList, splitPartialList } from '../../../src/core/template/partial-list.ts';

const options = ['hurt', 'small', 'other'].map(key => ({
  key,
  label: key,
  first: true,
  alone: false,
  stores: true,
  asksWords: key === 'other',
}));

test('never reads the text of an unfinished list as picks', () => {
  const word = fc.constantFrom('hurt', 'other: x', 'small', 'He said', ' no', '漢字', '', 'a: b');
  const words = fc.array(word, { maxLength: 5 }).map(lines => lines.join('\n').trim());
  fc.assert(
    fc.property(fc.subarray(['hurt', 'other: so heavy']), words, (picks, typed) => {
      const half = joinPartialList({ picks, words: typed }, options);
      const read = splitPartialList(half, options);
      expect(read.picks).toEqual(picks);
      expect(read.words).toBe(typed);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { keyOf, ownWords, picks } from '../../../src/core/notes/answer.ts';

describe('a pick', () => {
  it("is a key, with the person's own words after a colon", () => {
    expect([
      keyOf('other: a: b'),
      ownWords('other: a: b'),
      keyOf('misread'),
      ownWords('misread'),
      ownWords(': x'),
    ]).toEqual(['other', 'a: b', 'misread', undefined, undefined]);
    expect([picks('fine'), picks(['a', 'other: x']), picks(3), picks(true), picks(undefined)]).toEqual([
      ['fine'],
      ['a', 'other'],
      [],
      [],
      [],
    ]);
  });
});

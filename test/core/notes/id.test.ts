import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeId } from '../../../src/core/notes/id.ts';

const idFrom = (bytes: readonly number[]): string => makeId(count => Uint8Array.from(bytes.slice(0, count)));

describe('an id', () => {
  it('has six unambiguous characters, the first a letter', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), bytes => {
        expect(makeId(() => bytes)).toMatch(
          /^[abcdefghjkmnpqrstuvwxyz][abcdefghjkmnpqrstuvwxyz23456789]{5}$/,
        );
      }),
    );
  });

  it('uses only the random bytes that it is given', () => {
    expect(idFrom([0, 0, 0, 0, 0, 0])).toBe('aaaaaa');
    expect(
      new Set(
        [0, 1, 2, 3, 4, 5].map(at =>
          idFrom([0, 0, 0, 0, 0, 0].map((byte, index) => (index === at ? 1 : byte))),
        ),
      ).size,
    ).toBe(6);
  });
});

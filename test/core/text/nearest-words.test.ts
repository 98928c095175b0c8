import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/core/text/nearest-words.ts';

// The reference: fills the whole table for each candidate.
function nearestSlowly(written: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const candidate of candidates) {
    const [a, b] = [written.toLowerCase(), candidate.toLowerCase()];
    const table = Array.from({ length: a.length + 1 }, (_row, i) =>
      Array.from({ length: b.length + 1 }, (_cell, j) => (i === 0 ? j : i)),
    );
    const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
        table[i]?.splice(
          j,
          1,
          Math.min(
            swap,
            at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
            at(i - 1, j) + 1,
            at(i, j - 1) + 1,
          ),
        );
      }
    }
    const distance = candidate.startsWith(written) && written.length >= 3 ? 1 : at(a.length, b.length);
    if (distance < least) [least, best] = [distance, candidate];
  }
  return best;
}

describe('nearest', () => {
  const commands = ['reflect', 'summary', 'show', 'mark', 'help-now'];

  it.each([
    ['reflct', 'reflect'],
    ['sumary', 'summary'],
    ['SHOW', 'show'],
    ['help', 'help-now'],
    ['sho', 'show'],
    ['mrak', 'mark'],
    ['hsow', 'show'],
    ['mkra', undefined],
    ['zebra', undefined],
    ['', undefined],
  ])('to "%s" is %s', (written, near) => {
    expect(nearest(written, commands)).toBe(near);
  });

  it('returns an exact match, and undefined for no candidates', () => {
    for (const command of commands) expect(nearest(command, commands)).toBe(command);
    expect(nearest('show', [])).toBeUndefined();
  });

  it('has the fewest differing letters', () => {
    expect(nearest('dismised', ['dismissed', 'misread'])).toBe('dismissed');
    expect(nearest('cat', ['cut', 'cats', 'dog'])).toBe('cut');
  });

  it('equals the result of a complete comparison', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcABİß'), maxLength: 12 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 8 }), (written, candidates) => {
        expect(nearest(written, candidates)).toBe(nearestSlowly(written, candidates));
      }),
      { numRuns: 2000 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, ownWords, picks } from '../../src/core/answer.ts';
import type { Answers } from '../../src/core/answer.ts';
import { checkCondition } from '../../src/core/check-condition.ts';
import { holds } from '../../src/core/condition.ts';
import { makeId } from '../../src/core/id.ts';
import { nearest } from '../../src/core/suggest.ts';
import { findWords, hasWords } from '../../src/core/words.ts';
import { located } from './support.ts';

const idFrom = (bytes: readonly number[]): string => makeId(count => Uint8Array.from(bytes.slice(0, count)));

describe('an id', () => {
  it('has six characters that nobody mistakes for one another or for a number, the first a letter', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), bytes => {
        expect(makeId(() => bytes)).toMatch(
          /^[abcdefghjkmnpqrstuvwxyz][abcdefghjkmnpqrstuvwxyz23456789]{5}$/,
        );
      }),
    );
  });

  it('takes its chance from outside, every byte of it', () => {
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

describe('words', () => {
  const tree = {
    a: { b: 'Hello {name}.', plain: 'x' },
    n: { one: '{n} day', other: '{n} days' },
    only: { other: '{n} of them' },
  };

  it('are found down the tree, with their places filled', () => {
    expect(findWords(tree, 'a.b', { name: 'M' })).toBe('Hello M.');
    expect(findWords(tree, 'a.b', { name: '{name} $& $1' })).toBe('Hello {name} $& $1.');
  });

  it('have a plural that n chooses', () => {
    expect([0, 1, 2].map(n => findWords(tree, 'n', { n }))).toEqual(['0 days', '1 day', '2 days']);
    expect(findWords(tree, 'only', { n: 1 })).toBe('1 of them');
  });

  it.each(['a', 'b', 'a.b.c', 'a.zz', 'constructor', 'a.constructor', ''])(
    'throw where %s leads to none',
    key => {
      expect(() => findWords(tree, key, { name: 'M', n: 1 })).toThrow(`no words for ${key}`);
      expect(hasWords(tree, key)).toBe(false);
    },
  );

  it('throw where a place stays empty', () => {
    expect(() => findWords(tree, 'a.b')).toThrow('no {name} for a.b');
    expect(() => findWords(tree, 'n', {})).toThrow('no {n} for n');
  });

  it('are known to be there', () => {
    expect(['a.b', 'n', 'only'].map(key => hasWords(tree, key))).toEqual([true, true, true]);
  });
});

// Fills the whole table for each candidate.
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

describe('the nearest', () => {
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

  it('is the candidate itself, and there is none among none', () => {
    for (const command of commands) expect(nearest(command, commands)).toBe(command);
    expect(nearest('show', [])).toBeUndefined();
  });

  it('takes fewer letters to change than any other', () => {
    expect(nearest('dismised', ['dismissed', 'misread'])).toBe('dismissed');
    expect(nearest('cat', ['cut', 'cats', 'dog'])).toBe('cut');
  });

  it('is the same as when every letter of every candidate is counted', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcABİß'), maxLength: 12 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 8 }), (written, candidates) => {
        expect(nearest(written, candidates)).toBe(nearestSlowly(written, candidates));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a pick', () => {
  it("is a key, with the person's own words behind a colon", () => {
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

describe('a condition', () => {
  const answers: Answers = {
    sit: 'fine',
    kinds: ['misread', 'other: x'],
    size: 7,
    outside: 3,
    ready: false,
    echo: ['none'],
    mode: 'full',
  };
  const known = { answers, asked: new Set(['sit', 'safe']) };
  const holding = (text: string): boolean => {
    const faults: [] = [];
    const condition = checkCondition(located(text), faults);
    expect(faults).toEqual([]);
    return holds(condition, known);
  };

  const rows: readonly (readonly [string, boolean])[] = [
    ['{}', true],
    ['{sit: fine}', true],
    ['{sit: mixed}', false],
    ['{sit: [mixed, fine]}', true],
    ['{sit: {is: fine}}', true],
    ['{kinds: misread}', true],
    ['{kinds: other}', true],
    ['{kinds: bored}', false],
    ['{safe: yes}', false],
    ['{sit: fine, mode: full}', true],
    ['{sit: fine, mode: quick}', false],
    ['{kinds: {not: bored}}', true],
    ['{kinds: {not: [bored, misread]}}', false],
    ['{safe: {not: yes}}', true],
    ['{echo: {only: none}}', true],
    ['{kinds: {only: misread}}', false],
    ['{kinds: {only: [misread, other]}}', true],
    ['{safe: {only: yes}}', false],
    ['{sit: {answered: true}}', true],
    ['{safe: {answered: true}}', false],
    ['{safe: {answered: false}}', true],
    ['{safe: {asked: true}}', true],
    ['{kinds: {asked: true}}', false],
    ['{kinds: {asked: false}}', true],
    ['{size: {at_least: 7}}', true],
    ['{size: {at_least: 8}}', false],
    ['{size: {at_most: 7}}', true],
    ['{size: {at_most: 6}}', false],
    ['{size: {at_least: {field: outside, plus: 4}}}', true],
    ['{size: {at_least: {field: outside, plus: 5}}}', false],
    ['{size: {at_least: {field: safe, plus: 0}}}', false],
    ['{sit: {at_least: 0}}', false],
    ['{safe: {at_most: 10}}', false],
    ['{size: {at_least: {field: outside}}}', true],
    ['{size: 7}', true],
    ['{ready: no}', true],
    ['{ready: yes}', false],
    ['{ready: {not: yes}}', true],
    ['{any: [{sit: mixed}, {size: 7}]}', true],
    ['{any: [{sit: mixed}, {size: 8}]}', false],
    ['{all: [{sit: fine}, {size: 7}]}', true],
    ['{all: [{sit: fine}, {size: 8}]}', false],
    ['{not: {sit: mixed}}', true],
    ['{not: {sit: fine}}', false],
    ['{not: {sit: fine, size: 8}}', true],
    ['{sit: fine, not: {any: [{size: 7}, {size: 8}]}}', false],
  ];
  it.each(rows)('%s is %s', (text, expected) => {
    expect(holding(text)).toBe(expected);
  });
});

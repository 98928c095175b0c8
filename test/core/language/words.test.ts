import { describe, expect, it } from 'vitest';
import { findWords, hasWords } from '../../../src/core/language/words.ts';

describe('words', () => {
  const tree = {
    a: { b: 'Hello {name}.', plain: 'x' },
    n: { one: '{n} day', other: '{n} days' },
    only: { other: '{n} of them' },
  };

  it('are found by a dotted key, with placeholders filled in', () => {
    expect(findWords(tree, 'a.b', { name: 'M' })).toBe('Hello M.');
    expect(findWords(tree, 'a.b', { name: '{name} $& $1' })).toBe('Hello {name} $& $1.');
  });

  it('choose the plural by n', () => {
    expect([0, 1, 2].map(n => findWords(tree, 'n', { n }))).toEqual(['0 days', '1 day', '2 days']);
    expect(findWords(tree, 'only', { n: 1 })).toBe('1 of them');
  });

  it.each(['a', 'b', 'a.b.c', 'a.zz', 'constructor', 'a.constructor', ''])(
    'throw if %s names no word',
    key => {
      expect(() => findWords(tree, key, { name: 'M', n: 1 })).toThrow(`no words for ${key}`);
      expect(hasWords(tree, key)).toBe(false);
    },
  );

  it('throw if a param is missing', () => {
    expect(() => findWords(tree, 'a.b')).toThrow('no {name} for a.b');
    expect(() => findWords(tree, 'n', {})).toThrow('no {n} for n');
  });

  it('are reported as existing by hasWords', () => {
    expect(['a.b', 'n', 'only'].map(key => hasWords(tree, key))).toEqual([true, true, true]);
  });
});

import { describe, expect, it } from 'vitest';
import { bareNames, keyNamed, nearestNamed, readNamed } from '../../../src/core/text/named-picks.ts';

const known = [
  { key: 'pace', label: 'Too fast, too slow, too much, or pushed' },
  { key: 'joke', label: "They joked about something that isn't funny to me" },
  { key: 'not-addressed', label: 'Said, but not heard' },
  { key: 'other: the fan, loud', label: 'the fan, loud' },
  { key: 'let-go', label: 'Let go' },
];

describe('readNamed', () => {
  it.each([
    ['pace', ['pace']],
    ['PACE,joke', ['pace', 'joke']],
    ['Too fast, too slow, too much, or pushed', ['pace']],
    ['joke, too fast, too slow, too much, or pushed , let-go', ['joke', 'pace', 'let-go']],
    ['They joked about something that isn’t funny to me', ['joke']],
    ['said but not heard', ['not-addressed']],
    ['Not addressed', ['not-addressed']],
    ['not_addressed', ['not-addressed']],
    ['the fan, loud', ['other: the fan, loud']],
    ['other: the fan, loud', ['other: the fan, loud']],
    ['LET  GO', ['let-go']],
  ])('may be keys or labels: %j', (text, keys) => {
    expect(readNamed(text, known)).toEqual({ keys });
  });

  it.each([
    ['joke, x', 'x'],
    ['too fast', 'too fast'],
    ['', ''],
    ['joke,,pace', undefined],
  ])('returns an unknown name: %j', (text, unknown) => {
    expect(readNamed(text, known).unknown).toBe(unknown);
  });
});

describe('keyNamed', () => {
  it.each([
    ['Said, but not heard', 'not-addressed'],
    ['SAID BUT NOT HEARD', 'not-addressed'],
    ['notaddressed', 'not-addressed'],
    ['Let-Go', 'let-go'],
    ['letgo', 'let-go'],
    ['lét gø', 'let-go'],
    ['They joked about something that isnt funny to me', 'joke'],
    ['said', undefined],
    ['', undefined],
    ['joke, pace', undefined],
  ])('%j is %s', (text, key) => {
    expect(keyNamed(text, known)).toBe(key);
  });

  it('prefers a key to a label', () => {
    expect(
      keyNamed('open', [
        { key: 'kept', label: 'Open' },
        { key: 'open', label: 'Kept' },
      ]),
    ).toBe('open');
  });

  it('compares a name without letters as it is', () => {
    expect([keyNamed('🙂', bareNames(['🙁', '🙂'])), keyNamed('-', bareNames(['🙂']))]).toEqual([
      '🙂',
      undefined,
    ]);
  });

  it.each([
    ['let gp', 'Let go'],
    ['lét  gp', 'Let go'],
    ['pase', 'pace'],
    ['said, but', 'Said, but not heard'],
    ['slow pushed', 'Too fast, too slow, too much, or pushed'],
    ['too', 'Too fast, too slow, too much, or pushed'],
    ['zebra', undefined],
  ])('near %j is %s', (text, near) => {
    expect(nearestNamed(text, known)).toBe(near);
  });
});

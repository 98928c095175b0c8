import { describe, expect, it } from 'vitest';
import { readNamed } from '../../src/core/named-picks.ts';

const known = [
  { key: 'pace', label: 'Too fast, too slow, too much, or pushed' },
  { key: 'joke', label: "They joked about something that isn't funny to me" },
  { key: 'not-addressed', label: 'Said, but not heard' },
  { key: 'other: the fan, loud', label: 'the fan, loud' },
  { key: 'let-go', label: 'Let go' },
];

describe('what is named', () => {
  it.each([
    ['pace', ['pace']], ['PACE,joke', ['pace', 'joke']],
    ['Too fast, too slow, too much, or pushed', ['pace']],
    ['joke, too fast, too slow, too much, or pushed , let-go', ['joke', 'pace', 'let-go']],
    ['They joked about something that isn’t funny to me', ['joke']],
    ['said but not heard', ['not-addressed']], ['Not addressed', ['not-addressed']],
    ['not_addressed', ['not-addressed']], ['the fan, loud', ['other: the fan, loud']],
    ['other: the fan, loud', ['other: the fan, loud']], ['LET  GO', ['let-go']],
  ])('by key or by label: %j', (text, keys) => {
    expect(readNamed(text, known)).toEqual({ keys });
  });

  it.each([
    ['joke, x', 'x'],
    ['too fast', 'too fast'],
    ['', ''],
    ['joke,,pace', undefined],
  ])('is told where it is not known: %j', (text, unknown) => {
    expect(readNamed(text, known).unknown).toBe(unknown);
  });
});

import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/core/dates/day.ts';
import { readDayEnds, withDayEnds } from '../../../src/core/dates/day-ends.ts';
import { dayOf } from '../support.ts';

describe('readDayEnds', () => {
  it.each([
    ['4:00', 240],
    ['04:30', 270],
    ['4', 240],
    ['4 am', 240],
    ['4.15AM', 255],
    [' 0:00 ', 0],
    ['11:59', 719],
  ])('%j is %i minutes', (text, minutes) => {
    expect(readDayEnds(text)).toBe(minutes);
  });

  it.each(['12:00', '4:60', '4 pm', 'four', '', '4:0', '-1', '24:00', '4:00:00'])('rejects %j', text => {
    expect(readDayEnds(text)).toBeUndefined();
  });
});

describe('withDayEnds', () => {
  const at = (text: string, ends?: string): string => {
    const instant = parseInstant(text);
    if (instant === undefined) throw new Error(text);
    const now = withDayEnds({ instant, day: dayOf(text.slice(0, 10)), ms: Date.parse(text) }, ends);
    expect([now.instant, now.ms]).toEqual([text, Date.parse(text)]);
    return now.day;
  };
  it.each([
    ['2026-03-13T00:30:00-05:00', '4:00', '2026-03-12'],
    ['2026-03-13T03:59:59.999-05:00', '4:00', '2026-03-12'],
    ['2026-03-13T04:00:00-05:00', '4:00', '2026-03-13'],
    ['2026-01-01T01:00:00Z', '4', '2025-12-31'],
    ['2026-03-13T23:59:00+14:00', '4:00', '2026-03-13'],
    ['2026-03-13T00:30:00Z', undefined, '2026-03-13'],
    ['2026-03-13T00:30:00Z', '0:00', '2026-03-13'],
    ['2026-03-13T00:30:00Z', 'nonsense', '2026-03-13'],
  ])('at %s, if a day ends at %s, belongs to %s', (text, ends, day) => {
    expect(at(text, ends)).toBe(day);
  });
});

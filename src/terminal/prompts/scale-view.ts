import type { Anchor } from '../../core/template/template.ts';
import type { Words } from '../../world/world.ts';
import { padTo, widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** The greatest number on a scale; the smallest is 0. */
export const greatest = 10;

/**
 * Returns the column of a number in the row, counted from the screen's edge: 4 columns for each number, 3 on
 * a narrow screen.
 */
export function columnOf(value: number, columns: number): number {
  return 4 + value * stepOf(columns);
}

function stepOf(columns: number): number {
  return columns < 50 ? 3 : 4;
}

/** Returns the row of numbers, each formatted by `show`. */
export function numberRow(columns: number, show: (value: number) => string): string {
  let row = '';
  for (let value = 0; value <= greatest; value += 1) {
    row += ' '.repeat(columnOf(value, columns) - widthOf(row.replace(/\u001b\[\d+m/g, ''))) + show(value);
  }
  return row;
}

/** Returns the lines with the meanings of 0 and 10: under the ends if they fit, else a line each. */
export function endLines(anchors: readonly Anchor[], columns: number, width: number): readonly string[] {
  const low = anchors.find(({ at }) => at === 0)?.words;
  const high = anchors.find(({ at }) => at === greatest)?.words;
  if (low === undefined && high === undefined) return [];
  const start = columnOf(greatest, columns);
  if (
    low !== undefined &&
    high !== undefined &&
    widthOf(low) + 4 < start - 3 &&
    start + widthOf(high) <= width
  )
    return [`${padTo(`    ${low}`, start)}${high}`];
  return [
    ...(low === undefined ? [] : wrap(low, { width, first: '    0   ' })),
    ...(high === undefined ? [] : wrap(high, { width, first: `    ${greatest}  ` })),
  ];
}

/** Returns the value with its meaning, or with the nearest meanings on both sides. */
export function sayValue(value: number, anchors: readonly Anchor[], words: Words): string {
  const own = anchors.find(({ at }) => at === value);
  if (own) return words('terminal.scale_at', { value, words: own.words });
  const below = anchors.findLast(({ at }) => at < value);
  const above = anchors.find(({ at }) => at > value);
  if (below && above) return words('terminal.scale_between', { value, low: below.words, high: above.words });
  return words('terminal.scale_value', { value });
}

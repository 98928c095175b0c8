import type { Style } from '../../world/world.ts';
import { padTo, widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** The least number of columns for text beside its name; with fewer, the text goes below the name. */
const leastBeside = 24;
const margin = '  ';

/**
 * Lays out names and their texts in two columns, or each text below its name if the width is too small.
 * Returns the lines. An infinite width wraps nothing.
 */
export function namedRows(
  rows: readonly (readonly [name: string, text: string])[],
  style: Style,
  width: number,
): readonly string[] {
  const nameWidth = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  const beside = nameWidth + 2 * margin.length;
  return rows.flatMap(([name, text]) => {
    if (width - beside < leastBeside)
      return [
        ...wrap(name, { width, first: margin }).map(style.accent),
        ...wrap(text, { width, first: margin + margin }),
      ];
    const [first = '', ...rest] = wrap(text, { width: width - beside });
    return [
      `${margin}${style.accent(name)}${padTo(name, nameWidth).slice(name.length)}${margin}${first}`,
      ...rest.map(line => ' '.repeat(beside) + line),
    ];
  });
}

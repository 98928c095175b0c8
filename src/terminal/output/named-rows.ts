import type { Style } from '../../world/world.ts';
import { padTo, widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** Text beside its name is read down a column at least so wide; else it stands below. */
const leastBeside = 24;
const margin = '  ';

/**
 * Lays out names and what is said of each, in two columns, or one below the other where there is no room. An
 * infinite width wraps nothing.
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

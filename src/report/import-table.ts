import type { Day } from '../core/day.ts';
import type { Style, Words } from '../world.ts';

/** A note in the table of an import that is only tried. */
export interface ImportRow {
  /** Absent for a file of ours that says none. */
  readonly day?: Day;
  readonly title: string;
  /** Where it comes from, and what else there is to say of it. */
  readonly from: string;
}

/** How the table is laid out: `width` in columns on a terminal; in a pipe there is none. */
export interface ImportLayout {
  readonly width?: number;
  readonly widthOf: (text: string) => number;
}

const dayWidth = 10;
const leastTitle = 20;
/** Where there are fewer columns, the title stands below the day. */
const leastWidth = 60;
const mostTitle = 52;

/**
 * Writes a line for each note: its day, its title, where it comes from. Below them what is left out, and why.
 */
export function importTable(
  rows: readonly ImportRow[], left: readonly string[],
  page: { readonly words: Words; readonly style: Style; readonly layout: ImportLayout },
): string {
  const { words, style, layout } = page;
  const isNarrow = layout.width !== undefined && layout.width < leastWidth;
  const widest = Math.max(0, ...rows.map(({ title }) => layout.widthOf(title)));
  const room = layout.width === undefined
    ? mostTitle
    : layout.width - dayWidth - 4 - Math.min(24, layout.width / 3);
  const titleWidth = Math.min(widest, Math.max(leastTitle, Math.min(mostTitle, Math.floor(room))));
  const lines = rows.flatMap(({ day = '', title, from }) => {
    const first = day.padEnd(dayWidth);
    if (isNarrow) return [`${first}  ${style.faint(from)}`.trimStart(), `  ${title.replace(/\s+/g, ' ')}`];
    const shown = cut(title, titleWidth, layout);
    const gap = ' '.repeat(Math.max(0, titleWidth - layout.widthOf(shown)));
    return [`${first}  ${shown}${gap}  ${style.faint(from)}`.trimEnd()];
  });
  if (left.length === 0) return lines.join('\n');
  return [
    ...lines, ...(lines.length === 0 ? [] : ['']), words('import.table_left'),
    ...left.map((line) => `  ${line}`),
  ].join('\n');
}

function cut(text: string, width: number, { widthOf }: ImportLayout): string {
  const line = text.replace(/\s+/g, ' ');
  if (widthOf(line) <= width) return line;
  const signs = [...line];
  let end = Math.min(signs.length, width);
  while (end > 0 && widthOf(signs.slice(0, end).join('')) > width - 1) end -= 1;
  return `${signs.slice(0, end).join('').trimEnd()}…`;
}

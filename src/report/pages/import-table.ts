import type { Day } from '../../core/dates/day.ts';
import type { Style, Words } from '../../world/world.ts';

/** A row of the dry-run table. */
export interface ImportRow {
  /** Absent for one of our files without a day. */
  readonly day?: Day;
  readonly title: string;
  /** Its origin, with remarks. */
  readonly from: string;
}

/** `width` is in columns; undefined in a pipe. */
export interface ImportLayout {
  readonly width?: number;
  readonly widthOf: (text: string) => number;
}

const dayWidth = 10;
const leastTitle = 20;
/** Below this width, titles go on a line of their own. */
const leastWidth = 60;
const mostTitle = 52;

/** Returns a row per note (day, title, origin), then `left`: the skipped files with the reasons. */
export function importTable(
  rows: readonly ImportRow[],
  left: readonly string[],
  page: { readonly words: Words; readonly style: Style; readonly layout: ImportLayout },
): string {
  const { words, style, layout } = page;
  const isNarrow = layout.width !== undefined && layout.width < leastWidth;
  const widest = Math.max(0, ...rows.map(({ title }) => layout.widthOf(title)));
  const room =
    layout.width === undefined ? mostTitle : layout.width - dayWidth - 4 - Math.min(24, layout.width / 3);
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
    ...lines,
    ...(lines.length === 0 ? [] : ['']),
    words('import.table_left'),
    ...left.map(line => `  ${line}`),
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

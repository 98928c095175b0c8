import type { Day } from '../../core/dates/day.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Style, Words } from '../../world/world.ts';
import { shortDay } from '../text/dates.ts';
import { changeWords } from './patterns-pictures.ts';
import { totals } from './patterns-text.ts';
import type { PlainStyle } from './patterns-text.ts';
import type { Layout } from '../pages/summary-report.ts';
import type { Bar, Entry, Part, Picture, Track } from './picture.ts';

interface Page extends Layout {
  readonly words: Words;
  readonly style: Style;
  readonly today: Day;
  /** True from 60 columns on. On narrower screens, labels are above their pictures. */
  readonly isWide: boolean;
  /** The number of columns between the margins. */
  readonly room: number;
}

/** The maximum number of rows of a picture on the terminal. Markdown and JSON contain all rows. */
const mostRows = 10;

/**
 * Lays the pictures out for a terminal; no line is wider than the screen. Beside each picture, its numbers
 * are written in words.
 */
export function patternsPage(
  found: Patterns,
  pictures: readonly Picture[],
  { today, words, style, layout }: PlainStyle & { readonly style: Style },
): string {
  const width = Math.min(layout.width, 100) - 1;
  const isWide = layout.width >= 60;
  const margin = isWide ? '  ' : ' ';
  const page: Page = { ...layout, words, style, today, isWide, room: width - 2 * margin.length };
  const opening = [
    ...layout.wrap(words('patterns.about'), width - margin.length),
    ...layout.wrap(totals(found, words), width - margin.length).map(style.faint),
  ];
  const blocks = pictures.map(({ title, over, parts }) => [
    ...heading(title, over, width - margin.length, page),
    ...parts.flatMap(part => drawPart(part, page)).map(line => margin + line),
  ]);
  return [opening, ...blocks]
    .map(lines => lines.map(line => (margin + line).trimEnd()).join('\n'))
    .join('\n\n');
}

function heading(
  title: string,
  over: string,
  width: number,
  { words, style, widthOf, wrap }: Page,
): readonly string[] {
  if (widthOf(title) + 3 + widthOf(over) <= width)
    return [words('patterns.page_heading', { title: style.strong(title), over: style.faint(over) })];
  return [...wrap(title, width).map(style.strong), ...wrap(over, width).map(style.faint)];
}

function drawPart(part: Part, page: Page): readonly string[] {
  switch (part.is) {
    case 'entries':
      return capped(part.rows, 'earlier', page, rows => entries(rows, page));
    case 'bars':
      return capped(part.rows, 'less', page, rows => bars(rows, part.of, page));
    case 'counts':
      return part.rows.flatMap(({ label, n }) =>
        page.wrap(page.words('patterns.count', { label, n }), page.room),
      );
    case 'grid':
      return [...grid(part, page), ...hint(part.sentences, page)];
    case 'tracks':
      return [
        ...capped(part.rows, 'earlier', page, rows => tracks(rows, page)),
        ...hint([page.words('patterns.sizes.legend')], page),
      ];
    case 'sentences':
      return hint(part.lines, page);
  }
}

function capped<Row>(
  rows: readonly Row[],
  rest: 'earlier' | 'less',
  page: Page,
  draw: (rows: readonly Row[]) => readonly string[],
): readonly string[] {
  const more = rows.length - mostRows;
  return more <= 0
    ? draw(rows)
    : [...draw(rows.slice(0, mostRows)), ...hint([page.words(`patterns.more_${rest}`, { n: more })], page)];
}

function hint(lines: readonly string[], { wrap, room, style }: Page): readonly string[] {
  return lines.flatMap(line => wrap(line, room).map(style.faint));
}

function entries(rows: readonly Entry[], page: Page): readonly string[] {
  const { words, style, today, room, isWide, wrap } = page;
  const days = rows.map(({ day }) => shortDay(day, today, words));
  const sizes = rows.map(({ size }) => (size === undefined ? '' : changeWords(size, 'change', words)));
  const dayWidth = widest(days, page);
  const sizeWidth = widest(sizes, page);
  const indent = isWide ? dayWidth + 2 : 2;
  return rows.flatMap(({ title, texts }, at) => {
    const size = sizes[at] ?? '';
    const day = style.faint(padLeft(days[at] ?? '', isWide ? dayWidth : 0, page));
    const quotes = texts.flatMap(text =>
      shortened(words('patterns.quote', { text: text.replace(/\s+/g, ' ') }), room - indent, page),
    );
    const lines = isWide
      ? wrap(title, room - indent - (sizeWidth === 0 ? 0 : sizeWidth + 2)).map(
          (line, row) =>
            pad(line, row === 0 && size !== '' ? room - indent - sizeWidth : 0, page) +
            (row === 0 ? size : ''),
        )
      : wrap(title, room - indent);
    const below = [
      ...(title === '' ? [] : lines),
      ...quotes.map(line => (title === '' ? line : style.faint(line))),
    ];
    if (isWide)
      return below.map((line, row) => (row === 0 ? `${day}  ${line}` : `${' '.repeat(indent)}${line}`));
    return [size === '' ? day : `${day}  ${size}`, ...below.map(line => `  ${line}`)];
  });
}

function bars(rows: readonly Bar[], of: number, page: Page): readonly string[] {
  const { words, style, room, wrap } = page;
  const values = rows.map(({ n }) => words('patterns.of', { n, of }));
  const valueWidth = widest(values, page);
  const longest = widest(
    rows.map(({ label }) => label),
    page,
  );
  const isBeside = page.isWide || longest <= room * 0.4;
  const labelWidth = Math.min(longest, Math.floor(room * 0.5));
  const cells = Math.max(
    4,
    Math.min(20, isBeside ? room - labelWidth - valueWidth - 4 : room - valueWidth - 4),
  );
  return rows.flatMap(({ label, n }, at) => {
    const filled = Math.min(cells, Math.max(1, Math.round((n / of) * cells)));
    const picture = `${style.accent('█'.repeat(filled))}${style.faint('·'.repeat(cells - filled))}  ${padLeft(values[at] ?? '', valueWidth, page)}`;
    if (!isBeside) return [...wrap(label, room), `  ${picture}`];
    const [first = '', ...rest] = wrap(label, labelWidth);
    return [`${pad(first, labelWidth, page)}  ${picture}`, ...rest];
  });
}

function grid({ columns, rows }: Extract<Part, { is: 'grid' }>, page: Page): readonly string[] {
  const { style, room, wrap } = page;
  const labelWidth = Math.min(
    widest(
      rows.map(({ label }) => label),
      page,
    ),
    Math.floor(room * 0.45),
  );
  const fits = Math.min(columns.length, Math.floor((room - labelWidth) / 14));
  // On a narrow screen, omit the grid: the sentences below it say the same.
  if (fits < Math.min(2, columns.length)) return [];
  const heads = columns.slice(0, fits).map(column => wrap(column, 12));
  const height = Math.max(...heads.map(({ length }) => length));
  const head = Array.from(
    { length: height },
    (_, row) =>
      ' '.repeat(labelWidth) +
      heads.map(lines => `  ${padLeft(lines[row - height + lines.length] ?? '', 12, page)}`).join(''),
  );
  const usedRows = rows
    .map(({ label, cells }) => ({ label, cells: cells.slice(0, fits) }))
    .filter(({ cells }) => cells.some(n => n > 0));
  return [
    '',
    ...head.map(line => style.faint(line.trimEnd())),
    ...usedRows.flatMap(({ label, cells }) => {
      const [first = '', ...rest] = wrap(label, labelWidth);
      return [
        pad(first, labelWidth, page) +
          cells
            .map(n => `  ${n === 0 ? style.faint(padLeft('·', 12, page)) : padLeft(String(n), 12, page)}`)
            .join(''),
        ...rest,
      ];
    }),
    '',
  ];
}

function tracks(rows: readonly Track[], page: Page): readonly string[] {
  const { words, style, today, room, isWide } = page;
  const days = rows.map(({ day }) => shortDay(day, today, words));
  const values = rows.map(row => changeWords(row, 'change', words));
  const dayWidth = widest(days, page);
  const valueWidth = widest(values, page);
  const step = isWide && room < 70 ? 1 : 2;
  const titleWidth = isWide
    ? Math.min(
        widest(
          rows.map(({ title }) => title),
          page,
        ),
        room - dayWidth - valueWidth - 10 * step - 1 - 6,
      )
    : room - dayWidth - 2;
  return rows.flatMap(({ title, before, now }, at) => {
    const day = style.faint(padLeft(days[at] ?? '', dayWidth, page));
    const cut = shortened(title, titleWidth, page, 1)[0] ?? '';
    const picture = `${track(before * step, now * step, 10 * step, style)}  ${values[at] ?? ''}`;
    return isWide
      ? [`${day}  ${pad(cut, titleWidth, page)}  ${picture}`]
      : [`${day}  ${cut}`, `  ${picture}`];
  });
}

/** Draws a scale from 0 to `end`, in columns, with the earlier size, the current size, and a line between. */
function track(from: number, now: number, end: number, style: Style): string {
  const low = Math.min(from, now);
  const high = Math.max(from, now);
  const ahead = style.faint('·'.repeat(low));
  const after = style.faint('·'.repeat(end - high));
  const current = style.accent('●');
  if (from === now) return ahead + current + after;
  const way = '─'.repeat(high - low - 1);
  return ahead + (now < from ? `${current}${way}○` : `○${way}${current}`) + after;
}

/** Wraps a text and cuts it to `limit` lines; marks a cut with an ellipsis. */
function shortened(text: string, width: number, { wrap, widthOf }: Page, limit = 3): readonly string[] {
  const lines = wrap(text, width);
  if (lines.length <= limit) return lines;
  const last = [...(lines[limit - 1] ?? '')];
  while (widthOf(last.join('')) >= width) last.pop();
  return [...lines.slice(0, limit - 1), `${last.join('').trimEnd()}…`];
}

function widest(texts: readonly string[], { widthOf }: Layout): number {
  return Math.max(0, ...texts.map(widthOf));
}

function pad(text: string, width: number, { widthOf }: Layout): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function padLeft(text: string, width: number, { widthOf }: Layout): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

import { escapeControls } from '../text/escape-controls.ts';
import { boundaries, lineOf, place } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';
import { widthOf } from '../text/width.ts';

/** A part of a line that stands in one row of the screen; `from` and `to` as in the buffer. */
export interface TextRow {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** One grapheme as it is shown. */
interface Cell {
  readonly at: number;
  readonly to: number;
  readonly shown: string;
  readonly width: number;
}

export interface TextView {
  /** What is seen, made safe, each row at most `width` columns. */
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
  /** The first row that is seen; give it back as `top` next time. */
  readonly top: number;
  /** How many rows are out of sight. */
  readonly above: number;
  readonly below: number;
}

export interface ViewSize {
  readonly width: number;
  readonly height: number;
  /** The first row that was seen last time. */
  readonly top?: number;
}

/** Shows the part of the buffer around the cursor that fits, moving the window as little as it can. */
export function viewText(buffer: TextBuffer, { width, height, top = 0 }: ViewSize): TextView {
  const rows = layRows(buffer.lines, width);
  const at = rowOfCursor(rows, buffer);
  const last = Math.max(0, rows.length - height);
  const first = Math.max(0, Math.min(Math.max(Math.min(top, at), at - height + 1), last));
  const seen = rows.slice(first, first + height);
  return {
    rows: seen.map(row => showRow(buffer, row, width)),
    cursor: { row: at - first, col: columnOf(buffer, rows[at], width) },
    top: first,
    above: first,
    below: rows.length - first - seen.length,
  };
}

/**
 * Moves the cursor by rows of the screen and keeps its column where it can. Past the first or last row it
 * goes to the very end.
 */
export function moveRows(buffer: TextBuffer, by: number, width: number): TextBuffer {
  const rows = layRows(buffer.lines, width);
  const at = rowOfCursor(rows, buffer);
  const goal = buffer.goal ?? columnOf(buffer, rows[at], width);
  const target = rows[at + by];
  if (!target) {
    const line = by < 0 ? 0 : buffer.lines.length - 1;
    return place(buffer.lines, line, by < 0 ? 0 : (buffer.lines[line]?.length ?? 0));
  }
  const text = buffer.lines[target.line] ?? '';
  let col = target.from;
  let used = 0;
  for (const cell of cellsOf(text)) {
    if (cell.at < target.from) continue;
    if (cell.at >= target.to || used + cell.width > goal) break;
    used += cell.width;
    col = cell.to;
  }
  // The end of a row that goes on below is the beginning of the next one; stay one before it.
  const isLast = rows[at + by + 1]?.line !== target.line;
  if (!isLast && col >= target.to) col = boundaries(text).findLast(edge => edge < target.to) ?? target.from;
  return { ...place(buffer.lines, target.line, col), goal };
}

/**
 * Lays lines into rows of at most `width` columns, broken at spaces and between wide characters, else inside
 * a word. Spaces at a break hang.
 */
export function layRows(lines: readonly string[], width: number): readonly TextRow[] {
  // Room for this text and for what it was before: a long line is another at each key.
  if (held > 100_000 + 4 * lines.reduce((sum, line) => sum + line.length, 0)) {
    remembered.clear();
    held = 0;
  }
  return lines.flatMap((line, index) =>
    breaksOf(line, width).map(([from, to]) => ({ line: index, from, to })),
  );
}

function breaksOf(line: string, width: number): [number, number][] {
  const rows: [number, number][] = [];
  let from = 0;
  let used = 0;
  // The last place where the row may end, and the columns up to there.
  let mayEnd = 0;
  let usedThere = 0;
  for (const cell of cellsOf(line)) {
    const isSpace = cell.shown.trim() === '';
    if (cell.width === 2) [mayEnd, usedThere] = [cell.at, used];
    if (!isSpace && used + cell.width > width && cell.at > from) {
      const end = mayEnd > from ? mayEnd : cell.at;
      rows.push([from, end]);
      used -= mayEnd > from ? usedThere : used;
      from = end;
    }
    used += cell.width;
    if (isSpace || cell.width === 2) [mayEnd, usedThere] = [cell.to, used];
  }
  rows.push([from, line.length]);
  return rows;
}

const remembered = new Map<string, readonly Cell[]>();
/** The cells in it, and the lines. */
let held = 0;

// A key changes one line; the others are measured once. Only a memory: the answer depends on the line alone.
function cellsOf(line: string): readonly Cell[] {
  const known = remembered.get(line);
  if (known) return known;
  const edges = boundaries(line);
  const cells = edges.slice(0, -1).map((at, index) => {
    const to = edges[index + 1] ?? line.length;
    return { at, to, ...glyphOf(line.slice(at, to)) };
  });
  remembered.set(line, cells);
  held += cells.length + 1;
  return cells;
}

const glyphs = new Map<string, { readonly shown: string; readonly width: number }>();

function glyphOf(grapheme: string): { readonly shown: string; readonly width: number } {
  const known = glyphs.get(grapheme);
  if (known) return known;
  const shown = escapeControls(grapheme).replaceAll('\t', '  ');
  const glyph = { shown, width: widthOf(shown) };
  glyphs.set(grapheme, glyph);
  return glyph;
}

function rowOfCursor(rows: readonly TextRow[], buffer: TextBuffer): number {
  return Math.max(
    0,
    rows.findLastIndex(row => row.line === buffer.row && row.from <= buffer.col),
  );
}

function columnOf(buffer: TextBuffer, row: TextRow | undefined, width: number): number {
  let used = 0;
  for (const cell of cellsOf(lineOf(buffer))) {
    if (cell.at >= buffer.col) break;
    if (cell.at >= (row?.from ?? 0)) used += cell.width;
  }
  return Math.min(used, width);
}

function showRow(buffer: TextBuffer, row: TextRow, width: number): string {
  let shown = '';
  let used = 0;
  for (const cell of cellsOf(buffer.lines[row.line] ?? '')) {
    if (cell.at < row.from) continue;
    if (cell.at >= row.to || used + cell.width > width) break;
    shown += cell.shown;
    used += cell.width;
  }
  return shown.trimEnd();
}

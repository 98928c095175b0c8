import { escapeControls } from '../text/escape-controls.ts';
import { boundaries, lineOf, place } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';
import { widthOf } from '../text/width.ts';

/**
 * A part of a line that fills one row of the screen; `from` and `to` are columns of the buffer (UTF-16
 * units).
 */
export interface TextRow {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A grapheme as it is shown. */
interface Cell {
  readonly at: number;
  readonly to: number;
  readonly shown: string;
  readonly width: number;
}

export interface TextView {
  /** The visible rows, control characters escaped, each at most `width` columns. */
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
  /** The index of the first visible row; pass it as `top` next time. */
  readonly top: number;
  /** How many rows are hidden above the window, and below it. */
  readonly above: number;
  readonly below: number;
}

export interface ViewSize {
  readonly width: number;
  readonly height: number;
  /** The first row that was visible last time. */
  readonly top?: number;
}

/** Returns the part of the buffer around the cursor that fits, moving the window as little as possible. */
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
 * Moves the cursor by rows of the screen, keeping its column if possible. Past the first or last row it moves
 * to the start or end of the text.
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
  // The end of a wrapped row is the start of the next row, so stay one grapheme before it.
  const isLast = rows[at + by + 1]?.line !== target.line;
  if (!isLast && col >= target.to) col = boundaries(text).findLast(edge => edge < target.to) ?? target.from;
  return { ...place(buffer.lines, target.line, col), goal };
}

/**
 * Lays lines into rows of at most `width` columns, broken at spaces and between wide characters, otherwise
 * inside a word. Spaces at a break hang past the width.
 */
export function layRows(lines: readonly string[], width: number): readonly TextRow[] {
  // Leave room in the cache for this text and its earlier versions: each key in a long line adds a new line.
  if (cacheSize > 100_000 + 4 * lines.reduce((sum, line) => sum + line.length, 0)) {
    cellCache.clear();
    cacheSize = 0;
  }
  return lines.flatMap((line, index) =>
    breaksOf(line, width).map(([from, to]) => ({ line: index, from, to })),
  );
}

function breaksOf(line: string, width: number): [number, number][] {
  const rows: [number, number][] = [];
  let from = 0;
  let used = 0;
  // The last index at which the row may end, and the columns up to there.
  let breakAt = 0;
  let usedAtBreak = 0;
  for (const cell of cellsOf(line)) {
    const isSpace = cell.shown.trim() === '';
    if (cell.width === 2) [breakAt, usedAtBreak] = [cell.at, used];
    if (!isSpace && used + cell.width > width && cell.at > from) {
      const end = breakAt > from ? breakAt : cell.at;
      rows.push([from, end]);
      used -= breakAt > from ? usedAtBreak : used;
      from = end;
    }
    used += cell.width;
    if (isSpace || cell.width === 2) [breakAt, usedAtBreak] = [cell.to, used];
  }
  rows.push([from, line.length]);
  return rows;
}

const cellCache = new Map<string, readonly Cell[]>();
/** The size of the cache: its cells plus its lines. */
let cacheSize = 0;

// A cache by line: a key changes one line, so the others are measured only once. The result depends on the
// line only.
function cellsOf(line: string): readonly Cell[] {
  const known = cellCache.get(line);
  if (known) return known;
  const edges = boundaries(line);
  const cells = edges.slice(0, -1).map((at, index) => {
    const to = edges[index + 1] ?? line.length;
    return { at, to, ...glyphOf(line.slice(at, to)) };
  });
  cellCache.set(line, cells);
  cacheSize += cells.length + 1;
  return cells;
}

const glyphCache = new Map<string, { readonly shown: string; readonly width: number }>();

function glyphOf(grapheme: string): { readonly shown: string; readonly width: number } {
  const known = glyphCache.get(grapheme);
  if (known) return known;
  const shown = escapeControls(grapheme).replaceAll('\t', '  ');
  const glyph = { shown, width: widthOf(shown) };
  glyphCache.set(grapheme, glyph);
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

import { graphemeStarts, wordsOf } from '../text/graphemes-and-words.ts';

/**
 * A text of several lines and a cursor in it. Lines do not include line ends; `col` counts UTF-16 units and
 * is always between two graphemes.
 */
export interface TextBuffer {
  readonly lines: readonly string[];
  readonly row: number;
  readonly col: number;
  /** The screen column that up and down try to keep. */
  readonly goal?: number;
}

const ascii = /^[\x20-\x7e]*$/;

/** Returns the indexes at which graphemes begin in a line, and the line's length. */
export function boundaries(line: string): readonly number[] {
  if (latest.line === line) return latest.edges;
  const edges = ascii.test(line)
    ? Array.from({ length: line.length + 1 }, (_, index) => index)
    : [...graphemeStarts(line), line.length];
  latest = { line, edges };
  return edges;
}

// A cache of the latest line: one key asks for the same line several times, and finding graphemes is
// expensive. The result depends on the line only.
let latest: { readonly line: string; readonly edges: readonly number[] } = { line: '', edges: [0] };

/** Returns a buffer with a text, the cursor at its end. CR and CRLF become line ends. */
export function openText(text = ''): TextBuffer {
  const lines = toLines(text);
  return { lines, row: lines.length - 1, col: lines.at(-1)?.length ?? 0 };
}

/** Returns the text with `\n` between its lines. */
export function textOf(buffer: TextBuffer): string {
  return buffer.lines.join('\n');
}

/** Inserts a text at the cursor, line ends included. */
export function insert(buffer: TextBuffer, text: string): TextBuffer {
  const parts = toLines(text);
  const line = lineOf(buffer);
  const before = line.slice(0, buffer.col);
  const after = line.slice(buffer.col);
  const first = before + (parts[0] ?? '');
  if (parts.length === 1) return place(replaceLines(buffer, 1, [first + after]), buffer.row, first.length);
  const last = parts.at(-1) ?? '';
  const lines = [first, ...parts.slice(1, -1), last + after];
  return place(replaceLines(buffer, 1, lines), buffer.row + parts.length - 1, last.length);
}

export function left(buffer: TextBuffer): TextBuffer {
  if (buffer.col > 0) return place(buffer.lines, buffer.row, previous(lineOf(buffer), buffer.col));
  if (buffer.row === 0) return place(buffer.lines, 0, 0);
  return place(buffer.lines, buffer.row - 1, buffer.lines[buffer.row - 1]?.length ?? 0);
}

export function right(buffer: TextBuffer): TextBuffer {
  const line = lineOf(buffer);
  if (buffer.col < line.length) return place(buffer.lines, buffer.row, next(line, buffer.col));
  if (buffer.row === buffer.lines.length - 1) return place(buffer.lines, buffer.row, line.length);
  return place(buffer.lines, buffer.row + 1, 0);
}

export function lineStart(buffer: TextBuffer): TextBuffer {
  return place(buffer.lines, buffer.row, 0);
}

export function lineEnd(buffer: TextBuffer): TextBuffer {
  return place(buffer.lines, buffer.row, lineOf(buffer).length);
}

export function textStart(buffer: TextBuffer): TextBuffer {
  return place(buffer.lines, 0, 0);
}

export function textEnd(buffer: TextBuffer): TextBuffer {
  return place(buffer.lines, buffer.lines.length - 1, buffer.lines.at(-1)?.length ?? 0);
}

/**
 * Moves to the beginning of the word before the cursor; from the beginning of a line to the end of the line
 * above.
 */
export function wordLeft(buffer: TextBuffer): TextBuffer {
  if (buffer.col === 0) return left(buffer);
  const starts = wordsOf(lineOf(buffer)).filter(word => word.from < buffer.col);
  return place(buffer.lines, buffer.row, starts.at(-1)?.from ?? 0);
}

/** Moves to the end of the word after the cursor; from the end of a line to the beginning of the next. */
export function wordRight(buffer: TextBuffer): TextBuffer {
  const line = lineOf(buffer);
  if (buffer.col >= line.length) return right(buffer);
  const word = wordsOf(line).find(({ to }) => to > buffer.col);
  return place(buffer.lines, buffer.row, word?.to ?? line.length);
}

export function deleteBack(buffer: TextBuffer): TextBuffer {
  return removeBetween(left(buffer), buffer);
}

export function deleteForward(buffer: TextBuffer): TextBuffer {
  return removeBetween(buffer, right(buffer));
}

export function deleteWordBack(buffer: TextBuffer): TextBuffer {
  return removeBetween(wordLeft(buffer), buffer);
}

export function deleteWordForward(buffer: TextBuffer): TextBuffer {
  return removeBetween(buffer, wordRight(buffer));
}

/** Deletes to the beginning of the line; at its beginning, the line end before it. */
export function killToStart(buffer: TextBuffer): TextBuffer {
  return buffer.col === 0 ? deleteBack(buffer) : removeBetween(lineStart(buffer), buffer);
}

/** Deletes to the end of the line; at its end, the line end. */
export function killToEnd(buffer: TextBuffer): TextBuffer {
  return buffer.col === lineOf(buffer).length
    ? deleteForward(buffer)
    : removeBetween(buffer, lineEnd(buffer));
}

/** Returns the line that contains the cursor. */
export function lineOf(buffer: TextBuffer): string {
  return buffer.lines[buffer.row] ?? '';
}

/** Returns a buffer with the cursor at this place, or after the grapheme that contains it. */
export function place(lines: readonly string[], row: number, col: number): TextBuffer {
  const line = lines[row] ?? '';
  if (ascii.test(line)) return { lines, row, col };
  return { lines, row, col: boundaries(line).find(at => at >= col) ?? line.length };
}

function toLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function replaceLines(buffer: TextBuffer, count: number, lines: readonly string[]): readonly string[] {
  return [...buffer.lines.slice(0, buffer.row), ...lines, ...buffer.lines.slice(buffer.row + count)];
}

function removeBetween(from: TextBuffer, to: TextBuffer): TextBuffer {
  const joined = lineOf(from).slice(0, from.col) + lineOf(to).slice(to.col);
  return place(replaceLines(from, to.row - from.row + 1, [joined]), from.row, from.col);
}

function previous(line: string, col: number): number {
  return boundaries(line).findLast(at => at < col) ?? 0;
}

function next(line: string, col: number): number {
  return boundaries(line).find(at => at > col) ?? line.length;
}

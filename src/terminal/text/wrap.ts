import { wrapAnsi } from 'fast-wrap-ansi';

export interface WrapOptions {
  /** Columns of a complete line, indents included. */
  readonly width: number;
  /** Prefix of the first line of each paragraph. */
  readonly first?: string;
  /** Prefix of the following lines; spaces as long as `first` if absent. */
  readonly rest?: string;
}

// Matches a line of one-column characters without outer spaces, which wrapping would trim. Most lines match,
// and need no wrapping if they fit.
const plainLine = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Wraps at words, and inside a word that is longer than a line. Returns the lines; an empty line of the text
 * stays empty.
 */
export function wrap(
  text: string,
  { width, first = '', rest = ' '.repeat(first.length) }: WrapOptions,
): readonly string[] {
  const room = Math.max(8, width - Math.max(first.length, rest.length));
  return text.split('\n').flatMap(paragraph => {
    if (paragraph.trim() === '') return [''];
    if (paragraph.length <= room && plainLine.test(paragraph)) return [first + paragraph];
    // Shorten gaps to the line's width: each column of a gap costs the wrapper as much as all before it.
    const shortened = paragraph.replaceAll('\t', '  ').replace(/ {9,}/g, gap => gap.slice(0, room));
    const lines = wrapped(shortened, room);
    return lines.map((line, index) => (index === 0 ? first : rest) + line);
  });
}

/**
 * In UTF-16 units. The package scans the whole line for each word, and a line of characters without width
 * never ends.
 */
const longLine = 8192;

/**
 * Wraps one paragraph into lines of at most `room` columns. Wraps a very long one piece by piece, with the
 * same breaks; a line without width ends at `longLine`.
 */
function wrapped(paragraph: string, room: number): readonly string[] {
  if (paragraph.length <= longLine) return linesOf(paragraph, room);
  const lines: string[] = [];
  let last = '';
  for (const [piece] of paragraph.matchAll(pieces)) {
    const found = linesOf(last + piece, room);
    // The next piece may still fit on the last line.
    last = found.at(-1) ?? '';
    lines.push(...found.slice(0, -1));
    if (last.length <= longLine) continue;
    lines.push(last);
    last = '';
  }
  return last === '' ? lines : [...lines, last];
}

/** Each piece ends before a gap, which begins the next piece: the package trims spaces at an end. */
const pieces = /[^]{4096}[^]*?(?<! )(?= )|[^]+/g;

function linesOf(text: string, room: number): readonly string[] {
  // One long word of one-column characters: cut it at the width.
  if (/^[!-~]+$/.test(text)) return text.match(new RegExp(`.{1,${room}}`, 'g')) ?? [];
  return wrapAnsi(text, room, { hard: true })
    .split('\n')
    .filter(line => line !== '');
}

/** Wraps each line by itself and indents its continuation lines by `hang` columns more than the line. */
export function wrapFurtherIn(text: string, width: number, hang: number): readonly string[] {
  if (hang === 0) return wrapHanging(text, width);
  return text.split('\n').flatMap(line => {
    const { length } = /^ */.exec(line)?.[0] ?? '';
    const indent = ' '.repeat(Math.min(length, width));
    return wrap(line.slice(length), { width, first: indent, rest: indent + ' '.repeat(hang) });
  });
}

/**
 * Wraps text that is already laid out: continuation lines keep the indent of their line, including a list
 * mark's width.
 */
export function wrapHanging(text: string, width: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap(line => {
    // Skip style codes before the mark, so that text wraps the same with colour and without.
    const [prefix = '', codes = '', found = ''] =
      /^((?:\u001b\[\d+m)*)(\s*(?:[*+•·-]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\s+)/.exec(line) ?? [];
    // Limit the indent to the width: otherwise each line would have one letter after a full indent.
    const mark = found.replace(/\s{2,}/g, gap => gap.slice(0, width));
    // A list item without text is only its mark.
    if (prefix.length === line.length && mark.trim() !== '') return [indent + codes + mark.trimEnd()];
    return wrap(codes + line.slice(prefix.length), {
      width,
      first: indent + mark,
      rest: indent + ' '.repeat(mark.length),
    });
  });
}

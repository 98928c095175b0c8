import { wrapAnsi } from 'fast-wrap-ansi';

export interface WrapOptions {
  /** Columns of a whole line, indents included. */
  readonly width: number;
  /** Stands before the first line of each paragraph. */
  readonly first?: string;
  /** Stands before the lines after it; the first one's length in spaces when absent. */
  readonly rest?: string;
}

// One column a letter, and no space at the ends that would be taken off: most lines, which fit as they are.
const plainLine = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Wraps at words, and inside a word that is longer than a line. Gives the lines; an empty line of the text
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
    // A gap that is wider than the line is none: each column of it costs as much as all before.
    const narrow = paragraph.replaceAll('\t', '  ').replace(/ {9,}/g, gap => gap.slice(0, room));
    const lines = wrapped(narrow, room);
    return lines.map((line, index) => (index === 0 ? first : rest) + line);
  });
}

/**
 * In UTF-16 units. The package looks at the whole line for each word, and a line of signs without width has
 * no end.
 */
const longLine = 8192;

/**
 * Wraps one paragraph. A very long one is wrapped piece by piece, with the same breaks; a line without width
 * ends at `longLine`.
 */
function wrapped(paragraph: string, room: number): readonly string[] {
  if (paragraph.length <= longLine) return linesOf(paragraph, room);
  const lines: string[] = [];
  let last = '';
  for (const [piece] of paragraph.matchAll(pieces)) {
    const found = linesOf(last + piece, room);
    // What comes next may still fit on the last line.
    last = found.at(-1) ?? '';
    lines.push(...found.slice(0, -1));
    if (last.length <= longLine) continue;
    lines.push(last);
    last = '';
  }
  return last === '' ? lines : [...lines, last];
}

/** Each ends before a gap, which begins the next one: the package takes off spaces at an end. */
const pieces = /[^]{4096}[^]*?(?<! )(?= )|[^]+/g;

function linesOf(text: string, room: number): readonly string[] {
  // One word without end, each letter one column wide.
  if (/^[!-~]+$/.test(text)) return text.match(new RegExp(`.{1,${room}}`, 'g')) ?? [];
  return wrapAnsi(text, room, { hard: true })
    .split('\n')
    .filter(line => line !== '');
}

/**
 * Wraps lines that each say something of their own: what of one goes on below it stands so many columns
 * further in than it begins.
 */
export function wrapFurtherIn(text: string, width: number, hang: number): readonly string[] {
  if (hang === 0) return wrapHanging(text, width);
  return text.split('\n').flatMap(line => {
    const { length } = /^ */.exec(line)?.[0] ?? '';
    const indent = ' '.repeat(Math.min(length, width));
    return wrap(line.slice(length), { width, first: indent, rest: indent + ' '.repeat(hang) });
  });
}

/**
 * Wraps text that is laid out already: the indent of a line (and a list mark in it) is kept for the lines
 * after it.
 */
export function wrapHanging(text: string, width: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap(line => {
    // A style may begin before the mark: it is laid the same with colour and without.
    const [whole = '', codes = '', found = ''] =
      /^((?:\u001b\[\d+m)*)(\s*(?:[*+•·-]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\s+)/.exec(line) ?? [];
    // What is indented further than that would be laid out one letter below the other, with all of the indent
    // before each.
    const mark = found.replace(/\s{2,}/g, gap => gap.slice(0, width));
    // An item without a text is its mark.
    if (whole.length === line.length && mark.trim() !== '') return [indent + codes + mark.trimEnd()];
    return wrap(codes + line.slice(whole.length), {
      width,
      first: indent + mark,
      rest: indent + ' '.repeat(mark.length),
    });
  });
}

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

/** Wraps at words, and inside a word that is longer than a line. Gives the lines; an empty line of the text stays empty. */
export function wrap(text: string, { width, first = '', rest = ' '.repeat(first.length) }: WrapOptions): readonly string[] {
  const room = Math.max(8, width - Math.max(first.length, rest.length));
  return text.split('\n').flatMap((paragraph) => {
    if (paragraph.trim() === '') return [''];
    if (paragraph.length <= room && plainLine.test(paragraph)) return [first + paragraph];
    // A gap that is wider than the line is none: each column of it costs as much as all before.
    const narrow = paragraph.replaceAll('\t', '  ').replace(/ {9,}/g, (gap) => gap.slice(0, room));
    const lines = wrapAnsi(narrow, room, { hard: true }).split('\n').filter((line) => line !== '');
    return lines.map((line, index) => (index === 0 ? first : rest) + line);
  });
}

/** Wraps lines that each say something of their own: what of one goes on below it stands so many columns further in than it begins. */
export function wrapFurtherIn(text: string, width: number, hang: number): readonly string[] {
  if (hang === 0) return wrapHanging(text, width);
  return text.split('\n').flatMap((line) => {
    const { length } = /^ */.exec(line)?.[0] ?? '';
    const indent = ' '.repeat(Math.min(length, width));
    return wrap(line.slice(length), { width, first: indent, rest: indent + ' '.repeat(hang) });
  });
}

/** Wraps text that is laid out already: the indent of a line (and a list mark in it) is kept for the lines after it. */
export function wrapHanging(text: string, width: number, indent = ''): readonly string[] {
  return text.split('\n').flatMap((line) => {
    // A style may begin before the mark: it is laid the same with colour and without.
    const [whole = '', codes = '', found = ''] =
      /^((?:\u001b\[\d+m)*)(\s*(?:[*+•·-]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\s+)/.exec(line) ?? [];
    // What is indented further than that would be laid out one letter below the other, with all of the indent before each.
    const mark = found.replace(/\s{2,}/g, (gap) => gap.slice(0, width));
    // An item without a text is its mark.
    if (whole.length === line.length && mark.trim() !== '') return [indent + codes + mark.trimEnd()];
    return wrap(codes + line.slice(whole.length), { width, first: indent + mark, rest: indent + ' '.repeat(mark.length) });
  });
}

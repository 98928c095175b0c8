/** Only this much of a line is looked at, in characters. */
const longest = 1000;

/** A first sentence does not go on over more lines. */
const mostLines = 5;

/** A line of a Markdown text. */
export interface TextLine {
  readonly text: string;
  /** Offsets of this line and of the next. */
  readonly start: number;
  readonly next: number;
  /** Whether it is inside a code fence or part of the fence. */
  readonly isCode: boolean;
}

/** Iterates over the lines of a Markdown text, marking fenced code. */
export function* linesOf(text: string): Generator<TextLine> {
  let fence: string | undefined;
  for (let start = 0; start < text.length;) {
    const stop = text.indexOf('\n', start);
    const next = stop < 0 ? text.length : stop + 1;
    const line = text.slice(start, stop < 0 ? text.length : stop).replace(/\r$/, '');
    const mark = /^\s{0,3}(?:[-*+] )?(`{3,}|~{3,})(.*)$/.exec(line);
    const wasCode = fence !== undefined;
    if (fence === undefined) {
      if (mark !== null && !(mark[1]?.startsWith('`') === true && mark[2]?.includes('`') === true))
        fence = mark[1];
    } else if (mark !== null && mark[1]?.startsWith(fence) === true && mark[2]?.trim() === '') {
      fence = undefined;
    }
    yield { text: line, start, next, isCode: wasCode || fence !== undefined };
    start = next;
  }
}

/** A heading at the beginning of a text. */
export interface TopHeading {
  readonly level: number;
  readonly text: string;
  /** The offset after it. */
  readonly next: number;
}

/**
 * Finds the heading at the top of a text, `#` or underlined. Blank lines and properties may come before it.
 */
export function topHeading(text: string): TopHeading | undefined {
  let before: { readonly text: string } | undefined;
  for (const line of linesOf(text)) {
    if (line.isCode) return undefined;
    if (before !== undefined) {
      const [mark] = /^(?:=+|-+)(?=\s*$)/.exec(line.text) ?? [];
      if (mark === undefined) return undefined;
      return {
        level: mark.startsWith('=') ? 1 : 2,
        text: before.text.slice(0, longest).trim(),
        next: line.next,
      };
    }
    if (line.text.trim() === '' || propertyIn(line.text)?.colons === '::') continue;
    const [, marks, words] = /^\s{0,3}(?:- )?(#{1,6})[ \t]+(.+)$/.exec(line.text.slice(0, longest)) ?? [];
    if (marks !== undefined)
      return {
        level: marks.length,
        text: (words ?? '').replace(/[ \t]+#+[ \t]*$/, '').trim(),
        next: line.next,
      };
    before = line;
  }
  return undefined;
}

/** A property of the whole note: `date:: [[2024-03-12]]`, `Created: March 12, 2024`. */
export interface Property {
  readonly key: string;
  readonly colons: ':' | '::';
  readonly value: string;
}

const property = new RegExp(
  [
    '^\\s*(?:[-*] +)?(?:\\*\\*|> ?|\\[)?(\\p{L}[\\p{L}\\p{N} _?()-]{0,40}?)',
    '(?:\\*\\*)?(::?)(?:\\*\\*)?(?:[ \\t]+(.*?)\\]?)?$',
  ].join(''),
  'u',
);

/** Parses a line as a property; returns undefined if it is none. */
export function propertyIn(line: string): Property | undefined {
  const [, key, colons, value = ''] = property.exec(line.slice(0, longest)) ?? [];
  if (key === undefined || (colons !== ':' && colons !== '::')) return undefined;
  return { key: key.trim(), colons, value: value.trim() };
}

/** Returns the first and last non-blank lines outside code, where properties are found. */
export function edgeLines(text: string, count = 12): readonly string[] {
  const first: string[] = [];
  const last: string[] = [];
  for (const line of linesOf(text)) {
    if (line.isCode || line.text.trim() === '') continue;
    if (first.length < count) first.push(line.text);
    else last.push(line.text);
    if (last.length > count) last.shift();
  }
  return [...first, ...last];
}

/** Removes a front matter that was left in the text because it can't be parsed. */
export function withoutFront(text: string): string {
  return text.replace(/^(---|\+\+\+)[ \t]*\r?\n[\s\S]*?\n\1[ \t]*(?:\r?\n|$)/, '');
}

/**
 * Returns the first paragraph of prose, line by line and without list and heading marks; a heading or a list
 * item is a paragraph of its own. Skips code, images, properties, tags and whatever `isSkipped` rejects.
 */
export function firstProse(text: string, isSkipped: (line: string) => boolean): string | undefined {
  const found: string[] = [];
  for (const line of linesOf(text)) {
    const isBlock =
      line.isCode || line.text.trim() === '' || /^\s*(?:[-*+>]|#{1,6}|\d+[.)])\s/.test(line.text);
    if (found.length > 0 && (isBlock || found.length > mostLines)) break;
    // Skip indented code, but not nested list items.
    if (line.isCode || /^(?: {4}| {0,3}\t)\s*(?![-*+]\s|\d+[.)]\s|\s)/.test(line.text)) continue;
    const bare = withoutMarks(line.text.slice(0, longest));
    const isTags = /^(?:#[^\s#]+\s*)+$/.test(bare);
    const isProperty = propertyIn(line.text)?.colons === '::';
    if (!/[\p{L}\p{N}]/u.test(bare) || isTags || isProperty || isSkipped(bare)) continue;
    found.push(bare);
    if (/^\s{0,3}#{1,6}\s/.test(line.text)) break;
  }
  return found.length === 0 ? undefined : found.join('\n');
}

function withoutMarks(line: string): string {
  return line
    .replace(/^(?:\s*(?:>|#{1,6}(?=\s)|[-*+](?=\s)(?:\s+\[.\])?))+\s*(?:\[![\w-]+\][+-]?\s*)?/, '')
    .replace(/!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)|<!--.*?-->|\s\^[\w-]+$/g, '')
    .replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|==|~~)(.+?)\1/g, '$2')
    .trim();
}

interface Fence {
  readonly mark: string;
  readonly length: number;
}

// The beginnings and ends of HTML blocks that continue up to a certain end, even across blank lines.
const htmlBlocks: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/],
];

/**
 * Lowers the headings of a Markdown text, so that it can follow a heading of level 2: `#` and `##` become
 * `###`, `###` becomes `####`, and so on up to level 6. Underlined headings become `###`. Code stays
 * unchanged. Closes code fences that are still open and escapes HTML blocks without an end, so that they do
 * not swallow the next heading of the document.
 */
export function lowerHeadings(body: string): string {
  const out: string[] = [];
  // Markdown also ends a line at a lone CR.
  const lines = body.split(/\r\n|\n|\r/);
  // The last line that matches each end. Cached, because every line that begins a block needs it.
  const lastEnds = new Map<RegExp, number>();
  let fence: Fence | undefined;
  let htmlEnd: RegExp | undefined;
  for (const [at, line] of lines.entries()) {
    if (fence !== undefined) {
      out.push(line);
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    if (htmlEnd !== undefined) {
      out.push(line);
      if (htmlEnd.test(line)) htmlEnd = undefined;
      continue;
    }
    const newFence = fenceOf(line);
    if (newFence !== undefined) {
      fence = newFence;
      out.push(line);
      continue;
    }
    const html = htmlBlocks.find(([start]) => start.test(line));
    if (html !== undefined) {
      const [, end] = html;
      const last = lastEnds.get(end) ?? lines.findLastIndex(candidate => end.test(candidate));
      lastEnds.set(end, last);
      const ends = last >= at;
      // The block has no end, so escape its opening `<`.
      out.push(ends ? line : line.replace('<', '\\<'));
      if (ends && !end.test(line)) htmlEnd = end;
      continue;
    }
    const isUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
    if (isUnderline && isParagraph(out.at(-1))) out.push(...takeUnderlinedHeading(out));
    else out.push(lowerHeading(line));
  }
  if (fence !== undefined) out.push(fence.mark.repeat(fence.length));
  return out.join('\n');
}

function lowerHeading(line: string): string {
  return line.replace(
    /^( {0,3})(#{1,6})(?=[ \t\r]|$)/,
    (_all, spaces: string, marks: string) => spaces + '#'.repeat(Math.min(6, Math.max(3, marks.length + 1))),
  );
}

// Removes the paragraph above the underline from `out`, and returns it as a heading on one line.
function takeUnderlinedHeading(out: string[]): readonly string[] {
  const words: string[] = [];
  while (isParagraph(out.at(-1))) words.push((out.pop() ?? '').trim());
  return [`### ${words.toReversed().join(' ')}`];
}

function isParagraph(line: string | undefined): boolean {
  return (
    line !== undefined &&
    line.trim() !== '' &&
    !/^(?: {0,3}(?:#{1,6}(?:[ \t]|$)|>|[-*+][ \t]|\d+[.)][ \t]|\||```|~~~|([-*_])(?:[ \t]*\1){2,}[ \t]*$)| {4}|\t)/.test(
      line,
    )
  );
}

function fenceOf(line: string): Fence | undefined {
  const [, marks = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  const mark = marks.charAt(0);
  return mark === '' || (mark === '`' && info.includes('`')) ? undefined : { mark, length: marks.length };
}

function closes(line: string, { mark, length }: Fence): boolean {
  const marks = line.trim();
  return (
    /^ {0,3}\S/.test(line) && marks.length >= length && [...marks].every(character => character === mark)
  );
}

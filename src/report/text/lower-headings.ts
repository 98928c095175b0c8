interface Fence {
  readonly mark: string;
  readonly length: number;
}

// Kinds of HTML block that run on to an end of their own, whatever stands between.
const runsOn: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/],
];

/**
 * Puts a text of Markdown one level lower, so that it can stand below a heading of level 2: `#` and `##`
 * become `###`, `###` becomes
 * `####`, and so on to six. Underlined headings become such lines too. What is in code stays. Blocks that
 * would run on into what follows are closed, so that whatever stands in the text, the next heading is one.
 */
export function lowerHeadings(body: string): string {
  const out: string[] = [];
  // A lone CR ends a line for Markdown, too.
  const lines = body.split(/\r\n|\n|\r/);
  // The last line with each end, looked for once: whether one is still to come is asked at every line that
  // opens.
  const lastEnds = new Map<RegExp, number>();
  let fence: Fence | undefined;
  let until: RegExp | undefined;
  for (const [at, line] of lines.entries()) {
    if (fence !== undefined) {
      out.push(line);
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    if (until !== undefined) {
      out.push(line);
      if (until.test(line)) until = undefined;
      continue;
    }
    const opened = fenceOf(line);
    if (opened !== undefined) {
      fence = opened;
      out.push(line);
      continue;
    }
    const html = runsOn.find(([start]) => start.test(line));
    if (html !== undefined) {
      const [, end] = html;
      const last = lastEnds.get(end) ?? lines.findLastIndex(one => end.test(one));
      lastEnds.set(end, last);
      const ends = last >= at;
      // Nothing ends it: the sign that opens it is taken literally.
      out.push(ends ? line : line.replace('<', '\\<'));
      if (ends && !end.test(line)) until = end;
      continue;
    }
    const isUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
    if (isUnderline && isParagraph(out.at(-1))) out.push(...underlined(out));
    else out.push(lowered(line));
  }
  if (fence !== undefined) out.push(fence.mark.repeat(fence.length));
  return out.join('\n');
}

function lowered(line: string): string {
  return line.replace(
    /^( {0,3})(#{1,6})(?=[ \t\r]|$)/,
    (_all, spaces: string, marks: string) => spaces + '#'.repeat(Math.min(6, Math.max(3, marks.length + 1))),
  );
}

// The paragraph above is the heading; a heading of this kind is one line.
function underlined(out: string[]): readonly string[] {
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
  return /^ {0,3}\S/.test(line) && marks.length >= length && [...marks].every(one => one === mark);
}

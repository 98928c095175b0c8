import { withoutClosing } from '../../core/notes/heading.ts';
import type { NewReflection, Section } from '../../core/notes/reflection.ts';
import { findFront } from './front-span.ts';
import { formatFront, type FrontWritable } from './write-front.ts';
import { formatVersion } from './check-head.ts';
import { wellFormed } from './well-formed.ts';

// The lines of an answer that would open or close something for a Markdown reader and so hide the next
// heading: headings, underlines of headings, fences, HTML that runs to its own end, link definitions, and
// Obsidian's comments and formulas. No `m` flag: it would take U+2028 for a line end; a lone CR is one to
// Markdown.
const lineStart = '(?<=^|[\\n\\r])';
const dangerous = [
  '#{1,6}(?=[ \\t\\n\\r]|$)',
  '=+[ \\t]*(?=[\\n\\r]|$)',
  '-+[ \\t]*(?=[\\n\\r]|$)',
  '`{3}',
  '~{3}',
  '<(?:script|pre|style|textarea)(?=[ \\t>\\n\\r]|$)',
  '<!--',
  '<\\?',
  '<![A-Za-z]',
  '<!\\[CDATA\\[',
  '\\[[^\\n\\r]*\\]:',
  '%%',
  '\\$\\$',
].join('|');
const toEscape = new RegExp(`${lineStart}( {0,3})(?=\\\\*(?:${dangerous}))`, 'gi');
const toUnescape = new RegExp(`${lineStart}( {0,3})\\\\(?=\\\\*(?:${dangerous}))`, 'gi');

/** Writes a new moment as the text of its file. */
export function formatNote(note: NewReflection): string {
  const title = note.title ?? titleIn(note.front['title']);
  const front: Record<string, FrontWritable> = {
    ...note.front,
    rupture: formatVersion,
    id: note.id,
    session: note.session,
  };
  if (title !== undefined) front['title'] = title;
  const text = `---\n${formatFront(front)}${note.carried ?? ''}---\n`;
  const heading = title === undefined ? '' : `\n# ${oneLine(title)}\n`;
  return `${text}${heading}${formatSections(note.sections)}`;
}

/** Writes sections as they stand at the end of a file: each begins with a blank line. */
export function formatSections(sections: readonly Section[]): string {
  return sections
    .map(({ level, heading, text }) => {
      const line = `\n${'#'.repeat(level)} ${oneLine(heading)}\n`;
      return text === '' ? line : `${line}\n${escapeAnswer(text)}\n`;
    })
    .join('');
}

/**
 * Reads the sections of a note's text, answers exactly as they were typed; what stands before the first
 * heading is left out.
 */
export function parseSections(text: string): Section[] {
  const span = findFront(text);
  const open = typeof span === 'object' ? span : undefined;
  const raw = open === undefined ? text : text.slice(open.body);
  const lineEnd = open?.lineEnd ?? (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');
  // Only where the whole file ends its lines so; in others a CR before a line end was typed.
  const body = lineEnd === '\r\n' ? raw.replaceAll('\r\n', '\n') : raw;
  const headings = headingsIn(body);
  return headings.map(({ level, heading, start }, at) => {
    const next = headings[at + 1];
    return {
      level,
      heading,
      text: unescapeAnswer(trimOne(body.slice(start, next?.line ?? body.length), next !== undefined)),
    };
  });
}

/** Each heading of level 2 and 3 with the offset of its line and of what follows it. */
function headingsIn(
  body: string,
): { readonly level: 2 | 3; readonly heading: string; readonly line: number; readonly start: number }[] {
  const found: ReturnType<typeof headingsIn> = [];
  let line = body.startsWith('##') ? 0 : nextMarked(body, 0);
  while (line >= 0) {
    const level = levelAt(body, line);
    const next = body.indexOf('\n', line);
    const stop = next < 0 ? body.length : next;
    if (level !== undefined)
      found.push({
        level,
        heading: withoutClosing(body.slice(line + level, stop)),
        line,
        start: Math.min(stop + 1, body.length),
      });
    line = nextMarked(body, line);
  }
  return found;
}

/** The level of the heading that starts at `line`; undefined when it is none of level 2 or 3. */
function levelAt(body: string, line: number): 2 | 3 | undefined {
  if (body.startsWith('## ', line)) return 2;
  return body.startsWith('### ', line) ? 3 : undefined;
}

/** The next line behind `from` that may be a heading, or -1. */
function nextMarked(body: string, from: number): number {
  const end = body.indexOf('\n##', from);
  return end < 0 ? -1 : end + 1;
}

/**
 * Makes an answer's lines harmless to Markdown readers; `unescapeAnswer` gives them back. CRLF becomes LF, a
 * lone surrogate U+FFFD.
 */
export function escapeAnswer(text: string): string {
  return wellFormed(text)
    .replaceAll('\r\n', '\n')
    .replace(toEscape, spaces => `${spaces}\\`);
}

export function unescapeAnswer(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(toUnescape, (_found, spaces: string) => spaces);
}

/**
 * Takes away the blank line behind the heading, the answer's own line end, and the blank line before the next
 * heading.
 */
function trimOne(between: string, isFollowed: boolean): string {
  let start = between.startsWith('\n') ? 1 : 0;
  let end = between.length;
  for (
    let ends = isFollowed ? 2 : 1;
    ends > 0 && end > start && between.charCodeAt(end - 1) === 10;
    ends -= 1
  )
    end -= 1;
  if (end < start) start = end;
  return between.slice(start, end);
}

function titleIn(value: FrontWritable | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function oneLine(text: string): string {
  return wellFormed(text)
    .replace(/[\n\r\t]+/g, ' ')
    .trim();
}

import { withoutClosing } from '../../core/notes/heading.ts';
import type { NewReflection, Section } from '../../core/notes/reflection.ts';
import { findFront } from './front-span.ts';
import { formatFront, type FrontWritable } from './write-front.ts';
import { formatVersion } from './check-head.ts';
import { wellFormed } from './well-formed.ts';

// Beginnings of lines in an answer that would start or end a block for a Markdown reader and so hide the next
// heading: headings, underlines of headings, fences, HTML blocks, link definitions, and Obsidian's comments
// and formulas. No `m` flag, which would treat U+2028 as a line end; a lone CR is a line end in Markdown.
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

/** Returns the text of a new note's file. */
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

/** Returns the text of sections to append to a file: each begins with a blank line. */
export function formatSections(sections: readonly Section[]): string {
  return sections
    .map(({ level, heading, text }) => {
      const line = `\n${'#'.repeat(level)} ${oneLine(heading)}\n`;
      return text === '' ? line : `${line}\n${escapeAnswer(text)}\n`;
    })
    .join('');
}

/**
 * Parses the sections of a note's text; answers are exactly as typed. Ignores text before the first heading.
 */
export function parseSections(text: string): Section[] {
  const span = findFront(text);
  const front = typeof span === 'object' ? span : undefined;
  const raw = front === undefined ? text : text.slice(front.body);
  const lineEnd = front?.lineEnd ?? (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');
  // In a file with LF line ends, a CR before a line end was typed: keep it.
  const body = lineEnd === '\r\n' ? raw.replaceAll('\r\n', '\n') : raw;
  const headings = headingsIn(body);
  return headings.map(({ level, heading, start }, at) => {
    const next = headings[at + 1];
    return {
      level,
      heading,
      text: unescapeAnswer(trimAnswer(body.slice(start, next?.line ?? body.length), next !== undefined)),
    };
  });
}

/** Returns the headings of levels 2 and 3 with the offsets of their line and of the next line. */
function headingsIn(
  body: string,
): { readonly level: 2 | 3; readonly heading: string; readonly line: number; readonly start: number }[] {
  const found: ReturnType<typeof headingsIn> = [];
  let line = body.startsWith('##') ? 0 : nextHeadingLine(body, 0);
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
    line = nextHeadingLine(body, line);
  }
  return found;
}

/**
 * Returns the level of the heading at the offset `line`; undefined if there is no heading of level 2 or 3.
 */
function levelAt(body: string, line: number): 2 | 3 | undefined {
  if (body.startsWith('## ', line)) return 2;
  return body.startsWith('### ', line) ? 3 : undefined;
}

/** Returns the offset of the next line after `from` that begins with `##`, or -1. */
function nextHeadingLine(body: string, from: number): number {
  const end = body.indexOf('\n##', from);
  return end < 0 ? -1 : end + 1;
}

/**
 * Escapes the lines of an answer that Markdown readers would misread; `unescapeAnswer` reverses this. Turns
 * CRLF into LF and a lone surrogate into U+FFFD.
 */
export function escapeAnswer(text: string): string {
  return wellFormed(text)
    .replaceAll('\r\n', '\n')
    .replace(toEscape, spaces => `${spaces}\\`);
}

/** Reverses `escapeAnswer`, except for line ends and surrogates. */
export function unescapeAnswer(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(toUnescape, (_found, spaces: string) => spaces);
}

/**
 * Removes the blank line after the heading, the final line end and, if another heading follows, the blank
 * line before it.
 */
function trimAnswer(between: string, isFollowed: boolean): string {
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

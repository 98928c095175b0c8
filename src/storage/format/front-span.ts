/**
 * Where the front matter lies in a text, as offsets: its lines from `start` up to `end`, the body from
 * `body`.
 */
export interface FrontSpan {
  readonly start: number;
  readonly end: number;
  readonly body: number;
  /** What ends the first line; a file whose first line ends so is taken to end all its lines so. */
  readonly lineEnd: '\n' | '\r\n';
}

export type FrontFound = FrontSpan | 'none' | 'open';

/**
 * Finds the front matter between a first line `---` (after a BOM) and the next such line; 'open' when the
 * second is missing.
 */
export function findFront(text: string): FrontFound {
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const start = afterMark(text, first);
  if (start < 0) return 'none';
  const lineEnd = text.charCodeAt(start - 2) === 13 ? '\r\n' : '\n';
  // From the line end before, so that front matter without a line is found too.
  for (let at = text.indexOf('\n---', start - 1); at >= 0; at = text.indexOf('\n---', at + 1)) {
    const body = afterMark(text, at + 1, true);
    if (body >= 0) return { start, end: at + 1, body, lineEnd };
  }
  return 'open';
}

/**
 * The offset behind a line of three dashes that begins at `at`, or -1; the last line of a text may lack its
 * end.
 */
function afterMark(text: string, at: number, mayEnd = false): number {
  if (!text.startsWith('---', at)) return -1;
  for (let next = at + 3; ; next += 1) {
    if (next >= text.length) return mayEnd ? text.length : -1;
    const code = text.charCodeAt(next);
    if (code === 10) return next + 1;
    if (code !== 32 && code !== 9 && code !== 13) return -1;
  }
}

const mark = Buffer.from('\n---');

/**
 * The same search in the first `length` bytes, so that the rest of a file's beginning is never decoded: the
 * offset behind the closing line, or -1.
 */
export function frontEndsAt(bytes: Buffer, length: number): number {
  for (let at = bytes.indexOf(mark); at >= 0 && at < length; at = bytes.indexOf(mark, at + 1)) {
    for (let next = at + 4; ; next += 1) {
      if (next >= length) return -1;
      const code = bytes[next];
      if (code === 10) return next + 1;
      if (code !== 32 && code !== 9 && code !== 13) break;
    }
  }
  return -1;
}

/**
 * Says whether the first `length` bytes begin like front matter: three dashes and the end of a line, after a
 * BOM.
 */
export function opensFront(bytes: Buffer, length: number): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (bytes[at] !== 45 || bytes[at + 1] !== 45 || bytes[at + 2] !== 45) return false;
  for (at += 3; bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 13;) at += 1;
  return at < length && bytes[at] === 10;
}

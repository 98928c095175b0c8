/**
 * Offsets of the front matter in a text: its lines run from `start` to `end`, and the body begins at `body`.
 */
export interface FrontSpan {
  readonly start: number;
  readonly end: number;
  readonly body: number;
  /** The line ending of the first line, assumed for the whole file. */
  readonly lineEnd: '\n' | '\r\n';
}

export type FrontFound = FrontSpan | 'none' | 'open';

/**
 * Finds the front matter between a first line `---` (optionally after a BOM) and the next such line. Returns
 * 'none' without the first line and 'open' without the second.
 */
export function findFront(text: string): FrontFound {
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const start = afterDashes(text, first);
  if (start < 0) return 'none';
  const lineEnd = text.charCodeAt(start - 2) === 13 ? '\r\n' : '\n';
  // Start at the preceding line end, to find empty front matter too.
  for (let at = text.indexOf('\n---', start - 1); at >= 0; at = text.indexOf('\n---', at + 1)) {
    const body = afterDashes(text, at + 1, true);
    if (body >= 0) return { start, end: at + 1, body, lineEnd };
  }
  return 'open';
}

/**
 * Returns the offset after the line of three dashes that begins at `at`, or -1 if there is no such line. With
 * `mayEnd`, the line may also end with the text.
 */
function afterDashes(text: string, at: number, mayEnd = false): number {
  if (!text.startsWith('---', at)) return -1;
  for (let next = at + 3; ; next += 1) {
    if (next >= text.length) return mayEnd ? text.length : -1;
    const code = text.charCodeAt(next);
    if (code === 10) return next + 1;
    if (code !== 32 && code !== 9 && code !== 13) return -1;
  }
}

const closingDashes = Buffer.from('\n---');

/**
 * Finds the closing line in the first `length` bytes without decoding them. Returns the offset in bytes after
 * that line, or -1.
 */
export function frontEndsAt(bytes: Buffer, length: number): number {
  for (
    let at = bytes.indexOf(closingDashes);
    at >= 0 && at < length;
    at = bytes.indexOf(closingDashes, at + 1)
  ) {
    for (let next = at + 4; ; next += 1) {
      if (next >= length) return -1;
      const code = bytes[next];
      if (code === 10) return next + 1;
      if (code !== 32 && code !== 9 && code !== 13) break;
    }
  }
  return -1;
}

/** Whether the first `length` bytes begin with a line of three dashes, optionally after a BOM. */
export function opensFront(bytes: Buffer, length: number): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (bytes[at] !== 45 || bytes[at + 1] !== 45 || bytes[at + 2] !== 45) return false;
  for (at += 3; bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 13;) at += 1;
  return at < length && bytes[at] === 10;
}

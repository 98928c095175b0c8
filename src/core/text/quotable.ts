/** In characters; a longer text is too long to say aloud. */
const longest = 120;
/** Marks at the end of an unfinished text. */
const unfinishedEnd = /[:,;–—-]$/;
const marksAtEnd = /[.!?…‽。！？][’')）]*$/;
/** Scripts that put no spaces between words. */
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;

/**
 * Prepares a short text for quoting in a sentence that is said aloud: joins its lines, ending each with a
 * punctuation mark, and turns inner double quotation marks into single ones. Changes nothing else, because
 * parts of a text could mean something different. Returns undefined if the text is long, a single word or
 * unfinished, or has unpaired quotation marks or brackets.
 */
export function quotable(text: string): string | undefined {
  const lines = text.split('\n').map(plainLine).filter(Boolean);
  // A line that starts in lower case may or may not continue the line before it.
  const mayContinue = (line: string, at: number): boolean =>
    at > 0 && startsLower(line) && !marksAtEnd.test(lines[at - 1] ?? '');
  if (lines.some(mayContinue)) return undefined;
  const joined = lines.map((line, at) => (at < lines.length - 1 ? withEndMark(line) : line)).join(' ');
  const inner = withEndMark(joined.replace(/["“„]([^"“”„]*)["”“]/g, '‘$1’'));
  const isWord = !joined.includes(' ') && !unspaced.test(joined);
  const isPaired = !/["“”„]/.test(inner) && inner.split('(').length === inner.split(')').length;
  if (isWord || !isPaired || [...inner].length > longest || unfinishedEnd.test(joined)) return undefined;
  return /[\p{C}]/u.test(inner) ? undefined : inner;
}

/** Removes a list marker and collapses spaces. */
function plainLine(line: string): string {
  return line
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[-*•–] /, '');
}

function startsLower(line: string): boolean {
  const first = /\p{L}/u.exec(line)?.[0] ?? '';
  return first !== first.toUpperCase();
}

/** Adds a full stop to a text that ends without a mark. */
function withEndMark(text: string): string {
  if (marksAtEnd.test(text) || unfinishedEnd.test(text)) return text;
  return `${text}${unspaced.test(text.slice(-1)) ? '。' : '.'}`;
}

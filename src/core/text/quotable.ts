/** Characters. A longer text is no start that anybody can say. */
const longest = 120;
/** A text that ends with one of these is not whole. */
const goesOn = /[:,;–—-]$/;
const marksAtEnd = /[.!?…‽。！？][’')）]*$/;
const withoutBlanks = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;

/**
 * Gives a short text in the form in which it can stand between double quotation marks in a sentence that is
 * said aloud: on one line, each line of it with a mark at its end. Nothing else changes, for a quote reads
 * right whoever speaks in it, and a part of it could mean something else. Undefined when it is long, a single
 * word, goes on behind its end, or has marks that are not in pairs.
 */
export function quotable(text: string): string | undefined {
  const lines = text.split('\n').map(plainLine).filter(Boolean);
  // A line that begins small may go on with the one before, or not.
  const mayGoOn = (line: string, at: number): boolean =>
    at > 0 && isSmall(line) && !marksAtEnd.test(lines[at - 1] ?? '');
  if (lines.some(mayGoOn)) return undefined;
  const whole = lines.map((line, at) => (at < lines.length - 1 ? ended(line) : line)).join(' ');
  const inner = ended(whole.replace(/["“„]([^"“”„]*)["”“]/g, '‘$1’'));
  const isWord = !whole.includes(' ') && !withoutBlanks.test(whole);
  const isPaired = !/["“”„]/.test(inner) && inner.split('(').length === inner.split(')').length;
  if (isWord || !isPaired || [...inner].length > longest || goesOn.test(whole)) return undefined;
  return /[\p{C}]/u.test(inner) ? undefined : inner;
}

/** Takes the mark of a list away, and makes each gap one blank. */
function plainLine(line: string): string {
  return line
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[-*•–] /, '');
}

function isSmall(line: string): boolean {
  const first = /\p{L}/u.exec(line)?.[0] ?? '';
  return first !== first.toUpperCase();
}

function ended(text: string): string {
  if (marksAtEnd.test(text) || goesOn.test(text)) return text;
  return `${text}${withoutBlanks.test(text.slice(-1)) ? '。' : '.'}`;
}

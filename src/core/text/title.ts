import { isAbbreviation } from './abbreviations.ts';

const longest = 60;
const fewestWords = 3;
// A title is short, so what stands further on can't be in it.
const farEnough = 1000;

// Compiling a pattern that knows all letters of Unicode takes milliseconds. Latin texts, the most frequent
// ones, need fewer.
const latinReadable =
  '[A-Za-z0-9\\xaa\\xb2\\xb3\\xb5\\xb9\\xba\\xbc-\\xbe\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u024f]';
const anyReadable = '[\\p{L}\\p{N}]';
const isLatin = /^[\0-\u024f\u2000-\u206f]*$/;

// Scripts without blanks between words: Thai and its neighbours, Kana, Han.
const withoutBlanks =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff]/g;
// A mark that a blank follows, or a wide one, which needs none but may stand before a closing quotation mark.
const endMarks = /[.!?…‽։؟۔।॥።។။]+(?=\s|$)|[。！？｡]+(?![。！？｡」』）】》〉”’"')])/gu;
const marksAtEnd = /[.!?…‽։؟۔।॥።។။。！？｡]+$/u;
const isEllipsis = /^(?:\.{2,}|[.…]*…[.…]*)$/u;
const unreadable = /[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu;

/**
 * Takes the first sentence of a text as a title of one line, cut at a word near 60 characters; undefined when
 * nothing readable is in it. A full stop behind an abbreviation, an initial or a short number ends no
 * sentence. A title has three words or more where the text has them. Control characters are left out.
 */
export function titleOf(text: string): string | undefined {
  const readable = new RegExp(isLatin.test(text) ? latinReadable : anyReadable, 'u');
  const lines = text.replace(unreadable, spaceFor).split('\n');
  let at = lines.findIndex(line => readable.test(line));
  if (at < 0) return undefined;
  let passage = cleanLine(lines[at]);
  let end = sentenceEnd(passage, readable);
  while (end === undefined && passage.length < farEnough) {
    const isShort = countWords(passage, readable) < fewestWords;
    const next = lines.findIndex((line, index) => index > at && (isShort ? readable.test(line) : true));
    const line = cleanLine(lines[next]);
    const goesOn = isLower(line) && next === at + 1 && !marksAtEnd.test(passage);
    if (next < 0 || !(isShort || goesOn)) break;
    passage = `${passage}${goesOn || /[\p{P}]$/u.test(passage) ? ' ' : ': '}${line}`.slice(0, farEnough);
    at = next;
    end = sentenceEnd(passage, readable);
  }
  return cutAtWord(end === undefined ? withoutMarks(passage) : passage.slice(0, end));
}

/** Keeps line ends and blank lines of a run of control characters. */
function spaceFor(gap: string): string {
  const [first, last] = [gap.indexOf('\n'), gap.lastIndexOf('\n')];
  if (first < 0) return ' ';
  return first === last ? '\n' : '\n\n';
}

/** Trims a line and makes each gap in it one blank. */
function cleanLine(line = ''): string {
  return line
    .slice(0, 4 * farEnough)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, farEnough);
}

/**
 * The offset of the mark that ends the first sentence of three words or more; undefined when the line has no
 * such mark.
 */
function sentenceEnd(line: string, readable: RegExp): number | undefined {
  for (const { 0: mark, index } of line.matchAll(endMarks)) {
    const before = line.slice(0, index);
    const after = line.slice(index + mark.length);
    if (endsSentence(before, mark, after) && countWords(before, readable) >= fewestWords) return index;
  }
  return undefined;
}

function endsSentence(before: string, mark: string, after: string): boolean {
  if (isEllipsis.test(mark)) return false;
  // Who writes everything small begins a sentence small, too.
  if (isLower(after) && !isLower(before)) return false;
  if (mark !== '.') return true;
  const word = lastWord(before);
  return !/^\d{1,2}$/.test(word) && !isAbbreviation(word, after.trimStart());
}

/** The word at the end of a text, without a bracket or a quotation mark before it. */
function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1).replace(/^[("'“„«‘‚[*_]+/u, '');
}

/** Says whether the first letter of a text is a small one. Marks may stand before it, but no digit. */
function isLower(text: string): boolean {
  const letter = /^[\s("'“„«‘‚[*_¿¡…]*(.)/u.exec(text)?.[1] ?? '';
  return letter !== letter.toUpperCase();
}

function countWords(text: string, readable: RegExp): number {
  const spaced = text.split(' ').filter(word => readable.test(word)).length;
  return Math.max(spaced, text.match(withoutBlanks)?.length ?? 0);
}

/** Takes the marks at the end away, but leaves the full stop of an abbreviation. */
function withoutMarks(passage: string): string {
  const bare = passage.replace(marksAtEnd, '');
  return passage === `${bare}.` && isAbbreviation(lastWord(bare), '') ? passage : bare;
}

function cutAtWord(sentence: string): string {
  const clean = sentence.trim();
  const characters = [...clean];
  if (characters.length <= longest) return clean;
  const head = characters.slice(0, longest).join('');
  const space = head.lastIndexOf(' ');
  const cut = space > longest / 2 ? head.slice(0, space) : head;
  return `${cut.replace(/[\s,;:–-]+$/u, '') || cut} …`;
}

import { isAbbreviation } from './abbreviations.ts';

/** Characters of a title. */
const longest = 60;
const fewestWords = 3;
/** Characters of a text that are examined; a title is far shorter. */
const mostExamined = 1000;

// Compiling a pattern for all Unicode letters takes milliseconds, so Latin texts use a smaller one.
const latinReadable =
  '[A-Za-z0-9\\xaa\\xb2\\xb3\\xb5\\xb9\\xba\\xbc-\\xbe\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u024f]';
const anyReadable = '[\\p{L}\\p{N}]';
const isLatin = /^[\0-\u024f\u2000-\u206f]*$/;

// Scripts that put no spaces between words: Thai and its neighbours, Kana, Han.
const unspaced =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff]/g;
// A mark before a space; or a full-width mark, which needs no space, unless a closing quotation mark follows.
const endMarks = /[.!?…‽։؟۔।॥።។။]+(?=\s|$)|[。！？｡]+(?![。！？｡」』）】》〉”’"')])/gu;
const marksAtEnd = /[.!?…‽։؟۔।॥።។။。！？｡]+$/u;
const isEllipsis = /^(?:\.{2,}|[.…]*…[.…]*)$/u;
const unreadable = /[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu;

/**
 * Makes a one-line title from the first sentence of a text, cut between words at about 60 characters. A full
 * stop after an abbreviation, an initial or a short number does not end the sentence. The title has at least
 * three words if the text does, and no control characters. Returns undefined if the text has no letters or
 * digits.
 */
export function titleOf(text: string): string | undefined {
  const readable = new RegExp(isLatin.test(text) ? latinReadable : anyReadable, 'u');
  const lines = text.replace(unreadable, spaceFor).split('\n');
  let at = lines.findIndex(line => readable.test(line));
  if (at < 0) return undefined;
  let passage = cleanLine(lines[at]);
  let end = sentenceEnd(passage, readable);
  while (end === undefined && passage.length < mostExamined) {
    const isShort = countWords(passage, readable) < fewestWords;
    const next = lines.findIndex((line, index) => index > at && (isShort ? readable.test(line) : true));
    const line = cleanLine(lines[next]);
    const continues = isLower(line) && next === at + 1 && !marksAtEnd.test(passage);
    if (next < 0 || !(isShort || continues)) break;
    passage = `${passage}${continues || /[\p{P}]$/u.test(passage) ? ' ' : ': '}${line}`.slice(
      0,
      mostExamined,
    );
    at = next;
    end = sentenceEnd(passage, readable);
  }
  return cutAtWord(end === undefined ? withoutMarks(passage) : passage.slice(0, end));
}

/** Returns the replacement for a run of control characters, which keeps a line end or a blank line. */
function spaceFor(gap: string): string {
  const [first, last] = [gap.indexOf('\n'), gap.lastIndexOf('\n')];
  if (first < 0) return ' ';
  return first === last ? '\n' : '\n\n';
}

/** Trims a line and collapses its spaces. */
function cleanLine(line = ''): string {
  return line
    .slice(0, 4 * mostExamined)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, mostExamined);
}

/** Returns the offset of the mark that ends the first sentence of at least three words, if there is one. */
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
  // A sentence may start in lower case if the text before it does, too.
  if (isLower(after) && !isLower(before)) return false;
  if (mark !== '.') return true;
  const word = lastWord(before);
  return !/^\d{1,2}$/.test(word) && !isAbbreviation(word, after.trimStart());
}

/** Returns the last word of a text, without an opening bracket or quotation mark. */
function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1).replace(/^[("'“„«‘‚[*_]+/u, '');
}

/** Whether a text starts with a lower-case letter, after any brackets, quotes and other marks. */
function isLower(text: string): boolean {
  const letter = /^[\s("'“„«‘‚[*_¿¡…]*(.)/u.exec(text)?.[1] ?? '';
  return letter !== letter.toUpperCase();
}

function countWords(text: string, readable: RegExp): number {
  const spaced = text.split(' ').filter(word => readable.test(word)).length;
  return Math.max(spaced, text.match(unspaced)?.length ?? 0);
}

/** Removes the marks at the end, except the full stop of an abbreviation. */
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

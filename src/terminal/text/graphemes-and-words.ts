// Created lazily: expensive, and needed only for text beyond plain ASCII, and for words.
let graphemes: Intl.Segmenter | undefined;
let words: Intl.Segmenter | undefined;

/**
 * In UTF-16 units. Text is segmented in pieces: on Node 20 a segmenter's time grows with the square of the
 * length, to seconds for a long paragraph.
 */
const piece = 256;
// Pieces end where a word surely ends: after a space, the end of a Chinese or Japanese clause, or a sign that
// never joins words, unless a combining mark follows. A long text without such a place is cut anywhere.
const wordPieces = new RegExp(
  `[^]{${piece}}[^]{0,3840}?[\\s。、，！？{}()<>|=+/!?#$%&@^~[\\]](?![\\s\\p{M}\\p{Cf}])|[^]{1,4096}`,
  'gu',
);

/** Returns the indexes at which graphemes begin, in UTF-16 units. */
export function graphemeStarts(text: string): readonly number[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const starts: number[] = [];
  let from = 0;
  let size = piece;
  while (from < text.length) {
    const to = codePointEnd(text, from + size);
    const found = Array.from(graphemes.segment(text.slice(from, to)), ({ index }) => from + index);
    const last = found.at(-1) ?? from;
    if (to === text.length) return [...starts, ...found];
    // The last grapheme may continue past the piece, so the next piece starts with it: from the start of a
    // grapheme, the text segments as it does within the whole.
    if (last === from) size *= 2;
    else {
      starts.push(...found.slice(0, -1));
      from = last;
      size = piece;
    }
  }
  return starts;
}

/** Returns the start and end of each word, in UTF-16 units. */
export function wordsOf(text: string): { readonly from: number; readonly to: number }[] {
  const segmenter = (words ??= new Intl.Segmenter(undefined, { granularity: 'word' }));
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const { 0: part, index } of text.matchAll(wordPieces)) {
    // Store only indexes: each object from a segmenter keeps the whole piece in memory.
    for (const { index: from, segment, isWordLike } of segmenter.segment(part))
      if (isWordLike) found.push({ from: index + from, to: index + from + segment.length });
  }
  return found;
}

/** Returns `at`, or the index after it if `at` is within a surrogate pair; at most the text's length. */
function codePointEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return Math.min(text.length, unit >= 0xd800 && unit < 0xdc00 ? at + 1 : at);
}

// Dear to make, and needed only for what is not plain ASCII, and for words.
let graphemes: Intl.Segmenter | undefined;
let words: Intl.Segmenter | undefined;

/**
 * In UTF-16 units. A text is looked at in pieces: on Node 20 a segmenter takes the square of the length,
 * seconds for a long paragraph.
 */
const piece = 256;
// Behind a space, what ends a clause in Chinese and Japanese, and signs that join no word there is always an
// edge, but before marks. Where there is none for long, anywhere.
const wordPieces = new RegExp(
  `[^]{${piece}}[^]{0,3840}?[\\s。、，！？{}()<>|=+/!?#$%&@^~[\\]](?![\\s\\p{M}\\p{Cf}])|[^]{1,4096}`,
  'gu',
);

/** Where graphemes begin in a text, in UTF-16 units. */
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
    // The last one may go on behind the piece; a text that begins where a grapheme does is cut as it would be
    // within the whole.
    if (last === from) size *= 2;
    else {
      starts.push(...found.slice(0, -1));
      from = last;
      size = piece;
    }
  }
  return starts;
}

/** Where words begin and end in a text, in UTF-16 units. */
export function wordsOf(text: string): { readonly from: number; readonly to: number }[] {
  const segmenter = (words ??= new Intl.Segmenter(undefined, { granularity: 'word' }));
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const { 0: part, index } of text.matchAll(wordPieces)) {
    // What a segmenter gives holds the whole piece, each of it.
    for (const { index: from, segment, isWordLike } of segmenter.segment(part))
      if (isWordLike) found.push({ from: index + from, to: index + from + segment.length });
  }
  return found;
}

/** This place in a text, or the one behind the character that it stands in; at most its end. */
function codePointEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return Math.min(text.length, unit >= 0xd800 && unit < 0xdc00 ? at + 1 : at);
}

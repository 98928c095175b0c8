/**
 * Larger pages are shown unrendered; a long note has a tenth of it. In UTF-16 units, like all lengths here.
 */
const maxPageLength = 128 * 1024;
/**
 * A run of plain ASCII without a space: from each of its letters, marked searches for an address up to its
 * end.
 */
const longWord = /[!-~]{2000}/;
/**
 * The limit for signs that the parser pairs, squared for each paragraph and list item, and added up: for each
 * sign `marked` searches for its counterpart up to the end of that paragraph.
 */
const maxPairs = 8_000_000;
const marks = /[*_~`<[\]@\\]/g;
const paragraphEnd = /\n[ \t]*(?:\n|(?=[-*+][ \t]+\S))/;
/** The limit for table cells on one page: each is measured and laid out separately. */
const maxCells = 5000;
/** Nested quotes or lists on one line, 32 levels deep, unless the line is a rule (`- - -`). */
const deepLine =
  /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){32}/m;
/** The indent of a deeply nested list over many lines. */
const deepIndent = /^ {80}[ ]*(?:[-*+]|\d{1,9}[.)])[ \t]/m;

/**
 * Returns true if a Markdown text can be rendered in well under a second. The renderer's time grows with the
 * square of some shapes of text that nobody writes by hand; for an ordinary page it grows with the length.
 * The decision depends only on the text, never on a clock.
 */
export function isRenderable(text: string): boolean {
  if (text.length > maxPageLength || longWord.test(text) || deepLine.test(text) || deepIndent.test(text))
    return false;
  if (countOf(text, /\|/g) > maxCells) return false;
  return (
    text.split(paragraphEnd).reduce((sum, paragraph) => sum + countOf(paragraph, marks) ** 2, 0) <= maxPairs
  );
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

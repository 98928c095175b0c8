/** Larger pages are shown as they are; a long note is a tenth of it. In UTF-16 units, as all lengths here. */
const longestPage = 128 * 1024;
/** A run of plain ASCII without a space: marked looks for an address from each letter of it to its end. */
const longWord = /[!-~]{2000}/;
/**
 * Signs that marked pairs, squared for each paragraph and each item of a list, and added up: it looks for the
 * other half of each up to the end of that paragraph.
 */
const mostPairs = 8_000_000;
const marks = /[*_~`<[\]@\\]/g;
const paragraphEnd = /\n[ \t]*(?:\n|(?=[-*+][ \t]+\S))/;
/** Cells of tables on one page: each is measured and laid out by itself. */
const mostCells = 5000;
/** Quotes within quotes, and lists within lists, on one line that is more than a rule (`- - -`). */
const deepLine =
  /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){32}/m;
/** A list within lists over many lines stands that far in. */
const deepIndent = /^ {80}[ ]*(?:[-*+]|\d{1,9}[.)])[ \t]/m;

/**
 * Whether a text of Markdown can be rendered in well under a second. The renderer's time grows with the
 * square of some shapes of text which nobody writes by hand; what it takes for an ordinary page grows with
 * its length. Only the text decides, never a clock.
 */
export function isRenderable(text: string): boolean {
  if (text.length > longestPage || longWord.test(text) || deepLine.test(text) || deepIndent.test(text))
    return false;
  if (countOf(text, /\|/g) > mostCells) return false;
  return (
    text.split(paragraphEnd).reduce((sum, paragraph) => sum + countOf(paragraph, marks) ** 2, 0) <= mostPairs
  );
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

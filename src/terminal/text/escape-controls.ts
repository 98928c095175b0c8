/**
 * Characters with which a note could control the terminal that shows it: move the cursor, set a title, reach
 * the clipboard, reorder letters. Joiners and direction marks (ZWJ, ZWNJ, LRM, RLM, ALM) stay, since scripts
 * and emoji need them.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** The escape codes that `styles.ts` writes, and no others. */
const ownCodes = /(\u001b\[(?:1|2|22|36|39)m)/;

/**
 * Makes foreign text safe to print: shows control and direction characters as `\u{1b}`; keeps newline and
 * tab; replaces a lone surrogate with U+FFFD.
 */
export function escapeControls(text: string): string {
  return text.toWellFormed().replace(unsafe, character => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** Like `escapeControls`, for text that already has our own styles: their codes stay. */
export function escapeControlsKeepingStyles(text: string): string {
  // split() with a capture group returns the codes at odd indexes.
  return text
    .split(ownCodes)
    .map((part, index) => (index % 2 === 1 ? part : escapeControls(part)))
    .join('');
}

/**
 * What a note must never do to the terminal that shows it: move the cursor, set a title, reach the clipboard,
 * turn letters around. Joiners and direction marks (ZWJ, ZWNJ, LRM, RLM, ALM) stay, since scripts and emoji
 * need them.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** The codes that `styles.ts` writes, and no others. */
const ownCodes = /(\u001b\[(?:1|2|22|36|39)m)/;

/**
 * Makes foreign text harmless: control and direction characters show as `\u{1b}`; newline and tab stay; a
 * lone surrogate becomes U+FFFD.
 */
export function escapeControls(text: string): string {
  return text.toWellFormed().replace(unsafe, character => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** The same for text that carries our own styles already: their codes stay, everything else is made safe. */
export function escapeControlsKeepingStyles(text: string): string {
  // split() with a group puts the codes at the odd places.
  return text
    .split(ownCodes)
    .map((part, index) => (index % 2 === 1 ? part : escapeControls(part)))
    .join('');
}

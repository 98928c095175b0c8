// Characters that reverse text, and characters that HTML forbids: shown as escapes. Joiners and direction
// marks that scripts and emoji need are not among them.
const hiddenCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Escapes untrusted text for HTML, for use in an element or in a quoted attribute. Hidden characters become
 * visible as `\u{202e}`.
 */
export function htmlText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .toWellFormed()
    .replace(hiddenCharacters, character => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"'`]/g, character => entities[character] ?? character);
}

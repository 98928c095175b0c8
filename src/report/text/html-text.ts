// What turns letters around, and what no page may hold: shown as it is called. Joiners and direction marks
// that scripts and emoji need stay.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Makes a text of anybody's a text and nothing else within HTML, in an element or in a quoted attribute;
 * hidden characters show as `\u{202e}`.
 */
export function htmlText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .toWellFormed()
    .replace(unseen, one => `\\u{${one.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"'`]/g, sign => signs[sign] ?? sign);
}

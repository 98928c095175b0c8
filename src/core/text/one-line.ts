// The line ends of Unicode, and the separators at which Python splits lines.
const lineEnd = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const lineEnds = new RegExp(`${lineEnd.source}+`, 'g');

/**
 * Replaces line ends with a space, so that text from a file cannot look like a line of the program's output.
 */
export function oneLine(text: string): string {
  return lineEnd.test(text) ? text.replace(lineEnds, ' ').trim() : text;
}

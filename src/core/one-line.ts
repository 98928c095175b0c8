// The line ends of Unicode, and the separators at which Python splits lines.
const lineEnds = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+/g;

/** Replaces line ends with a space, so that text from a file cannot pass for a line of the program's own. */
export function oneLine(text: string): string {
  return text.search(lineEnds) < 0 ? text : text.replace(lineEnds, ' ').trim();
}

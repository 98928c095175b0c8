// Everything that some program takes for the end of a line: those of Unicode, and the separators that Python splits at.
const lineEnds = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+/g;

/** Puts a space in the place of line ends. Text from files that others can write never begins a line of its own in what is shown. */
export function oneLine(text: string): string {
  return text.search(lineEnds) < 0 ? text : text.replace(lineEnds, ' ').trim();
}

/**
 * Removes all line ends from the end of a text. Uses a loop, because a regular expression would start again
 * at every line end of a long run anywhere in the text.
 */
export function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** Removes all line ends from both ends of a text. */
export function withoutOuterLineEnds(text: string): string {
  return withoutLastLineEnds(text).replace(/^\n+/, '');
}

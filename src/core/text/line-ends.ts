/**
 * Takes all line ends off the end of a text. A pattern would begin anew at each of a long run of them,
 * wherever the run stands.
 */
export function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** Takes all line ends off both ends of a text. */
export function withoutOuterLineEnds(text: string): string {
  return withoutLastLineEnds(text).replace(/^\n+/, '');
}

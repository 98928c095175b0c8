import stringWidth from 'fast-string-width';

/** Returns the columns that a text takes on a terminal; colour codes take none, a wide character two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Pads a text with spaces to `columns`; a longer text stays unchanged. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Cuts an unstyled text to at most `columns`, with an ellipsis if it was cut. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += widthOf(segment);
    if (used > columns) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

import stringWidth from 'fast-string-width';

/** The columns that a text takes on a terminal; colour codes take none, a wide character two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Fills up with spaces to so many columns; longer text stays. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Cuts an unstyled text to so many columns, with an ellipsis when something went. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += widthOf(segment);
    if (used > columns) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

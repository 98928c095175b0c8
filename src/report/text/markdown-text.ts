/**
 * Makes a text of the person's one line of Markdown that reads as it was written: marks that Markdown would
 * take are escaped.
 */
export function markdownLine(text: string): string {
  return atLineStart(markdownInline(text).trim());
}

/** Escapes what would open a block (a heading, a list, a quote) at the beginning of a line or an item. */
export function atLineStart(line: string): string {
  return line
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|[-=]+$)/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** The same for a part of a line: the spaces at its ends stay. */
export function markdownInline(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  // All letters of Unicode are dear to ask for; most texts have none of these marks.
  if (!/[\\`*[\]<~&_]/.test(line)) return line;
  return line.replace(/[\\`*[\]<~]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, mark => `\\${mark}`);
}

/** Quotes a text of the person's as Markdown, each line behind `indent` and `> `. */
export function markdownQuote(text: string, indent: string): string {
  return text
    .trim()
    .split(/[\n\u2028\u2029]/)
    .map(line => `${indent}> ${line}`.trimEnd())
    .join('\n');
}

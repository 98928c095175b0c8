/** Returns a text as one line of Markdown, escaped so that it renders exactly as the person wrote it. */
export function markdownLine(text: string): string {
  return atLineStart(markdownInline(text).trim());
}

/** Escapes markup that would open a block (heading, list, quote) at the beginning of a line or list item. */
export function atLineStart(line: string): string {
  return line
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|[-=]+$)/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** Escapes inline markup in a part of a line. Collapses white space, but does not trim it. */
export function markdownInline(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  // Unicode letter classes are slow to match, and most texts contain none of these marks.
  if (!/[\\`*[\]<~&_]/.test(line)) return line;
  return line.replace(/[\\`*[\]<~]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, mark => `\\${mark}`);
}

/** Returns a text as a Markdown quote: each line follows `indent` and `> `. */
export function markdownQuote(text: string, indent: string): string {
  return text
    .trim()
    .split(/[\n\u2028\u2029]/)
    .map(line => `${indent}> ${line}`.trimEnd())
    .join('\n');
}

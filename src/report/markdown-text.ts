/** Makes a text of the person's one line of Markdown that reads as it was written: marks that Markdown would take are escaped. */
export function markdownLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[\\`*[\]<~]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, (mark) => `\\${mark}`);
}

/** Quotes a text of the person's as Markdown, each line behind `indent` and `> `. */
export function markdownQuote(text: string, indent: string): string {
  return text.trim().split('\n').map((line) => `${indent}> ${line}`.trimEnd()).join('\n');
}

const front = /^\uFEFF?---[ \t\r]*\n(?:[\s\S]*?\n)?---[ \t\r]*(?:\n|$)/;

/** Returns the raw front matter of a note's text, with its `---` lines; empty if there is none. */
export function frontOf(text: string): string {
  return front.exec(text)?.[0] ?? '';
}

/**
 * Returns the text after the front matter, with line ends as `\n`. Without front matter, that is all of it.
 */
export function bodyOf(text: string): string {
  return text
    .replace(front, '')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
}

/** Returns the text before the first section (`## …`), without the title; empty if there is none. */
export function leadOf(text: string): string {
  const body = bodyOf(text);
  const at = /^#{2,3} /m.exec(body)?.index ?? body.length;
  return withoutTitle(body.slice(0, at)).trim();
}

/** Removes the title: a `# …` heading at the very start. */
export function withoutTitle(body: string): string {
  return body.replace(/^\s*# [^\n]*(?:\n|$)/, '');
}

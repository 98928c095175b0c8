const front = /^\uFEFF?---[ \t\r]*\n(?:[\s\S]*?\n)?---[ \t\r]*(?:\n|$)/;

/** Gives the front matter as it stands in the text; empty where there is none. */
export function frontOf(text: string): string {
  return front.exec(text)?.[0] ?? '';
}

/** Gives what stands behind the front matter, line ends as \n. A text without front matter is all body. */
export function bodyOf(text: string): string {
  return text
    .replace(front, '')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
}

/**
 * Gives what stands before the first section (`## …`), without the heading of the whole; empty when there is
 * nothing.
 */
export function leadOf(text: string): string {
  const body = bodyOf(text);
  const at = /^#{2,3} /m.exec(body)?.index ?? body.length;
  return withoutTitle(body.slice(0, at)).trim();
}

/** Takes the first `# …` away when nothing stands before it: it is the title. */
export function withoutTitle(body: string): string {
  return body.replace(/^\s*# [^\n]*(?:\n|$)/, '');
}

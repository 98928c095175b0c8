import type { Marked } from '../../core/search/search.ts';
import type { Style } from '../../world/world.ts';
import { atLineStart, markdownInline } from './markdown-text.ts';

/** Returns a text without a match. */
export function unmarked(text: string): Marked {
  return [{ text, isMatch: false }];
}

/** Returns the plain text, without highlighting. */
export function textOf(pieces: Marked): string {
  return pieces.map(({ text }) => text).join('');
}

/** Returns the text with matches in square brackets, which work without colour and can be read aloud. */
export function markPlain(pieces: Marked): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');
}

/** Returns the text with matches in square brackets, and bold if the terminal supports it. */
export function markStyled(pieces: Marked, style: Style): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? style.strong(`[${text}]`) : text)).join('');
}

/**
 * Returns the text as Markdown, with bold matches. Escapes everything else, including markup that would open
 * a block at the beginning of a list item.
 */
export function markMarkdown(pieces: Marked): string {
  return atLineStart(
    pieces
      .map(({ text, isMatch }) => (isMatch ? `**${markdownInline(text)}**` : markdownInline(text)))
      .join('')
      .trim(),
  );
}

/** The number of characters to show on each side of a match in a long line. */
const contextLength = 90;

/** Shortens a long line to the surroundings of its matches, and marks each cut with `…`. */
export function shortened(pieces: Marked): Marked {
  return pieces.map((piece, at) => {
    const { text, isMatch } = piece;
    const [isFirst, isLast] = [at === 0, at === pieces.length - 1];
    const room = (isFirst || isLast ? 1 : 2) * contextLength;
    if (isMatch || text.length <= room + 20) return piece;
    const head = isFirst ? '' : text.slice(0, cutIndex(text, contextLength));
    const tail = isLast ? '' : text.slice(cutIndex(text, text.length - contextLength));
    return {
      text: `${head.trimEnd()}${isFirst ? '' : ' '}…${isLast ? '' : ' '}${tail.trimStart()}`,
      isMatch,
    };
  });
}

/**
 * Returns the index of the nearest word start at or before `near`. Without spaces within 20 characters,
 * returns the nearest index that does not split a character or an emoji.
 */
function cutIndex(text: string, near: number): number {
  for (let at = near; at > Math.max(0, near - 20); at--) if (/\s/.test(text[at - 1] ?? '')) return at;
  let at = near;
  while ((at > 0 && /^[\p{M}\p{EMod}\u200d\udc00-\udfff]/u.test(text.slice(at))) || text[at - 1] === '\u200d')
    at--;
  return at;
}

import type { Marked } from '../../core/search/search.ts';
import type { Style } from '../../world/world.ts';
import { atLineStart, markdownInline } from './markdown-text.ts';

/** Gives a text that has no match in it. */
export function unmarked(text: string): Marked {
  return [{ text, isMatch: false }];
}

/** Gives the text alone. */
export function textOf(pieces: Marked): string {
  return pieces.map(({ text }) => text).join('');
}

/** Writes a match between square brackets: that can be read aloud, and needs neither colour nor weight. */
export function markPlain(pieces: Marked): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');
}

/** The same, and strong where the terminal can show that. */
export function markStyled(pieces: Marked, style: Style): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? style.strong(`[${text}]`) : text)).join('');
}

/**
 * Writes a match as strong in Markdown, everything else escaped, also what would open a block at the
 * beginning of an item.
 */
export function markMarkdown(pieces: Marked): string {
  return atLineStart(
    pieces
      .map(({ text, isMatch }) => (isMatch ? `**${markdownInline(text)}**` : markdownInline(text)))
      .join('')
      .trim(),
  );
}

/** How many characters stay on each side of a match when its line is long. */
const around = 90;

/** Shortens a long line to what stands around its matches; `…` stands for what went. */
export function shortened(pieces: Marked): Marked {
  return pieces.map((piece, at) => {
    const { text, isMatch } = piece;
    const [isFirst, isLast] = [at === 0, at === pieces.length - 1];
    const room = (isFirst || isLast ? 1 : 2) * around;
    if (isMatch || text.length <= room + 20) return piece;
    const head = isFirst ? '' : text.slice(0, placeToCut(text, around));
    const tail = isLast ? '' : text.slice(placeToCut(text, text.length - around));
    return {
      text: `${head.trimEnd()}${isFirst ? '' : ' '}…${isLast ? '' : ' '}${tail.trimStart()}`,
      isMatch,
    };
  });
}

/** The nearest place before which a space stands; where there are no spaces, one that takes no sign apart. */
function placeToCut(text: string, near: number): number {
  for (let at = near; at > Math.max(0, near - 20); at--) if (/\s/.test(text[at - 1] ?? '')) return at;
  let at = near;
  while ((at > 0 && /^[\p{M}\p{EMod}\u200d\udc00-\udfff]/u.test(text.slice(at))) || text[at - 1] === '\u200d')
    at--;
  return at;
}

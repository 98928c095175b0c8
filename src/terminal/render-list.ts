import type { Tokens } from 'marked';

/** Renders blocks and inline text; what marked calls its parser. */
interface Inner {
  readonly block: (token: Tokens.Generic) => string;
  readonly inline: (tokens: readonly Tokens.Generic[]) => string;
}

/**
 * Lays out a list as it was typed: each item behind its own mark (`7.`, `2019.`, `b)` is none), what belongs
 * to it as far in as its first word, and blank lines where the text has them.
 */
export function renderList(list: Tokens.List, inner: Inner): string {
  let at = 0;
  let text = '';
  for (const item of list.items) {
    const found = list.raw.indexOf(item.raw, at);
    const gap = found < 0 ? '\n' : list.raw.slice(at, found);
    if (text !== '') text += /\n[ \t]*\n/.test(gap) ? '\n\n' : '\n';
    text += renderItem(item, inner);
    at = found < 0 ? at : found + item.raw.trimEnd().length;
  }
  return text;
}

function renderItem(item: Tokens.ListItem, { block, inline }: Inner): string {
  const mark = `${/^\s*(\d{1,9}[.)]|[-+*])/.exec(item.raw)?.[1] ?? '-'} `;
  let text = '';
  let blank = false;
  for (const token of item.tokens as readonly Tokens.Generic[]) {
    if (token.type === 'space') {
      blank = true;
      continue;
    }
    // A box stands on the line of its text.
    const isBox = token.type === 'checkbox';
    const isText = token.type === 'text' || token.type === 'paragraph';
    const part =
      isText && token.tokens !== undefined ? inline(token.tokens) : block(token).replace(/^\n+|\n+$/g, '');
    if (text !== '' && !text.endsWith('] ')) text += blank ? '\n\n' : '\n';
    text += isBox ? token.raw : part;
    blank = false;
  }
  const further = ' '.repeat(mark.length);
  return mark + text.replace(/\n(?=[^\n])/g, `\n${further}`);
}

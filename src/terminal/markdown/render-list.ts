/** A token of a text, as marked parses it. */
interface Part {
  readonly type: string;
  readonly raw: string;
}

interface ItemPart<T> {
  readonly raw: string;
  readonly tokens: readonly T[];
}

interface ListPart<T> {
  readonly raw: string;
  readonly items: readonly ItemPart<T>[];
}

/** Renders one token of an item: a line of text, or any other block. */
type Render<T> = (part: T) => string;

/**
 * Lays out a list as it was typed: each item after its own mark (`7.`, `2019.`, `+`), its further lines
 * indented to its first word, and blank lines where the text has them.
 */
export function renderList<T extends Part>(list: ListPart<T>, render: Render<T>): string {
  let at = 0;
  let text = '';
  for (const item of list.items) {
    const found = list.raw.indexOf(item.raw, at);
    const gap = found < 0 ? '\n' : list.raw.slice(at, found);
    if (text !== '') text += /\n[ \t]*\n/.test(gap) ? '\n\n' : '\n';
    text += renderItem(item, render);
    at = found < 0 ? at : found + item.raw.trimEnd().length;
  }
  return text;
}

function renderItem<T extends Part>({ raw, tokens }: ItemPart<T>, render: Render<T>): string {
  const mark = `${/^\s*(\d{1,9}[.)]|[-+*])/.exec(raw)?.[1] ?? '-'} `;
  let text = '';
  let gap = '';
  for (const token of tokens) {
    if (token.type === 'space') {
      gap = '\n\n';
    } else if (token.type === 'checkbox') {
      text += token.raw;
    } else {
      text += gap + render(token).replace(/^\n+|\n+$/g, '');
      gap = '\n';
    }
  }
  return mark + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`);
}

// The only module that imports marked and marked-terminal. It renders lists and wraps lines itself:
// marked-terminal 7 leaves `**` in list items (its issues 304, 371), prints task boxes twice with marked 18,
// and never wraps list items or Chinese text.
import { Marked, type MarkedExtension } from 'marked';
import { markedTerminal } from 'marked-terminal';
import { withoutOuterLineEnds } from '../../core/text/line-ends.ts';
import type { Style } from '../../world/world.ts';
import { renderList } from './render-list.ts';
import { isRenderable } from './renderable.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface RenderOptions {
  /** Columns. */
  readonly width: number;
  readonly style: Style;
  /**
   * Called if rendering would take too long, or the text is nested too deeply: the text is then returned as
   * it is written.
   */
  readonly onPlain?: () => void;
}

// Tables have columns with room between them, and no boxes.
const lines =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid';
const noLines: Readonly<Record<string, string>> = {
  ...Object.fromEntries(lines.split(' ').map(name => [name, ''])),
  middle: '   ',
};

/** The indent of a rendered page. */
const margin = '  ';

function unchanged(part: string): string {
  return part;
}

function between(mark: string, text: string): string {
  return `${mark}${text}${mark}`;
}

/**
 * Renders Markdown for a terminal: plain style, wrapped to the width, with foreign control characters made
 * visible. The result ends with a line end.
 */
export function renderMarkdown(text: string, { width, style, onPlain }: RenderOptions): string {
  const marked = new Marked(terminalLayout(width, style), {
    renderer: renderer(style),
    // Markdown hides a line like `[her]: she was late`, a link's definition, although the person typed it.
    tokenizer: { def: () => undefined },
    // marked 18 already puts the box into the text; marked-terminal would print it a second time.
    walkTokens(token) {
      if (token.type === 'list_item') token['task'] = false;
    },
  });
  const safeText = escapeControls(text.replaceAll('\r\n', '\n'));
  const wrapped = wrapHanging(
    withoutOuterLineEnds(parseOrPlain(marked, safeText, onPlain)),
    width - 1,
    margin,
  );
  return `${wrapped.join('\n')}\n`;
}

function terminalLayout(width: number, style: Style): MarkedExtension {
  return markedTerminal({
    // Keep `:heart:` in a person's words as it is.
    emoji: false,
    // Keep `&lt;` too.
    unescape: false,
    showSectionPrefix: false,
    tab: 2,
    width,
    tableOptions: {
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      chars: noLines,
    },
    code: unchanged,
    blockquote: unchanged,
    html: unchanged,
    heading: style.strong,
    firstHeading: style.strong,
    hr: () => style.faint('·  ·  ·'),
    listitem: unchanged,
    table: unchanged,
    paragraph: unchanged,
    strong: style.strong,
    em: unchanged,
    codespan: style.accent,
    del: unchanged,
    link: unchanged,
    href: unchanged,
  });
}

/** Renders the tokens that marked-terminal 7 gets wrong or hides. */
function renderer(style: Style): NonNullable<MarkedExtension['renderer']> {
  let depth = 0;
  return {
    // Since marked 13, marked-terminal 7 ignores the tokens inside a list item's text; without this `**`
    // stays.
    text(token) {
      return 'tokens' in token && token.tokens && token.tokens.length > 0
        ? this.parser.parseInline(token.tokens)
        : false;
    },
    // marked-terminal numbers items from 1, and also numbers bullets within them.
    list(token) {
      depth += 1;
      const laidOut = renderList(token, part => {
        const isLine = part.type === 'text' || part.type === 'paragraph';
        return isLine && part.tokens !== undefined
          ? this.parser.parseInline(part.tokens)
          : this.parser.parse([part]);
      });
      depth -= 1;
      return `${depth === 0 ? laidOut.replace(/(^|\n)(?=[^\n])/g, `$1${margin}`) : laidOut}\n\n`;
    },
    checkbox({ raw }) {
      return raw;
    },
    codespan(token) {
      return style.accent(token.text);
    },
    // Not every terminal supports these styles, so the marks stay as they were typed.
    del({ raw, tokens }) {
      return between(/^~*/.exec(raw)?.[0] ?? '~~', this.parser.parseInline(tokens));
    },
    em({ raw, tokens }) {
      return between(raw.slice(0, 1), this.parser.parseInline(tokens));
    },
    // No OSC 8 links: the address is shown, so that words hide nothing.
    link(token) {
      const words = this.parser.parseInline(token.tokens);
      return words === token.href ? words : `${words} (${token.href})`;
    },
  };
}

/**
 * Returns the rendered text, or the text as it is if it can't be rendered in time or is nested too deeply for
 * the parser's stack.
 */
function parseOrPlain(marked: Marked, text: string, onPlain?: () => void): string {
  try {
    if (isRenderable(text)) return marked.parse(text, { async: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  onPlain?.();
  return text;
}

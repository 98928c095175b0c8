import type { Output, Style, Messages } from '../../world/world.ts';
import { namedRows } from './named-rows.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import type { Sink } from './sink.ts';
import { wrapFurtherIn, wrapHanging } from '../text/wrap.ts';

export interface StreamOptions {
  readonly stream: Sink;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 is assumed if undefined or 0. */
  readonly columns: number | undefined;
  readonly style: Style;
  /** Called once when the reader has closed the pipe (EPIPE): exit quietly. */
  readonly onBroken: () => void;
  /** Called once when writing failed otherwise (a full disk): report it, and exit 1. */
  readonly onFailed: (cause: Error) => void;
}

/** An output whose pending writes can be awaited. */
export interface Flushed {
  /** Resolves when all writes have left the process or can no longer succeed. Never rejects. */
  readonly done: () => Promise<void>;
}

/**
 * Opens standard output, for results. Escapes control characters in all text; only `raw` reaches a pipe byte
 * for byte.
 */
export function openOutput(options: StreamOptions): Output & Flushed {
  const { isTerminal, style } = options;
  const width = widthOr80(options.columns);
  const { write, done } = openWriter(options);
  const clean = cleaning(style);
  // Keep CRLF in a pipe: a program that reads an export may need its line ends.
  const put = (text: string): void =>
    write(isTerminal ? clean(text.replaceAll('\r\n', '\n')) : text.split('\r\n').map(clean).join('\r\n'));
  return {
    isTerminal,
    width,
    style,
    line: text => put(`${text}\n`),
    wrapped: (text, hang = 0) =>
      put(`${isTerminal ? wrapFurtherIn(clean(text), width, hang).join('\n') : text}\n`),
    named: rows =>
      put(
        `${namedRows(
          rows.map(([name, text]) => [clean(name), clean(text)]),
          style,
          isTerminal ? width : Infinity,
        ).join('\n')}\n`,
      ),
    text: put,
    raw: text => (isTerminal ? put(text) : write(text)),
    markdown: async text => {
      let isLaidOut = true;
      if (isTerminal) {
        const { renderMarkdown } = await import('../markdown/render-markdown.ts');
        write(
          renderMarkdown(text, {
            width,
            style,
            onPlain: () => {
              isLaidOut = false;
            },
          }),
        );
      } else put(text);
      return isLaidOut;
    },
    done,
  };
}

/** Opens standard error, for all messages. On a terminal they are indented a little. */
export function openMessages(options: StreamOptions): Messages & Flushed {
  const { isTerminal, style } = options;
  const width = widthOr80(options.columns);
  const { write, done } = openWriter(options);
  const clean = cleaning(style);
  return {
    isTerminal,
    width,
    style,
    say: text =>
      write(
        `${wrapHanging(clean(text), isTerminal ? width - 1 : width, isTerminal ? '  ' : '').join('\n')}\n`,
      ),
    done,
  };
}

/**
 * Returns the function that escapes control characters for a stream of this style. Without colour, no escape
 * code in a text is ours, so all are escaped.
 */
export function cleaning(style: Style): (text: string) => string {
  return style.strong('x') === 'x' ? escapeControls : escapeControlsKeepingStyles;
}

// script(1) and the terminals of some editors report 0.
function widthOr80(columns: number | undefined): number {
  return columns !== undefined && columns > 0 ? columns : 80;
}

function openWriter({
  stream,
  onBroken,
  onFailed,
}: StreamOptions): { write: (text: string) => void } & Flushed {
  let broken = false;
  let pending = 0;
  let waiting: (() => void)[] = [];
  const settle = (): void => {
    if (pending > 0 && !broken) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  // Without a listener the first failed write ends Node with a stack trace.
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (!broken) {
      broken = true;
      if (cause.code === 'EPIPE') onBroken();
      else onFailed(cause);
    }
    settle();
  });
  return {
    write: text => {
      if (broken || text === '') return;
      pending += 1;
      stream.write(text, () => {
        pending -= 1;
        settle();
      });
    },
    done: () =>
      new Promise(resolve => {
        waiting.push(resolve);
        settle();
      }),
  };
}

import type { Prompter, RecordRow, PromptResponse, Screen } from '../../world/world.ts';
import { askOneLine } from './ask-one-line.ts';
import { askTextLines } from './ask-text-lines.ts';
import { givenWords } from '../choice/choice-items.ts';
import { readHidden } from '../input/read-hidden-line.ts';
import { LineExchange, type LineExchangeOptions } from './line-exchange.ts';
import { withWords } from './line-words.ts';
import { latestRows } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { cutTo } from '../text/width.ts';

export interface LinePrompterOptions extends LineExchangeOptions {
  /**
   * Called once, after the first question is printed: loads modules that may be needed later. Never fails.
   */
  readonly preload?: () => Promise<void>;
}

/**
 * Opens the prompter for screen readers, dumb terminals and pipes: it prints questions as lines with numbered
 * options, and never moves the cursor or redraws. The end of the input means "finish here".
 */
export function openLinePrompter(options: LinePrompterOptions): Prompter {
  const { words, width, preload, ended } = options;
  const exchange = new LineExchange(options);
  let hasHeader = false;
  let isReady = preload === undefined;

  const header = (): void => {
    if (!hasHeader) exchange.say(words('terminal.header_plain'));
    hasHeader = true;
  };
  return {
    ask: async (screen, typing) => {
      if (screen.bare === true) hasHeader = true;
      else header();
      if (screen.kind === 'secret') return askSecret(exchange, screen, ended);
      // Words typed at this question in an earlier run.
      const earlierWords = screen.kind === 'text' || screen.wordsTo === undefined ? '' : givenWords(screen);
      const loose = earlierWords === '' ? [] : [earlierWords];
      for (;;) {
        exchange.printQuestion(screen);
        if (!isReady) await preload?.();
        isReady = true;
        const asked =
          screen.kind === 'text'
            ? askTextLines(exchange, screen, typing)
            : askOneLine(exchange, screen, { loose, typing });
        const response = withWords(await asked, loose);
        if (response !== 'again') return response;
      }
    },
    say: text => exchange.say(text),
    record: rows => {
      header();
      const record = latestRows(rows, words).map(row =>
        escapeControls(recordText(row)).replace(/\s+/g, ' ').trim(),
      );
      exchange.print(['', ...record.map(text => cutTo(text, width))]);
    },
    refuse: (screen, why) => exchange.refuse(screen, why),
    close: () => exchange.close(),
  };
}

function recordText({ label, value }: RecordRow): string {
  return value === '' ? label : `${label}: ${value}`;
}

/** Asks for a secret without showing what is typed. */
async function askSecret(
  exchange: LineExchange,
  screen: Screen,
  ended: AbortSignal,
): Promise<PromptResponse> {
  const takeBack = exchange.lines.lend();
  try {
    const typed = await readHidden(exchange.source, ended, () => {
      exchange.printQuestion(screen);
      exchange.mark();
    });
    if (typed === undefined) return { is: 'finish' };
    return typed === '' ? { is: 'skip' } : { is: 'answer', answer: typed };
  } finally {
    exchange.print(['']);
    takeBack();
  }
}

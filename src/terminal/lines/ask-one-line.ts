import { hasLetters } from '../../core/notes/answer.ts';
import { joinPartialList } from '../../core/template/partial-list.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { asksForHelp } from '../prompt/common-keys.ts';
import { readAnswer, type Read } from './line-answer.ts';
import type { LineExchange } from './line-exchange.ts';
import { savedWordsMessage, type LineInput } from './line-words.ts';

export interface OneLine {
  /**
   * Words typed at this question that answered nothing. Later attempts add to them; an option for own words
   * may use them up.
   */
  readonly loose: string[];
  /** Receives words that answer nothing, to save them in the draft. */
  readonly typing?: (text: string) => void;
}

/**
 * Asks a question whose answer is one line: every kind except text and secret. Returns `again` when the
 * question has to be printed again.
 */
export async function askOneLine(
  exchange: LineExchange,
  screen: Screen,
  { loose, typing }: OneLine,
): Promise<PromptResponse | 'again'> {
  const input = await exchange.readInput(screen);
  if (input.is === 'again') return 'again';
  if (input.is === 'end') return { is: 'finish' };
  if (input.is === 'empty') return exchange.whenEmpty(screen);
  if (input.is !== 'line') return input;
  if (asksForHelp(input.text, exchange.words)) return exchange.showHelp();
  const read = readAnswer(screen, input.text, exchange.words);
  if (read.is === 'answer') return read;
  if (read.is === 'words') return askOwnWords(exchange, screen, { read, loose });
  // The line is not an answer, but its words stay in the draft. A wrong number has no words to save.
  const hasWords = hasLetters(input.text);
  if (hasWords && screen.wordsTo !== undefined) loose.push(input.text.trim());
  const unanswered = hasWords && loose.length > 0 ? loose.join('\n') : input.text;
  if (exchange.isTerminal || hasWords)
    typing?.(joinPartialList({ picks: [], words: unanswered }, screen.options));
  exchange.refuseBy(screen, read.key, read.params);
  if (hasWords && screen.wordsTo !== undefined)
    exchange.printMessage(...savedWordsMessage(screen, screen.wordsTo));
  return 'again';
}

interface Chosen {
  readonly read: Extract<Read, { is: 'words' }>;
  readonly loose: string[];
}

/** Asks for the person's own words for the option they chose; words they typed before it count as those. */
async function askOwnWords(
  exchange: LineExchange,
  screen: Screen,
  { read, loose }: Chosen,
): Promise<PromptResponse | 'again'> {
  if (loose.length > 0) return { is: 'answer', answer: read.withWords(loose.splice(0).join(' ')) };
  exchange.printMessage('own');
  const readOwn = async (): Promise<LineInput> => {
    const own = await exchange.readInput({ ...screen, canGoBack: true, skippable: true });
    return own.is === 'line' && asksForHelp(own.text, exchange.words)
      ? { is: await exchange.showHelp() }
      : own;
  };
  let own: LineInput = { is: 'again' };
  while (own.is === 'again') own = await readOwn();
  if (own.is === 'back') return 'again';
  return { is: 'answer', answer: read.withWords(own.is === 'line' ? own.text : '') };
}

import { withoutOuterLineEnds } from '../../core/text/line-ends.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { asksForHelp } from '../prompt/common-keys.ts';
import type { LineExchange } from './line-exchange.ts';

/**
 * Milliseconds to wait after a line on a terminal: if more input follows within them, the line was part of a
 * paste.
 */
const pasteMs = 25;

/**
 * Asks for a text of several lines, which an empty line ends. Calls `typing` with the text as it grows, also
 * when the run is interrupted, just before that error is thrown. Returns `again` when the question has to be
 * printed again.
 */
export async function askTextLines(
  exchange: LineExchange,
  screen: Screen,
  typing?: (text: string) => void,
): Promise<PromptResponse | 'again'> {
  const { words, isTerminal, lines } = exchange;
  const typed: string[] = [];
  for (;;) {
    const input = await exchange.readInput(screen).catch((error: unknown) => {
      if (typed.length > 0) typing?.(typed.join('\n'));
      throw error;
    });
    if (input.is === 'line') {
      typed.push(input.text);
      // Save pasted lines to the draft together, once the paste has ended.
      if (!isTerminal || (await lines.more(pasteMs))) continue;
      if (typed.length === 1 && asksForHelp(input.text, words)) return exchange.showHelp();
      typing?.(typed.join('\n'));
      continue;
    }
    if (input.is === 'again') {
      // The typed lines are still on the screen, so repeat the question only if there are none.
      if (typed.length > 0) continue;
      return 'again';
    }
    if (input.is === 'empty' && isTerminal && (await lines.more(pasteMs))) {
      typed.push('');
      continue;
    }
    const text = withoutOuterLineEnds(typed.join('\n'));
    if (asksForHelp(text, words)) return exchange.showHelp();
    if (text !== '')
      return input.is === 'back' ? { is: 'back', typed: text } : { is: 'answer', answer: text };
    if (input.is === 'empty') return exchange.whenEmpty(screen);
    return input.is === 'end' ? { is: 'finish' } : input;
  }
}

import type { PromptResponse, Screen } from '../../world/world.ts';
import { isRecorded, margin, measureOf, shrunkLine } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { cutTo } from '../text/width.ts';

/** Returns the lines that stay on the screen for an answered question; none for a secret, or after "back". */
export function answerLines(
  screen: Screen,
  response: PromptResponse,
  theme: Theme,
  columns: number,
): readonly string[] {
  const answer = response.is === 'answer' ? response.answer : undefined;
  const isAnswered = response.is === 'answer' || response.is === 'skip';
  const isShown = screen.kind !== 'secret' && isAnswered && !isRecorded(screen, answer);
  const lines = isShown ? [shrunkLine(screen, answer, theme, columns)] : [];
  if (response.is === 'back' || response.words === undefined) return lines;
  return [...lines, savedWordsLine(screen, response.words, theme, columns)];
}

/** Returns a line that says where words are saved that were typed at a question but are not its answer. */
function savedWordsLine(
  { wordsTo = '' }: Screen,
  loose: string,
  { words, style }: Theme,
  columns: number,
): string {
  const key = wordsTo === '' ? 'terminal.words_kept' : 'terminal.words_kept_for';
  const message = words(key, {
    label: escapeControls(wordsTo),
    words: escapeControls(loose.replace(/\s+/g, ' ').trim()),
  });
  return style.faint(cutTo(`${margin}${message}`, measureOf(columns)));
}

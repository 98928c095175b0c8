import type { Screen } from '../../world/world.ts';
import { isEnter, isFinish, pressCommonKey } from '../prompt/common-keys.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import { writes, type Key, type PromptState, type Step } from '../prompt/prompt-state.ts';
import { headLines, keyLines, margin } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';

/**
 * Asks for a passphrase. Nothing of it is shown, not even its length, and nothing of it goes into a draft.
 */
export function secretPrompt(screen: Screen, theme: Theme): PromptState {
  const { words } = theme;
  const view = ({ columns, rows }: ScreenSize): View => {
    const parts = ['keys_secret', 'keys_line', 'keys_leave'].map(key => words(`terminal.${key}`));
    const foot = keyLines(parts, theme, columns);
    const head = headLines(screen, theme, { columns, room: rows - 2 - foot.length });
    return { lines: [...head, `${margin}│`, ...foot], cursor: { row: head.length, col: margin.length + 2 } };
  };
  const press = (typed: string, key: Key): Step => {
    const common = pressCommonKey(screen, key, promptState(typed));
    if (common) return common;
    if (key.is === 'paste')
      return { is: 'stay', promptState: promptState(typed + key.text.replace(/[\r\n]+/g, ' ').trim()) };
    if (isEnter(key))
      return typed === ''
        ? { is: 'reply', reply: { is: 'skip' } }
        : { is: 'reply', reply: { is: 'answer', answer: typed } };
    if (isFinish(key) && typed === '') return { is: 'reply', reply: { is: 'finish' } };
    if (isFinish(key)) return { is: 'reply', reply: { is: 'answer', answer: typed } };
    if (key.name === 'backspace')
      return { is: 'stay', promptState: promptState([...typed].slice(0, -1).join('')) };
    if (key.ctrl && key.name === 'u') return { is: 'stay', promptState: promptState('') };
    return { is: 'stay', promptState: promptState(writes(key) ? typed + key.text : typed) };
  };
  const promptState = (typed: string): PromptState => ({ view, press: key => press(typed, key) });
  return promptState('');
}

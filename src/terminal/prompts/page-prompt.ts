import { asksForHelp, isEnter, isFinish } from '../prompt/common-keys.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import { writes, type Key, type PromptState, type Step } from '../prompt/prompt-state.ts';
import { keyLines, margin, measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import { wrapHanging } from '../text/wrap.ts';

const closingKeys = ['escape', 'tab', 'return', 'enter'];

interface State {
  /** The index of the first visible line. */
  readonly top: number;
  /** Letters typed in a row, which may spell the word for help. */
  readonly typed: string;
}

/**
 * Shows a page from its beginning until the person continues, with scrolling if it is longer than the screen.
 * With `question`, it is the page with people to reach, shown in place of that question: leaving it goes back
 * to the question, its half-typed text stays in the draft, and Ctrl-D acts on the question. Without, it is a
 * page between two questions, from which the word for help and Ctrl-G open the page with people to reach.
 */
export function pagePrompt(text: string, theme: Theme, question?: PromptState): PromptState {
  const { words, style } = theme;
  const leave = words(question ? 'terminal.keys_back' : 'terminal.keys_on');

  const layOut = (top: number, { columns, rows }: ScreenSize) => {
    const all = wrapHanging(escapeControlsKeepingStyles(text), measureOf(columns), margin);
    const bare = keyLines([leave], theme, columns);
    // Needs a blank line around the page and a free last row.
    if (all.length + 2 + bare.length < rows) return { all, foot: bare, room: all.length, from: 0 };
    const foot = keyLines([words('terminal.keys_page'), leave], theme, columns);
    const room = Math.max(1, rows - 3 - foot.length);
    return { all, foot, room, from: Math.max(0, Math.min(top, all.length - room)) };
  };

  const view = (top: number, size: ScreenSize): View => {
    const { all, foot, room, from } = layOut(top, size);
    const edge = (key: string, n: number): string =>
      n === 0 ? '' : style.faint(`${margin}${words(key, { n })}`);
    const lines = [
      edge('terminal.lines_above', from),
      ...all.slice(from, from + room),
      edge('terminal.lines_below', Math.max(0, all.length - from - room)),
      ...foot,
    ];
    return { lines, cursor: { row: lines.length - 1, col: margin.length } };
  };

  const press = ({ top, typed }: State, key: Key, size: ScreenSize): Step => {
    const asks = isEnter(key) ? asksForHelp(typed, words) : key.is === 'key' && key.ctrl && key.name === 'g';
    const plain = promptState({ top, typed: '' });
    if (asks) return question ? { is: 'stay', promptState: plain } : { is: 'help', promptState: plain };
    if (isFinish(key) && question) {
      const step = question.press(key, size);
      return step.is === 'stay' ? { is: 'closed', promptState: step.promptState } : step;
    }
    // Escape immediately followed by a key arrives as that key with Alt.
    const isClosed = isFinish(key) || (key.is === 'key' && (closingKeys.includes(key.name) || key.alt));
    if (isClosed) return { is: 'closed', promptState: question ?? plain };
    const { room, from } = layOut(top, size);
    if (key.is === 'paste') return { is: 'stay', promptState: promptState({ top: from, typed: '' }) };
    const isTyped = writes(key);
    const to = isTyped ? from : Math.max(0, from + scrolled(key.name, room));
    return { is: 'stay', promptState: promptState({ top: to, typed: isTyped ? typed + key.text : '' }) };
  };

  const promptState = (state: State): PromptState => ({
    view: size => view(state.top, size),
    press: (key, size) => press(state, key, size),
    partialText: question?.partialText,
  });
  return promptState({ top: 0, typed: '' });
}

/** Returns the number of lines by which a key scrolls down. */
function scrolled(name: string, room: number): number {
  switch (name) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'pageup':
      return -room;
    case 'pagedown':
      return room;
    case 'home':
      return -Infinity;
    case 'end':
      return Infinity;
    default:
      return 0;
  }
}

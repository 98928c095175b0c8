import { withoutLastLineEnds } from '../../core/text/line-ends.ts';
import type { Screen } from '../../world/world.ts';
import { asksForHelp, isEnter, isFinish, isLineBreak, pressAny } from '../prompt/common-keys.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import type { Key, PromptState, Step } from '../prompt/prompt-state.ts';
import { finishParts, headLines, keyLines, margin, measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { lineOf, textOf } from '../text-field/text-buffer.ts';
import type { TextBuffer } from '../text-field/text-buffer.ts';
import { viewText } from '../text-field/text-view.ts';
import { wrap } from '../text/wrap.ts';
import { breakLine, editWriting, hasJustKilled, openWriting, rewrite } from '../text-field/undoable-text.ts';
import type { Writing } from '../text-field/undoable-text.ts';

export interface TextOptions {
  /** True when Ctrl-O can open an editor. */
  readonly editor: boolean;
  /** True for a day: Enter ends, line ends in a paste become spaces. */
  readonly oneLine: boolean;
}

interface State {
  readonly writing: Writing;
  readonly top: number;
  readonly notice?: string;
}

const gutter = `${margin}│ `;

function widthIn(columns: number): number {
  return measureOf(columns) - gutter.length - 1;
}

/**
 * Poses a question for text, several lines in a window of the screen. Starts with what is given, the cursor
 * at its end.
 */
export function textPrompt(screen: Screen, theme: Theme, { editor, oneLine }: TextOptions): PromptState {
  const { words, style } = theme;
  const given = typeof screen.given === 'string' ? screen.given : '';
  const layOut = (state: State, { columns, rows }: ScreenSize) => {
    const { buffer } = state.writing;
    const notice =
      state.notice === undefined ? [] : wrap(state.notice, { width: measureOf(columns), first: margin });
    const keys = keyLines(keyParts(state), theme, columns);
    const foot = [...notice, ...(rows > 14 ? keys : keys.slice(0, 1))];
    const head = headLines(screen, theme, { columns, room: Math.max(1, rows - 1 - foot.length - 4) });
    const room = Math.max(1, rows - 1 - head.length - foot.length);
    const whole = viewText(buffer, { width: widthIn(columns), height: room, top: state.top });
    if (whole.above + whole.below === 0 || room < 4) return { head, foot, seen: whole, windowed: false };
    const seen = viewText(buffer, { width: widthIn(columns), height: room - 2, top: state.top });
    return { head, foot, seen, windowed: true };
  };

  const view = (state: State, size: ScreenSize): View => {
    const { head, foot, seen, windowed } = layOut(state, size);
    const edge = (key: string, n: number): string =>
      style.faint(n === 0 ? gutter.trimEnd() : `${gutter}${words(key, { n })}`);
    const body = seen.rows.map(row => `${style.faint(gutter.trimEnd())} ${row}`.trimEnd());
    const framed = windowed
      ? [edge('terminal.lines_above', seen.above), ...body, edge('terminal.lines_below', seen.below)]
      : body;
    return {
      lines: [...head, ...framed, ...foot],
      cursor: {
        row: head.length + (windowed ? 1 : 0) + seen.cursor.row,
        col: gutter.length + seen.cursor.col,
      },
    };
  };

  /** What the keys do where the cursor is: Enter ends the text in its last line alone, Ctrl-D anywhere. */
  const keyParts = ({ writing: { buffer } }: State): readonly string[] => {
    const isEmpty = buffer.lines.every(line => line.trim() === '');
    const endsHere = isEmpty || isLastLine(buffer);
    const end = endsHere ? words('terminal.keys_text') : words('terminal.keys_text_above');
    return [
      oneLine ? words('terminal.keys_line') : end,
      ...(isEmpty ? finishParts(screen, theme) : []),
      ...(editor && !oneLine ? [words('terminal.keys_editor')] : []),
    ];
  };

  const end = (text: string, state: State): Step => {
    if (asksForHelp(text, words)) {
      return { is: 'help', promptState: promptState({ writing: rewrite(state.writing, given), top: 0 }) };
    }
    if (text.trim() !== '') return { is: 'reply', reply: { is: 'answer', answer: text } };
    if (screen.skippable) return { is: 'reply', reply: { is: 'skip' } };
    return { is: 'pose', promptState: promptState({ ...state, notice: words('terminal.needs_answer') }) };
  };

  const enter = (state: State): Step => {
    const { buffer } = state.writing;
    const text = textOf(buffer);
    const more = (): PromptState => promptState({ ...state, writing: breakLine(state.writing) });
    const isEnd = isLastLine(buffer) && lineOf(buffer).trim() === '';
    if (oneLine || asksForHelp(text, words) || text.trim() === '' || isEnd) {
      const step = end(isEnd ? text.replace(/\s*\n[^\S\n]*$/, '') : withoutLastLineEnds(text), state);
      return step.is === 'reply' && !oneLine ? { ...step, unless: more() } : step;
    }
    return { is: 'pose', promptState: more() };
  };

  /** Goes on with a text that was changed: the window follows the cursor. */
  const write = (state: State, writing: Writing, size: ScreenSize): Step => {
    const notice = hasJustKilled(writing) ? words('terminal.killed') : undefined;
    const { top } = layOut({ writing, top: state.top, notice }, size).seen;
    return { is: 'pose', promptState: promptState({ writing, top, notice }) };
  };

  const press = (state: State, key: Key, size: ScreenSize): Step => {
    const text = textOf(state.writing.buffer);
    const any = pressAny(screen, key, promptState(state));
    // No key leaves words behind: Tab goes on with them, Shift-Tab finds them again. Where they were taken
    // away, Tab doesn't bring them back.
    const isTyped = text.trim() !== '' && text !== given;
    const isEmptied = text.trim() === '' && given !== '';
    if (any?.is === 'reply' && any.reply.is === 'back' && isTyped)
      return { is: 'reply', reply: { is: 'back', typed: text } };
    if (any?.is === 'reply' && any.reply.is !== 'back' && (isTyped || isEmptied))
      return end(withoutLastLineEnds(text), state);
    if (any) return any;
    if (isLineBreak(key) && !oneLine) return write(state, breakLine(state.writing), size);
    if (isEnter(key)) return enter(state);
    if (isFinish(key))
      return text.trim() === ''
        ? { is: 'reply', reply: { is: 'finish' } }
        : end(withoutLastLineEnds(text), state);
    if (editor && !oneLine && key.is === 'key' && key.ctrl && key.name === 'o') {
      const back = (edited: string, notice?: string): PromptState =>
        promptState({ writing: rewrite(state.writing, edited), top: 0, notice });
      return { is: 'edit', text, back };
    }
    const flat: Key =
      oneLine && key.is === 'paste' ? { is: 'paste', text: key.text.replace(/[\r\n]+/g, ' ').trim() } : key;
    const writing = editWriting(state.writing, flat, widthIn(size.columns));
    return writing === undefined
      ? { is: 'pose', promptState: promptState(state) }
      : write(state, writing, size);
  };

  const promptState = (state: State): PromptState => ({
    view: size => view(state, size),
    press: (key, size) => press(state, key, size),
    // An empty line at the end is no words yet.
    partialText: textOf(state.writing.buffer).replace(/\n+$/, ''),
  });

  return promptState({ writing: openWriting(given), top: 0 });
}

function isLastLine({ row, lines }: TextBuffer): boolean {
  return row === lines.length - 1;
}

import { withoutLastLineEnds } from '../core/line-ends.ts';
import type { Screen } from '../world.ts';
import { isEnter, isFinish, isLineBreak, pressAny } from './any-keys.ts';
import { editText } from './edit-keys.ts';
import type { ScreenSize, View } from './frame.ts';
import type { Key, Pose, Step } from './pose.ts';
import { headLines, keyLines, margin, measureOf } from './question-lines.ts';
import type { Voice } from './question-lines.ts';
import { insert, lineOf, openText, textOf } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';
import { viewText } from './text-view.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  /** True when Ctrl-O can open an editor. */
  readonly editor: boolean;
  /** True for a day: Enter ends, line ends in a paste become spaces. */
  readonly oneLine: boolean;
}

interface State {
  readonly buffer: TextBuffer;
  readonly top: number;
  readonly notice?: string;
}

const gutter = `${margin}│ `;

function widthIn(columns: number): number {
  return measureOf(columns) - gutter.length - 1;
}

/** Poses a question for text, several lines in a window of the screen. Starts with what is given, the cursor at its end. */
export function poseText(screen: Screen, voice: Voice, { editor, oneLine }: TextOptions): Pose {
  const { words, style } = voice;
  const given = typeof screen.given === 'string' ? screen.given : '';
  const layOut = (state: State, { columns, rows }: ScreenSize) => {
    const notice = state.notice === undefined ? [] : wrap(state.notice, { width: measureOf(columns), first: margin });
    const keys = keyLines(keyParts(), voice, columns);
    const foot = [...notice, ...(rows > 14 ? keys : keys.slice(0, 1))];
    const head = headLines(screen, voice, { columns, room: Math.max(1, rows - 1 - foot.length - 4) });
    const room = Math.max(1, rows - 1 - head.length - foot.length);
    const whole = viewText(state.buffer, { width: widthIn(columns), height: room, top: state.top });
    if (whole.above + whole.below === 0 || room < 4) return { head, foot, seen: whole, windowed: false };
    return { head, foot, seen: viewText(state.buffer, { width: widthIn(columns), height: room - 2, top: state.top }), windowed: true };
  };

  const view = (state: State, size: ScreenSize): View => {
    const { head, foot, seen, windowed } = layOut(state, size);
    const edge = (key: string, n: number): string => style.faint(n === 0 ? gutter.trimEnd() : `${gutter}${words(key, { n })}`);
    const body = seen.rows.map((row) => `${style.faint(gutter.trimEnd())} ${row}`.trimEnd());
    const framed = windowed ? [edge('terminal.lines_above', seen.above), ...body, edge('terminal.lines_below', seen.below)] : body;
    return {
      lines: [...head, ...framed, ...foot],
      cursor: { row: head.length + (windowed ? 1 : 0) + seen.cursor.row, col: gutter.length + seen.cursor.col },
    };
  };

  const keyParts = (): readonly string[] => [
    words(oneLine ? 'terminal.keys_line' : 'terminal.keys_text'),
    ...(editor && !oneLine ? [words('terminal.keys_editor')] : []),
  ];

  const end = (text: string, state: State): Step => {
    if (text.trim().toLowerCase() === words('terminal.help_word')) return { is: 'help', pose: pose({ buffer: openText(given), top: 0 }) };
    if (text.trim() !== '') return { is: 'reply', reply: { is: 'answer', answer: text } };
    if (screen.skippable) return { is: 'reply', reply: { is: 'skip' } };
    return { is: 'pose', pose: pose({ ...state, notice: words('terminal.needs_answer') }) };
  };

  const enter = (state: State): Step => {
    const { buffer } = state;
    const text = textOf(buffer);
    const more = (): Pose => pose({ ...state, buffer: insert(buffer, '\n') });
    const isLast = buffer.row === buffer.lines.length - 1;
    const isHelp = text.trim().toLowerCase() === words('terminal.help_word');
    if (oneLine || isHelp || text.trim() === '' || (isLast && lineOf(buffer) === '')) {
      const step = end(withoutLastLineEnds(text), state);
      return step.is === 'reply' && !oneLine ? { ...step, unless: more() } : step;
    }
    return { is: 'pose', pose: more() };
  };

  const press = (state: State, key: Key, size: ScreenSize): Step => {
    const text = textOf(state.buffer);
    const any = pressAny(screen, key, pose(state));
    // No key leaves words behind: Tab goes on with them, Shift-Tab finds them again. Where they were taken away, Tab doesn't bring them back.
    const isTyped = text.trim() !== '' && text !== given;
    const isEmptied = text.trim() === '' && given !== '';
    if (any?.is === 'reply' && any.reply.is === 'back' && isTyped) return { is: 'reply', reply: { is: 'back', typed: text } };
    if (any?.is === 'reply' && any.reply.is !== 'back' && (isTyped || isEmptied)) return end(withoutLastLineEnds(text), state);
    if (any) return any;
    if (isLineBreak(key) && !oneLine) {
      const buffer = insert(state.buffer, '\n');
      return { is: 'pose', pose: pose({ buffer, top: layOut({ buffer, top: state.top }, size).seen.top }) };
    }
    if (isEnter(key)) return enter(state);
    if (isFinish(key)) return text.trim() === '' ? { is: 'reply', reply: { is: 'finish' } } : end(withoutLastLineEnds(text), state);
    if (editor && !oneLine && key.is === 'key' && key.ctrl && key.name === 'o') {
      return { is: 'edit', text, back: (edited, notice) => pose({ buffer: openText(edited), top: 0, notice }) };
    }
    const flat: Key = oneLine && key.is === 'paste' ? { is: 'paste', text: key.text.replace(/[\r\n]+/g, ' ').trim() } : key;
    const buffer = editText(state.buffer, flat, widthIn(size.columns));
    return { is: 'pose', pose: buffer ? pose({ buffer, top: layOut({ buffer, top: state.top }, size).seen.top }) : pose(state) };
  };

  const pose = (state: State): Pose => ({
    view: (size) => view(state, size),
    press: (key, size) => press(state, key, size),
    // An empty line at the end is no words yet.
    half: textOf(state.buffer).replace(/\n+$/, ''),
  });

  return pose({ buffer: openText(given), top: 0 });
}

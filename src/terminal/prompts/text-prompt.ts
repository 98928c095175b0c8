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
  /** True for a day: Enter ends the answer, and line ends in a paste become spaces. */
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

/** The parts that stay the same while the question is on the screen. */
interface TextQuestion extends TextOptions {
  readonly screen: Screen;
  readonly theme: Theme;
  /** The text that the question starts with. */
  readonly given: string;
}

/**
 * Asks for a text, several lines in a window of the screen. Starts with the given text, the cursor at its
 * end.
 */
export function textPrompt(screen: Screen, theme: Theme, options: TextOptions): PromptState {
  const given = typeof screen.given === 'string' ? screen.given : '';
  return promptStateFor({ screen, theme, ...options, given }, { writing: openWriting(given), top: 0 });
}

function promptStateFor(asked: TextQuestion, state: State): PromptState {
  return {
    view: size => view(asked, state, size),
    press: (key, size) => press(asked, state, key, size),
    // An empty last line is not part of the text yet.
    partialText: textOf(state.writing.buffer).replace(/\n+$/, ''),
  };
}

function layOut(asked: TextQuestion, state: State, { columns, rows }: ScreenSize) {
  const { screen, theme } = asked;
  const { buffer } = state.writing;
  const notice =
    state.notice === undefined ? [] : wrap(state.notice, { width: measureOf(columns), first: margin });
  const keys = keyLines(keyParts(asked, state), theme, columns);
  const foot = [...notice, ...(rows > 14 ? keys : keys.slice(0, 1))];
  const head = headLines(screen, theme, { columns, room: Math.max(1, rows - 1 - foot.length - 4) });
  const room = Math.max(1, rows - 1 - head.length - foot.length);
  const unwindowed = viewText(buffer, { width: widthIn(columns), height: room, top: state.top });
  if (unwindowed.above + unwindowed.below === 0 || room < 4)
    return { head, foot, seen: unwindowed, windowed: false };
  const seen = viewText(buffer, { width: widthIn(columns), height: room - 2, top: state.top });
  return { head, foot, seen, windowed: true };
}

function view(asked: TextQuestion, state: State, size: ScreenSize): View {
  const { words, style } = asked.theme;
  const { head, foot, seen, windowed } = layOut(asked, state, size);
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
}

/** Returns what the keys do at the cursor: Enter ends the text only in its last line, Ctrl-D anywhere. */
function keyParts(asked: TextQuestion, { writing: { buffer } }: State): readonly string[] {
  const { screen, theme, editor, oneLine } = asked;
  const { words } = theme;
  const isEmpty = buffer.lines.every(line => line.trim() === '');
  const endsHere = isEmpty || isLastLine(buffer);
  const end = endsHere ? words('terminal.keys_text') : words('terminal.keys_text_above');
  return [
    oneLine ? words('terminal.keys_line') : end,
    ...(isEmpty ? finishParts(screen, theme) : []),
    ...(editor && !oneLine ? [words('terminal.keys_editor')] : []),
  ];
}

function press(asked: TextQuestion, state: State, key: Key, size: ScreenSize): Step {
  const text = textOf(state.writing.buffer);
  const any = pressAny(asked.screen, key, promptStateFor(asked, state));
  if (any?.is === 'reply') return leave(asked, state, any);
  if (any) return any;
  if (isLineBreak(key) && !asked.oneLine) return write(asked, state, breakLine(state.writing), size);
  if (isEnter(key)) return enter(asked, state);
  if (isFinish(key))
    return text.trim() === ''
      ? { is: 'reply', reply: { is: 'finish' } }
      : endWith(asked, state, withoutLastLineEnds(text));
  if (asked.editor && !asked.oneLine && key.is === 'key' && key.ctrl && key.name === 'o') {
    const back = (edited: string, notice?: string): PromptState =>
      promptStateFor(asked, { writing: rewrite(state.writing, edited), top: 0, notice });
    return { is: 'edit', text, back };
  }
  const flat: Key =
    asked.oneLine && key.is === 'paste'
      ? { is: 'paste', text: key.text.replace(/[\r\n]+/g, ' ').trim() }
      : key;
  const writing = editWriting(state.writing, flat, widthIn(size.columns));
  return writing === undefined
    ? { is: 'pose', promptState: promptStateFor(asked, state) }
    : write(asked, state, writing, size);
}

/**
 * Handles Tab and Shift-Tab without losing words: Tab answers with them, Shift-Tab keeps them for the way
 * back. If the person deleted the given words, Tab does not bring them back.
 */
function leave(asked: TextQuestion, state: State, step: Extract<Step, { is: 'reply' }>): Step {
  const text = textOf(state.writing.buffer);
  const isTyped = text.trim() !== '' && text !== asked.given;
  const isEmptied = text.trim() === '' && asked.given !== '';
  if (step.reply.is === 'back') return isTyped ? { is: 'reply', reply: { is: 'back', typed: text } } : step;
  return isTyped || isEmptied ? endWith(asked, state, withoutLastLineEnds(text)) : step;
}

/** Ends the question with a text, unless the text is the word for help or an answer is still needed. */
function endWith(asked: TextQuestion, state: State, text: string): Step {
  const { screen, given } = asked;
  const { words } = asked.theme;
  if (asksForHelp(text, words)) {
    return {
      is: 'help',
      promptState: promptStateFor(asked, { writing: rewrite(state.writing, given), top: 0 }),
    };
  }
  if (text.trim() !== '') return { is: 'reply', reply: { is: 'answer', answer: text } };
  if (screen.skippable) return { is: 'reply', reply: { is: 'skip' } };
  return {
    is: 'pose',
    promptState: promptStateFor(asked, { ...state, notice: words('terminal.needs_answer') }),
  };
}

function enter(asked: TextQuestion, state: State): Step {
  const { oneLine } = asked;
  const { buffer } = state.writing;
  const text = textOf(buffer);
  const more = (): PromptState => promptStateFor(asked, { ...state, writing: breakLine(state.writing) });
  const isEnd = isLastLine(buffer) && lineOf(buffer).trim() === '';
  if (oneLine || asksForHelp(text, asked.theme.words) || text.trim() === '' || isEnd) {
    const typed = isEnd ? text.replace(/\s*\n[^\S\n]*$/, '') : withoutLastLineEnds(text);
    const step = endWith(asked, state, typed);
    return step.is === 'reply' && !oneLine ? { ...step, unless: more() } : step;
  }
  return { is: 'pose', promptState: more() };
}

/** Continues with a changed text: the window follows the cursor. */
function write(asked: TextQuestion, state: State, writing: Writing, size: ScreenSize): Step {
  const notice = hasJustKilled(writing) ? asked.theme.words('terminal.killed') : undefined;
  const { top } = layOut(asked, { writing, top: state.top, notice }, size).seen;
  return { is: 'pose', promptState: promptStateFor(asked, { writing, top, notice }) };
}

function isLastLine({ row, lines }: TextBuffer): boolean {
  return row === lines.length - 1;
}

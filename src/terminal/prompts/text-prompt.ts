import { withoutLastLineEnds } from '../../core/text/line-ends.ts';
import type { Screen } from '../../world/world.ts';
import { asksForHelp, isEnter, isFinish, isLineBreak, pressCommonKey } from '../prompt/common-keys.ts';
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

function promptStateFor(question: TextQuestion, state: State): PromptState {
  return {
    view: size => view(question, state, size),
    press: (key, size) => press(question, state, key, size),
    // An empty last line is not part of the text yet.
    partialText: textOf(state.writing.buffer).replace(/\n+$/, ''),
  };
}

function layOut(question: TextQuestion, state: State, { columns, rows }: ScreenSize) {
  const { screen, theme } = question;
  const { buffer } = state.writing;
  const notice =
    state.notice === undefined ? [] : wrap(state.notice, { width: measureOf(columns), first: margin });
  const keys = keyLines(keyParts(question, state), theme, columns);
  const foot = [...notice, ...(rows > 14 ? keys : keys.slice(0, 1))];
  const head = headLines(screen, theme, { columns, room: Math.max(1, rows - 1 - foot.length - 4) });
  const room = Math.max(1, rows - 1 - head.length - foot.length);
  const unwindowed = viewText(buffer, { width: widthIn(columns), height: room, top: state.top });
  if (unwindowed.above + unwindowed.below === 0 || room < 4)
    return { head, foot, seen: unwindowed, windowed: false };
  const seen = viewText(buffer, { width: widthIn(columns), height: room - 2, top: state.top });
  return { head, foot, seen, windowed: true };
}

function view(question: TextQuestion, state: State, size: ScreenSize): View {
  const { words, style } = question.theme;
  const { head, foot, seen, windowed } = layOut(question, state, size);
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
function keyParts(question: TextQuestion, { writing: { buffer } }: State): readonly string[] {
  const { screen, theme, editor, oneLine } = question;
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

function press(question: TextQuestion, state: State, key: Key, size: ScreenSize): Step {
  const text = textOf(state.writing.buffer);
  const common = pressCommonKey(question.screen, key, promptStateFor(question, state));
  if (common?.is === 'reply') return leave(question, state, common);
  if (common) return common;
  if (isLineBreak(key) && !question.oneLine) return write(question, state, breakLine(state.writing), size);
  if (isEnter(key)) return enter(question, state);
  if (isFinish(key))
    return text.trim() === ''
      ? { is: 'reply', reply: { is: 'finish' } }
      : endWith(question, state, withoutLastLineEnds(text));
  if (question.editor && !question.oneLine && key.is === 'key' && key.ctrl && key.name === 'o') {
    const back = (edited: string, notice?: string): PromptState =>
      promptStateFor(question, { writing: rewrite(state.writing, edited), top: 0, notice });
    return { is: 'edit', text, back };
  }
  const flat: Key =
    question.oneLine && key.is === 'paste'
      ? { is: 'paste', text: key.text.replace(/[\r\n]+/g, ' ').trim() }
      : key;
  const writing = editWriting(state.writing, flat, widthIn(size.columns));
  return writing === undefined
    ? { is: 'stay', promptState: promptStateFor(question, state) }
    : write(question, state, writing, size);
}

/**
 * Handles Tab and Shift-Tab without losing words: Tab answers with them, Shift-Tab keeps them for the way
 * back. If the person deleted the given words, Tab does not bring them back.
 */
function leave(question: TextQuestion, state: State, step: Extract<Step, { is: 'reply' }>): Step {
  const text = textOf(state.writing.buffer);
  const isTyped = text.trim() !== '' && text !== question.given;
  const isEmptied = text.trim() === '' && question.given !== '';
  if (step.reply.is === 'back') return isTyped ? { is: 'reply', reply: { is: 'back', typed: text } } : step;
  return isTyped || isEmptied ? endWith(question, state, withoutLastLineEnds(text)) : step;
}

/** Ends the question with a text, unless the text is the word for help or an answer is still needed. */
function endWith(question: TextQuestion, state: State, text: string): Step {
  const { screen, given } = question;
  const { words } = question.theme;
  if (asksForHelp(text, words)) {
    return {
      is: 'help',
      promptState: promptStateFor(question, { writing: rewrite(state.writing, given), top: 0 }),
    };
  }
  if (text.trim() !== '') return { is: 'reply', reply: { is: 'answer', answer: text } };
  if (screen.skippable) return { is: 'reply', reply: { is: 'skip' } };
  return {
    is: 'stay',
    promptState: promptStateFor(question, { ...state, notice: words('terminal.needs_answer') }),
  };
}

function enter(question: TextQuestion, state: State): Step {
  const { oneLine } = question;
  const { buffer } = state.writing;
  const text = textOf(buffer);
  const more = (): PromptState => promptStateFor(question, { ...state, writing: breakLine(state.writing) });
  const isEnd = isLastLine(buffer) && lineOf(buffer).trim() === '';
  if (oneLine || asksForHelp(text, question.theme.words) || text.trim() === '' || isEnd) {
    const typed = isEnd ? text.replace(/\s*\n[^\S\n]*$/, '') : withoutLastLineEnds(text);
    const step = endWith(question, state, typed);
    return step.is === 'reply' && !oneLine ? { ...step, unless: more() } : step;
  }
  return { is: 'stay', promptState: more() };
}

/** Continues with a changed text: the window follows the cursor. */
function write(question: TextQuestion, state: State, writing: Writing, size: ScreenSize): Step {
  const notice = hasJustKilled(writing) ? question.theme.words('terminal.killed') : undefined;
  const { top } = layOut(question, { writing, top: state.top, notice }, size).seen;
  return { is: 'stay', promptState: promptStateFor(question, { writing, top, notice }) };
}

function isLastLine({ row, lines }: TextBuffer): boolean {
  return row === lines.length - 1;
}

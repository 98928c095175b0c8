import type { Screen } from '../../world/world.ts';
import { asksForHelp, isEnter, isFinish, pressAny } from '../prompt/common-keys.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import { editText } from '../text-field/edit-keys.ts';
import { writes, type Key, type PromptState, type Step } from '../prompt/prompt-state.ts';
import { finishParts, headLines, keyLines, margin, measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { columnOf, endLines, most, numberRow, sayValue } from './scale-view.ts';
import { openText, textOf } from '../text-field/text-buffer.ts';
import type { TextBuffer } from '../text-field/text-buffer.ts';
import { viewText } from '../text-field/text-view.ts';
import { wrap } from '../text/wrap.ts';

interface State {
  readonly value?: number;
  /** A digit that may become 10. */
  readonly digit?: string;
  /** Words that are typed here: they choose no number, and stand below the scale. Never empty. */
  readonly typed?: TextBuffer;
  readonly notice?: string;
}

const gutter = `${margin}│ `;

/**
 * Poses a 0–10 scale. No number stands there until the person chooses one; Enter on none skips. Words are
 * no answer here: they stay until the person takes them back, and the word for help shows people to reach.
 */
export function scalePrompt(screen: Screen, theme: Theme): PromptState {
  const { words, style } = theme;
  const given = typeof screen.given === 'number' ? screen.given : undefined;
  const begun = typeof screen.given === 'string' ? screen.given.trim() : '';
  const anchors = screen.anchors.map(({ at, words: said }) => ({ at, words: escapeControls(said) }));

  const keyParts = ({ value, typed, notice }: State): readonly string[] => {
    if (typed !== undefined && notice !== undefined) return [words('terminal.scale_back')];
    const finish = value === undefined ? finishParts(screen, theme) : [];
    if (typed === undefined) return [words('terminal.keys_scale'), words('terminal.keys_go_on'), ...finish];
    const enterDoes = asksForHelp(textOf(typed), words) ? 'terminal.scale_help' : 'terminal.scale_takes';
    return [words(enterDoes), words('terminal.scale_back')];
  };

  const view = (state: State, { columns, rows }: ScreenSize): View => {
    const { value, typed, notice } = state;
    const width = measureOf(columns);
    const said = value === undefined ? words('terminal.scale_none') : sayValue(value, anchors, words);
    const seen = typed && viewText(typed, { width: width - gutter.length - 1, height: 1 });
    // On a very low screen the words matter more than what the numbers mean.
    const below =
      seen && rows < 12
        ? []
        : [
            value === undefined ? '' : `${' '.repeat(columnOf(value, columns))}${style.accent('●')}`,
            ...endLines(anchors, columns, width).map(style.faint),
            ...wrap(said, { width, first: '    ' }).map(value === undefined ? style.faint : style.strong),
          ];
    const foot = [
      ...(seen === undefined ? [] : seen.rows.map(row => `${style.faint(gutter.trimEnd())} ${row}`)),
      ...(notice === undefined ? [] : wrap(notice, { width, first: margin })),
      ...keyLines(keyParts(state), theme, columns),
    ];
    const head = headLines(screen, theme, { columns, room: rows - 2 - below.length - foot.length });
    const line = numberRow(columns, number =>
      number === value ? style.accent(String(number)) : String(number),
    );
    const onScale = { row: head.length, col: columnOf(value ?? 0, columns) };
    const inWords = seen && { row: head.length + 1 + below.length, col: gutter.length + seen.cursor.col };
    return { lines: [...head, line, ...below, ...foot].slice(0, rows - 1), cursor: inWords ?? onScale };
  };

  const stay = (state: State): Step => ({ is: 'pose', promptState: promptState(state) });

  const goOn = (state: State): Step => {
    if (state.typed !== undefined) return stay({ ...state, notice: words('terminal.needs_number') });
    if (state.value !== undefined) return { is: 'reply', reply: { is: 'answer', answer: state.value } };
    return screen.skippable
      ? { is: 'reply', reply: { is: 'skip' } }
      : stay({ notice: words('terminal.needs_number') });
  };

  /** Keys that write and edit words; undefined for others. */
  const write = ({ value, typed = openText() }: State, key: Key, size: ScreenSize): Step | undefined => {
    const text = editText(typed, key, measureOf(size.columns));
    return text && stay({ value, typed: textOf(text) === '' ? undefined : text });
  };

  const pressWords = (state: State, typed: TextBuffer, key: Key, size: ScreenSize): Step => {
    if (key.is === 'key' && key.name === 'escape') return stay({ value: state.value });
    const asks = isEnter(key) && asksForHelp(textOf(typed), words);
    if (asks) return { is: 'help', promptState: promptState({ value: state.value }) };
    if (isEnter(key) || isFinish(key)) return goOn(state);
    return write(state, key.is === 'paste' ? flat(key.text) : key, size) ?? stay(state);
  };

  const press = (state: State, key: Key, size: ScreenSize): Step => {
    // Escape and a digit right behind it come as that digit with Alt.
    const [, digit] = (key.is === 'key' && /^\u001b([0-9])$/.exec(key.text)) || [];
    if (digit !== undefined) return stay({ value: Number(digit), digit });
    const any = pressAny(screen, key, promptState(state));
    const typed = state.typed && textOf(state.typed);
    const isBack = any?.is === 'reply' && any.reply.is === 'back';
    if (isBack && typed !== undefined) return { is: 'reply', reply: { is: 'back', typed } };
    // What the screen shows is what Tab keeps: another number than before, or none any more.
    const isChanged = state.value !== given || typed !== undefined;
    if (any?.is === 'reply' && !isBack && isChanged) return goOn(state);
    if (any) return any;
    if (state.typed !== undefined) return pressWords(state, state.typed, key, size);
    if (key.is === 'paste' && /^\s*(?:\d|10)\s*$/.test(key.text)) return stay({ value: Number(key.text) });
    if (key.is === 'paste') return write(state, flat(key.text), size) ?? stay(state);
    if (isEnter(key)) return goOn(state);
    if (isFinish(key))
      return state.value === undefined ? { is: 'reply', reply: { is: 'finish' } } : goOn(state);
    if (/^[0-9]$/.test(key.text))
      return stay(
        state.digit === '1' && key.text === '0'
          ? { value: most }
          : { value: Number(key.text), digit: key.text },
      );
    if (key.name === 'space') return stay({ value: state.value });
    if (writes(key)) return write(state, key, size) ?? stay(state);
    const value = moved(state.value, key.name);
    return stay(value === undefined ? { value: state.value } : { value: value < 0 ? undefined : value });
  };

  const promptState = (state: State): PromptState => ({
    view: size => view(state, size),
    press: (key, size) => press(state, key, size),
    partialText: state.typed && textOf(state.typed),
  });
  return promptState({ value: given, typed: begun === '' ? undefined : openText(begun) });
}

/** A pasted text on one line. */
function flat(text: string): Key {
  return { is: 'paste', text: text.replace(/\s+/g, ' ').trim() };
}

/** Where a key leads; -1 takes the number away. From no number an arrow begins at its own end. */
function moved(value: number | undefined, name: string): number | undefined {
  switch (name) {
    case 'left':
    case 'down':
      return value === undefined ? 0 : Math.max(0, value - 1);
    case 'right':
    case 'up':
      return value === undefined ? 0 : Math.min(most, value + 1);
    case 'home':
      return 0;
    case 'end':
      return most;
    case 'backspace':
    case 'delete':
      return -1;
    default:
      return undefined;
  }
}

import type { Screen } from '../../world/world.ts';
import { asksForHelp, isEnter, isFinish, pressCommonKey } from '../prompt/common-keys.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import { editText } from '../text-field/edit-keys.ts';
import { writes, type Key, type PromptState, type Step } from '../prompt/prompt-state.ts';
import { finishParts, headLines, keyLines, margin, measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { columnOf, endLines, greatest, numberRow, sayValue } from './scale-view.ts';
import { openText, textOf } from '../text-field/text-buffer.ts';
import type { TextBuffer } from '../text-field/text-buffer.ts';
import { viewText } from '../text-field/text-view.ts';
import { wrap } from '../text/wrap.ts';

interface State {
  readonly value?: number;
  /** The digit typed last, which may become 10. */
  readonly digit?: string;
  /** Words typed at the scale: they choose no number, and are shown below it. Never empty. */
  readonly typed?: TextBuffer;
  readonly notice?: string;
}

const gutter = `${margin}│ `;

/** The parts that stay the same while the question is on the screen. */
interface Scale {
  readonly screen: Screen;
  readonly theme: Theme;
  /** The meaning of the scale's ends and of numbers between them. */
  readonly anchors: Screen['anchors'];
  /** The number that the question starts with. */
  readonly given?: number;
}

/**
 * Asks for a number on a scale from 0 to 10. No number is chosen until the person chooses one; Enter without
 * a number skips. Typed words do not answer the question: they stay until the person deletes them, and the
 * word for help shows people to reach.
 */
export function scalePrompt(screen: Screen, theme: Theme): PromptState {
  const scale: Scale = {
    screen,
    theme,
    anchors: screen.anchors.map(({ at, words }) => ({ at, words: escapeControls(words) })),
    given: typeof screen.given === 'number' ? screen.given : undefined,
  };
  const givenWords = typeof screen.given === 'string' ? screen.given.trim() : '';
  return promptStateFor(scale, {
    value: scale.given,
    typed: givenWords === '' ? undefined : openText(givenWords),
  });
}

function promptStateFor(scale: Scale, state: State): PromptState {
  return {
    view: size => view(scale, state, size),
    press: (key, size) => press(scale, state, key, size),
    partialText: state.typed && textOf(state.typed),
  };
}

function stay(scale: Scale, state: State): Step {
  return { is: 'stay', promptState: promptStateFor(scale, state) };
}

function view(scale: Scale, state: State, { columns, rows }: ScreenSize): View {
  const { screen, theme, anchors } = scale;
  const { words, style } = theme;
  const { value, typed, notice } = state;
  const width = measureOf(columns);
  const meaning = value === undefined ? words('terminal.scale_none') : sayValue(value, anchors, words);
  const typedView = typed && viewText(typed, { width: width - gutter.length - 1, height: 1 });
  // On a very low screen the typed words matter more than the meaning of the numbers.
  const below =
    typedView && rows < 12
      ? []
      : [
          value === undefined ? '' : `${' '.repeat(columnOf(value, columns))}${style.accent('●')}`,
          ...endLines(anchors, columns, width).map(style.faint),
          ...wrap(meaning, { width, first: '    ' }).map(value === undefined ? style.faint : style.strong),
        ];
  const foot = [
    ...(typedView === undefined ? [] : typedView.rows.map(row => `${style.faint(gutter.trimEnd())} ${row}`)),
    ...(notice === undefined ? [] : wrap(notice, { width, first: margin })),
    ...keyLines(keyParts(scale, state), theme, columns),
  ];
  const head = headLines(screen, theme, { columns, room: rows - 2 - below.length - foot.length });
  const line = numberRow(columns, number =>
    number === value ? style.accent(String(number)) : String(number),
  );
  const onScale = { row: head.length, col: columnOf(value ?? 0, columns) };
  const inWords = typedView && {
    row: head.length + 1 + below.length,
    col: gutter.length + typedView.cursor.col,
  };
  return { lines: [...head, line, ...below, ...foot].slice(0, rows - 1), cursor: inWords ?? onScale };
}

function keyParts({ screen, theme }: Scale, { value, typed, notice }: State): readonly string[] {
  const { words } = theme;
  if (typed !== undefined && notice !== undefined) return [words('terminal.scale_back')];
  const finish = value === undefined ? finishParts(screen, theme) : [];
  if (typed === undefined) return [words('terminal.keys_scale'), words('terminal.keys_go_on'), ...finish];
  const enterDoes = asksForHelp(textOf(typed), words) ? 'terminal.scale_help' : 'terminal.scale_takes';
  return [words(enterDoes), words('terminal.scale_back')];
}

function press(scale: Scale, state: State, key: Key, size: ScreenSize): Step {
  // Escape immediately followed by a digit arrives as that digit with Alt.
  const [, digit] = (key.is === 'key' && /^\u001b([0-9])$/.exec(key.text)) || [];
  if (digit !== undefined) return stay(scale, { value: Number(digit), digit });
  const common = pressCommonKey(scale.screen, key, promptStateFor(scale, state));
  const typed = state.typed && textOf(state.typed);
  const isBack = common?.is === 'reply' && common.reply.is === 'back';
  if (isBack && typed !== undefined) return { is: 'reply', reply: { is: 'back', typed } };
  // Tab accepts what the screen shows: a changed number, or none any more.
  const isChanged = state.value !== scale.given || typed !== undefined;
  if (common?.is === 'reply' && !isBack && isChanged) return goOn(scale, state);
  if (common) return common;
  const pressed = state.typed === undefined ? pressNumbers : pressWords;
  return pressed(scale, state, key, size);
}

/** Handles a key while no words are typed: most keys choose a number. */
function pressNumbers(scale: Scale, state: State, key: Key, size: ScreenSize): Step {
  const { value } = state;
  if (key.is === 'paste') {
    return /^\s*(?:\d|10)\s*$/.test(key.text)
      ? stay(scale, { value: Number(key.text) })
      : write(scale, state, flat(key.text), size);
  }
  if (isEnter(key)) return goOn(scale, state);
  if (isFinish(key))
    return value === undefined ? { is: 'reply', reply: { is: 'finish' } } : goOn(scale, state);
  if (/^[0-9]$/.test(key.text)) {
    const isTen = state.digit === '1' && key.text === '0';
    return stay(scale, isTen ? { value: greatest } : { value: Number(key.text), digit: key.text });
  }
  if (key.name === 'space') return stay(scale, { value });
  if (writes(key)) return write(scale, state, key, size);
  const to = moved(value, key.name);
  return stay(scale, to === undefined ? { value } : { value: to < 0 ? undefined : to });
}

/** Handles a key while words are typed. */
function pressWords(scale: Scale, state: State, key: Key, size: ScreenSize): Step {
  const text = state.typed === undefined ? '' : textOf(state.typed);
  if (key.is === 'key' && key.name === 'escape') return stay(scale, { value: state.value });
  const asks = isEnter(key) && asksForHelp(text, scale.theme.words);
  if (asks) return { is: 'help', promptState: promptStateFor(scale, { value: state.value }) };
  if (isEnter(key) || isFinish(key)) return goOn(scale, state);
  return write(scale, state, key.is === 'paste' ? flat(key.text) : key, size);
}

/** Writes or edits words; any other key changes nothing. */
function write(scale: Scale, state: State, key: Key, size: ScreenSize): Step {
  const { value, typed = openText() } = state;
  const text = editText(typed, key, measureOf(size.columns));
  return stay(scale, text ? { value, typed: textOf(text) === '' ? undefined : text } : state);
}

/** Ends the question with what is on the screen, or shows that a number is needed. */
function goOn(scale: Scale, state: State): Step {
  const { words } = scale.theme;
  if (state.typed !== undefined) return stay(scale, { ...state, notice: words('terminal.needs_number') });
  if (state.value !== undefined) return { is: 'reply', reply: { is: 'answer', answer: state.value } };
  return scale.screen.skippable
    ? { is: 'reply', reply: { is: 'skip' } }
    : stay(scale, { notice: words('terminal.needs_number') });
}

/** Returns a paste with its text on one line. */
function flat(text: string): Key {
  return { is: 'paste', text: text.replace(/\s+/g, ' ').trim() };
}

/**
 * Returns the number to which a key moves, -1 to clear it, undefined for any other key. Without a number an
 * arrow starts at its own end of the scale.
 */
function moved(value: number | undefined, name: string): number | undefined {
  switch (name) {
    case 'left':
    case 'down':
      return value === undefined ? 0 : Math.max(0, value - 1);
    case 'right':
    case 'up':
      return value === undefined ? 0 : Math.min(greatest, value + 1);
    case 'home':
      return 0;
    case 'end':
      return greatest;
    case 'backspace':
    case 'delete':
      return -1;
    default:
      return undefined;
  }
}

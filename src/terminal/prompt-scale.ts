import type { Screen } from '../world.ts';
import { isEnter, isFinish, pressAny } from './any-keys.ts';
import type { ScreenSize, View } from './frame.ts';
import type { Key, Pose, Step } from './pose.ts';
import { headLines, keyLines, margin, measureOf } from './question-lines.ts';
import type { Voice } from './question-lines.ts';
import { safe } from './safe.ts';
import { columnOf, endLines, most, numberRow, sayValue } from './scale-view.ts';
import { wrap } from './wrap.ts';

interface State {
  readonly value?: number;
  /** A digit that may become 10. */
  readonly digit?: string;
  readonly notice?: string;
}

/** Poses a 0–10 scale. No number stands there until the person chooses one; Enter on none skips. */
export function poseScale(screen: Screen, voice: Voice): Pose {
  const { words, style } = voice;
  const given = typeof screen.given === 'number' ? screen.given : undefined;
  const anchors = screen.anchors.map(({ at, words: said }) => ({ at, words: safe(said) }));

  const view = ({ value, notice }: State, { columns, rows }: ScreenSize): View => {
    const width = measureOf(columns);
    const said = value === undefined ? words('terminal.scale_none') : sayValue(value, anchors, words);
    const below = [
      value === undefined ? '' : `${' '.repeat(columnOf(value, columns))}${style.accent('●')}`,
      ...endLines(anchors, columns, width).map(style.faint),
      ...wrap(said, { width, first: '    ' }).map(value === undefined ? style.faint : style.strong),
      ...(notice === undefined ? [] : wrap(notice, { width, first: margin })),
      ...keyLines([words('terminal.keys_scale'), words('terminal.keys_go_on')], voice, columns),
    ];
    const head = headLines(screen, voice, { columns, room: rows - 2 - below.length });
    const line = numberRow(columns, (number) => (number === value ? style.accent(String(number)) : String(number)));
    return { lines: [...head, line, ...below].slice(0, rows - 1), cursor: { row: head.length, col: columnOf(value ?? 0, columns) } };
  };

  const stay = (state: State): Step => ({ is: 'pose', pose: pose(state) });

  const goOn = (state: State): Step => {
    if (state.value !== undefined) return { is: 'reply', reply: { is: 'answer', answer: state.value } };
    return screen.skippable ? { is: 'reply', reply: { is: 'skip' } } : stay({ notice: words('terminal.needs_number') });
  };

  const press = (state: State, key: Key): Step => {
    const any = pressAny(screen, key, pose(state));
    // What the screen shows is what Tab keeps: another number than before, or none any more.
    if (any?.is === 'reply' && any.reply.is !== 'back' && state.value !== given) return goOn(state);
    if (any) return any;
    if (key.is === 'paste') return /^\s*(?:\d|10)\s*$/.test(key.text) ? stay({ value: Number(key.text) }) : stay({ ...state, notice: words('terminal.pasted') });
    if (isEnter(key)) return goOn(state);
    if (isFinish(key)) return state.value === undefined ? { is: 'reply', reply: { is: 'finish' } } : goOn(state);
    if (/^[0-9]$/.test(key.text)) return stay(state.digit === '1' && key.text === '0' ? { value: most } : { value: Number(key.text), digit: key.text });
    const value = moved(state.value, key.name);
    return stay(value === undefined ? { value: state.value } : { value: value < 0 ? undefined : value });
  };

  const pose = (state: State): Pose => ({ view: (size) => view(state, size), press: (key) => press(state, key) });
  return pose({ value: given });
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

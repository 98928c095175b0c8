import type { Option } from '../../core/template/template.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { isEnter, isFinish, pressAny } from '../prompt/common-keys.ts';
import { allLooseWords, goOn, partialTextOf, picksIn, respondWith } from './choice-answer.ts';
import { enter, fetchAside, space } from './choice-enter.ts';
import { answerOf } from './choice-items.ts';
import type { Item } from './choice-items.ts';
import { pressOwn } from './choice-own-words.ts';
import { layRows, moveFocus } from './choice-rows.ts';
import type { Cell, Direction, Row } from './choice-rows.ts';
import { itemsIn, startOf, stay, withTyped, withoutTyped } from './choice-state.ts';
import type { Choice, ChoiceState, Turn } from './choice-state.ts';
import { heightFor, viewChoice } from './choice-view.ts';
import { editText } from '../text-field/edit-keys.ts';
import type { ScreenSize } from '../prompt/screen-region.ts';
import type { Key, PromptState, PressedKey, Step } from '../prompt/prompt-state.ts';
import { writes } from '../prompt/prompt-state.ts';
import { measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { insert, openText, textOf } from '../text-field/text-buffer.ts';

/** Poses a choice: one (select, confirm) or several (multi). */
export function choicePrompt(asked: Screen, theme: Theme): PromptState {
  const { words } = theme;
  const screen = asked.kind === 'confirm' ? { ...asked, options: yesAndNo(theme, asked) } : asked;
  const isMulti = screen.kind === 'multi';
  const pristine = startOf(screen);

  const labelOf = (item: Item, { picks }: ChoiceState): string => {
    if (item.is !== 'option') return words(item.is === 'all' ? 'terminal.show_all' : 'terminal.skip_this');
    const own = picks.get(item.option.key);
    return escapeControls(own ? `${item.option.label}: ${own}` : item.option.label);
  };
  const markOf = (item: Item, { picks }: ChoiceState): string => {
    if (!isMulti || item.is !== 'option') return '';
    return picks.has(item.option.key) ? '◉ ' : '◯ ';
  };
  const choiceIn = (state: ChoiceState, size: ScreenSize): Choice => {
    const items = itemsIn(screen, state);
    const cells = items.map((item): Cell => ({
      label: labelOf(item, state),
      mark: markOf(item, state),
      group: item.is === 'option' && item.group !== undefined ? escapeControls(item.group) : undefined,
      isLong: item.is === 'option' && (state.picks.get(item.option.key) ?? '') !== '',
    }));
    return { screen, items, state, rows: rowsOf(cells, state, size) };
  };
  // Short labels side by side stay in sight together: on a low screen the headings of their groups go.
  const rowsOf = (cells: readonly Cell[], state: ChoiceState, size: ScreenSize): readonly Row[] => {
    const width = measureOf(size.columns);
    const columns = state.typed === undefined ? (screen.columns ?? 1) : 1;
    const rows = layRows(cells, { columns, width });
    const height = rows.reduce((sum, row) => sum + row.lines.length, 0);
    const isWhole = columns === 1 || height <= heightFor({ screen, state, total: height }, theme, size);
    if (isWhole) return rows;
    return layRows(
      cells.map(cell => ({ ...cell, group: undefined })),
      { columns, width, dense: true },
    );
  };

  /** Tab and Shift-Tab: what is ticked or typed is not left behind. */
  const leave = (state: ChoiceState, response: PromptResponse): Turn => {
    const partialText = partialTextOf(screen, state);
    const isTyped = partialText !== undefined && partialText !== partialTextOf(screen, pristine);
    const picks = picksIn(screen, state);
    if (response.is === 'back')
      return { is: 'reply', reply: isTyped ? { is: 'back', typed: partialText } : response };
    // What is no longer ticked does not come back.
    const isOther = picks !== pristine.picks || (response.is === 'skip' && picks.size > 0);
    if (isMulti && isOther) return goOn(screen, { ...state, picks });
    const changed = [...picks].filter(([key, said]) => said !== '' && said !== pristine.picks.get(key));
    const [own] = isMulti ? [] : answerOf(screen, new Map(changed));
    return respondWith(screen, state, own === undefined ? response : { is: 'answer', answer: own });
  };

  /** Keys that move in the list, whether words are typed or not. */
  const move = (state: ChoiceState, key: PressedKey, size: ScreenSize): ChoiceState | undefined => {
    const choice = choiceIn(state, size);
    const focus = arrow(choice, key, size);
    if (focus === undefined) return undefined;
    const moved: ChoiceState = { ...state, focus, moved: true, shows: undefined };
    return { ...moved, top: viewChoice({ ...choice, state: moved }, theme, size).top };
  };

  const pressWords = (state: ChoiceState, key: Key, size: ScreenSize): Turn => {
    const { typed = openText() } = state;
    // The line end of a paste is no Enter.
    const pasted = key.is === 'paste' ? key.text.replace(/[\r\n]+$/, '') : undefined;
    const text = key.is === 'key' && writes(key) ? key.text : pasted;
    if (text !== undefined) return stay(withTyped(screen, state, insert(typed, text)));
    if (key.is === 'key' && key.name === 'escape') return stay(withoutTyped(state));
    const moved = key.is === 'key' ? move(state, key, size) : undefined;
    if (moved !== undefined) return stay(moved);
    const edited = editText(typed, key, measureOf(size.columns));
    if (edited === undefined) return stay(state);
    const isSame = textOf(edited) === textOf(typed);
    return stay(isSame ? { ...state, typed: edited } : withTyped(screen, state, edited));
  };

  const pressList = (state: ChoiceState, key: Key, size: ScreenSize): Turn => {
    const isSpace = key.is === 'key' && key.name === 'space' && !key.ctrl;
    const isTyping = state.typed !== undefined || (isSpace && state.shows === 'words');
    if (isEnter(key)) return enter(screen, state, words);
    if (isFinish(key) && isMulti && state.picks.size > 0) return goOn(screen, state);
    if (isFinish(key)) return respondWith(screen, state, { is: 'finish' });
    if (isTyping || key.is === 'paste') return pressWords(state, key, size);
    const quiet: ChoiceState = { ...state, shows: undefined };
    if (isSpace) return space(screen, quiet);
    const isBack = key.name === 'backspace' || key.name === 'escape';
    if (isBack && allLooseWords({ ...state, typed: undefined }) !== '')
      return stay(fetchAside(screen, quiet));
    const moved = move(state, key, size);
    if (moved !== undefined) return stay(moved);
    return writes(key) ? pressWords(state, key, size) : stay(state);
  };

  const stepOf = (turn: Turn): Step => {
    if (turn.is === 'reply') return turn;
    return { is: turn.is === 'help' ? 'help' : 'pose', promptState: promptState(turn.state) };
  };
  const press = (before: ChoiceState, key: Key, size: ScreenSize): Step => {
    const state: ChoiceState = { ...before, notice: undefined };
    const any = pressAny(screen, key, promptState(state));
    if (any !== undefined) return any.is === 'reply' ? stepOf(leave(state, any.reply)) : any;
    if (!state.own) return stepOf(pressList(state, key, size));
    const own = pressOwn(screen, state, key, measureOf(size.columns));
    return stepOf('is' in own ? own : pressList(own, key, size));
  };

  const promptState = (state: ChoiceState): PromptState => ({
    view: size => viewChoice(choiceIn(state, size), theme, size).view,
    press: (key, size) => press(state, key, size),
    partialText: partialTextOf(screen, state),
  });
  return promptState(pristine);
}

function arrow({ rows, items, state }: Choice, key: PressedKey, size: ScreenSize): number | undefined {
  const { focus, typed } = state;
  const direction = directionOf(key);
  const isVertical = direction === 'up' || direction === 'down';
  // In typed words the cursor moves sideways.
  const isInList = isVertical || typed === undefined;
  if (direction !== undefined && isInList) return moveFocus(rows, focus, direction);
  if (key.ctrl) return undefined;
  if (typed === undefined && key.name === 'home') return 0;
  if (typed === undefined && key.name === 'end') return items.length - 1;
  if (key.name !== 'pageup' && key.name !== 'pagedown') return undefined;
  let to = focus;
  const by = key.name === 'pageup' ? 'up' : 'down';
  for (let step = 0; step < Math.max(1, size.rows / 3); step += 1) to = moveFocus(rows, to, by);
  return to;
}

function directionOf({ name, ctrl }: PressedKey): Direction | undefined {
  if (ctrl) return ({ p: 'up', n: 'down' } as const)[name];
  return (['up', 'down', 'left', 'right'] as const).find(one => one === name);
}

// Where No is chosen to begin with, it stands first.
function yesAndNo({ words }: Theme, { given, kept }: Screen): readonly Option[] {
  const option = (key: string): Option => ({
    key,
    label: words(`terminal.${key}`),
    first: false,
    alone: false,
    stores: true,
    asksWords: false,
  });
  return given === false && kept !== true ? [option('no'), option('yes')] : [option('yes'), option('no')];
}

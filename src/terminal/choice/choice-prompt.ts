import type { Option } from '../../core/template/template.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { isEnter, isFinish, pressCommonKey } from '../prompt/common-keys.ts';
import { allLooseWords, goOn, partialTextOf, picksIn, respondWith } from './choice-answer.ts';
import { enter, fetchAside, space } from './choice-enter.ts';
import { answerOf } from './choice-items.ts';
import { layOutChoice } from './choice-layout.ts';
import { pressOwn } from './choice-own-words.ts';
import { moveFocus } from './choice-rows.ts';
import type { Direction } from './choice-rows.ts';
import { startOf, stay, withTyped, withoutTyped } from './choice-state.ts';
import type { Choice, ChoiceState, Turn } from './choice-state.ts';
import { viewChoice } from './choice-view.ts';
import { editText } from '../text-field/edit-keys.ts';
import type { ScreenSize } from '../prompt/screen-region.ts';
import type { Key, PromptState, PressedKey, Step } from '../prompt/prompt-state.ts';
import { writes } from '../prompt/prompt-state.ts';
import { measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { insert, openText, textOf } from '../text-field/text-buffer.ts';

/** The parts that stay the same while the list is on the screen. */
interface List {
  readonly screen: Screen;
  readonly theme: Theme;
  /** The list's initial state. */
  readonly pristine: ChoiceState;
}

/** Asks for a choice from a list: one option (select, confirm) or several (multi). */
export function choicePrompt(question: Screen, theme: Theme): PromptState {
  const screen = question.kind === 'confirm' ? { ...question, options: yesAndNo(theme, question) } : question;
  const pristine = startOf(screen);
  return promptStateFor({ screen, theme, pristine }, pristine);
}

function promptStateFor(list: List, state: ChoiceState): PromptState {
  const { screen, theme } = list;
  return {
    view: size => viewChoice(layOutChoice({ screen, state }, theme, size), theme, size).view,
    press: (key, size) => press(list, state, key, size),
    partialText: partialTextOf(screen, state),
  };
}

function press(list: List, before: ChoiceState, key: Key, size: ScreenSize): Step {
  const { screen } = list;
  const state: ChoiceState = { ...before, notice: undefined };
  const common = pressCommonKey(screen, key, promptStateFor(list, state));
  if (common !== undefined)
    return common.is === 'reply' ? stepOf(list, leave(list, state, common.reply)) : common;
  if (!state.own) return stepOf(list, pressList(list, state, key, size));
  const own = pressOwn(screen, state, key, measureOf(size.columns));
  return stepOf(list, 'is' in own ? own : pressList(list, own, key, size));
}

function stepOf(list: List, turn: Turn): Step {
  if (turn.is === 'reply') return turn;
  return { is: turn.is === 'help' ? 'help' : 'stay', promptState: promptStateFor(list, turn.state) };
}

/** Handles Tab and Shift-Tab without losing anything that is ticked or typed. */
function leave({ screen, pristine }: List, state: ChoiceState, response: PromptResponse): Turn {
  const isMulti = screen.kind === 'multi';
  const partialText = partialTextOf(screen, state);
  const isTyped = partialText !== undefined && partialText !== partialTextOf(screen, pristine);
  const picks = picksIn(screen, state);
  if (response.is === 'back')
    return { is: 'reply', reply: isTyped ? { is: 'back', typed: partialText } : response };
  // An option that the person unticked does not come back.
  const isOther = picks !== pristine.picks || (response.is === 'skip' && picks.size > 0);
  if (isMulti && isOther) return goOn(screen, { ...state, picks });
  const changed = [...picks].filter(([key, words]) => words !== '' && words !== pristine.picks.get(key));
  const [own] = isMulti ? [] : answerOf(screen, new Map(changed));
  return respondWith(screen, state, own === undefined ? response : { is: 'answer', answer: own });
}

/** Handles a key while no own words of an option are typed. */
function pressList(list: List, state: ChoiceState, key: Key, size: ScreenSize): Turn {
  const { screen } = list;
  const isSpace = key.is === 'key' && key.name === 'space' && !key.ctrl;
  const isTyping = state.typed !== undefined || (isSpace && state.shows === 'words');
  if (isEnter(key)) return enter(screen, state, list.theme.words);
  if (isFinish(key) && screen.kind === 'multi' && state.picks.size > 0) return goOn(screen, state);
  if (isFinish(key)) return respondWith(screen, state, { is: 'finish' });
  if (isTyping || key.is === 'paste') return pressWords(list, state, key, size);
  const quiet: ChoiceState = { ...state, shows: undefined };
  if (isSpace) return space(screen, quiet);
  const isBack = key.name === 'backspace' || key.name === 'escape';
  if (isBack && allLooseWords({ ...state, typed: undefined }) !== '') return stay(fetchAside(screen, quiet));
  const moved = move(list, state, key, size);
  if (moved !== undefined) return stay(moved);
  return writes(key) ? pressWords(list, state, key, size) : stay(state);
}

/** Handles a key while words are typed that filter the list. */
function pressWords(list: List, state: ChoiceState, key: Key, size: ScreenSize): Turn {
  const { screen } = list;
  const { typed = openText() } = state;
  // The line end of a paste does not count as Enter.
  const pasted = key.is === 'paste' ? key.text.replace(/[\r\n]+$/, '') : undefined;
  const text = key.is === 'key' && writes(key) ? key.text : pasted;
  if (text !== undefined) return stay(withTyped(screen, state, insert(typed, text)));
  if (key.is === 'key' && key.name === 'escape') return stay(withoutTyped(state));
  const moved = key.is === 'key' ? move(list, state, key, size) : undefined;
  if (moved !== undefined) return stay(moved);
  const edited = editText(typed, key, measureOf(size.columns));
  if (edited === undefined) return stay(state);
  const isSame = textOf(edited) === textOf(typed);
  return stay(isSame ? { ...state, typed: edited } : withTyped(screen, state, edited));
}

/** Moves the highlight; returns undefined for a key that does not move it. */
function move(
  { screen, theme }: List,
  state: ChoiceState,
  key: PressedKey,
  size: ScreenSize,
): ChoiceState | undefined {
  const choice = layOutChoice({ screen, state }, theme, size);
  const focus = arrow(choice, key, size);
  if (focus === undefined) return undefined;
  const moved: ChoiceState = { ...state, focus, moved: true, shows: undefined };
  return { ...moved, top: viewChoice({ ...choice, state: moved }, theme, size).top };
}

function arrow({ rows, items, state }: Choice, key: PressedKey, size: ScreenSize): number | undefined {
  const { focus, typed } = state;
  const direction = directionOf(key);
  const isVertical = direction === 'up' || direction === 'down';
  // While words are typed, left and right move the cursor within them.
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
  return (['up', 'down', 'left', 'right'] as const).find(direction => direction === name);
}

// If No is preselected, it comes first.
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

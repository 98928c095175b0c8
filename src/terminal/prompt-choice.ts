import type { Answer } from '../core/answer.ts';
import type { Option } from '../core/template.ts';
import type { Screen } from '../world.ts';
import { asksForHelp, isEnter, isFinish, pressAny } from './any-keys.ts';
import { answerOf, givenPicks, itemsOf, pickOf, toggle } from './choice-items.ts';
import type { Item, Picks } from './choice-items.ts';
import { layRows, moveFocus } from './choice-rows.ts';
import type { Choice, ChoiceState } from './choice-state.ts';
import { viewChoice } from './choice-view.ts';
import { editText } from './edit-keys.ts';
import type { ScreenSize } from './frame.ts';
import type { Key, Pose, PressedKey, Step } from './pose.ts';
import { writes } from './pose.ts';
import { measureOf } from './question-lines.ts';
import type { Voice } from './question-lines.ts';
import { safe } from './safe.ts';
import { openText, textOf } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';

/** Poses a choice: one (select, confirm) or several (multi). */
export function poseChoice(asked: Screen, voice: Voice): Pose {
  const { words } = voice;
  const screen = asked.kind === 'confirm' ? { ...asked, options: yesAndNo(voice, asked) } : asked;
  const isMulti = screen.kind === 'multi';
  const worded = screen.options.find((option) => option.asksWords);

  const labelOf = (item: Item, { picks }: ChoiceState): string => {
    if (item.is !== 'option') return words(item.is === 'all' ? 'terminal.show_all' : 'terminal.skip_this');
    const own = picks.get(item.option.key);
    return safe(own ? `${item.option.label}: ${own}` : item.option.label);
  };
  const markOf = (item: Item, { picks }: ChoiceState): string =>
    isMulti && item.is === 'option' ? (picks.has(item.option.key) ? '◉ ' : '◯ ') : '';
  const choiceIn = (state: ChoiceState, { columns }: ScreenSize): Choice => {
    const items = itemsOf(screen, state);
    const cells = items.map((item) => ({
      label: labelOf(item, state),
      mark: markOf(item, state),
      group: item.is === 'option' && item.group !== undefined ? safe(item.group) : undefined,
    }));
    return { screen, items, state, rows: layRows(cells, { columns: screen.columns ?? 1, width: measureOf(columns) }) };
  };

  const stay = (state: ChoiceState): Step => ({ is: 'pose', pose: pose(state) });
  const choose = (option: Option, own: string): Step => answer(asked.kind === 'confirm' ? option.key === 'yes' : pickOf(option, own));

  const goOn = (state: ChoiceState): Step => {
    if (state.picks.size > 0) return answer(answerOf(screen, state.picks));
    if (screen.skippable) return { is: 'reply', reply: { is: 'skip' } };
    return stay({ ...state, notice: words('terminal.needs_pick') });
  };

  /** Space on an option of several. */
  const tick = (state: ChoiceState, option: Option): Step => {
    const picks = toggle(screen, state.picks, option);
    if (!picks) return stay({ ...state, notice: words('terminal.limit', { n: screen.limit ?? 0 }) });
    return stay({ ...state, picks, own: option.asksWords && picks.has(option.key) ? openText() : undefined, notice: undefined });
  };

  const open = (state: ChoiceState): Step => {
    const before = itemsOf(screen, state);
    const all = itemsOf(screen, { ...state, all: true });
    // The focus goes to the first option that was not there.
    const focus = all.findIndex((item) => item.is === 'option' && !before.some((old) => old.is === 'option' && old.option.key === item.option.key));
    return stay({ ...state, all: true, focus: Math.max(0, focus), notice: undefined });
  };

  const act = (state: ChoiceState, item: Item | undefined, isSpace: boolean): Step => {
    if (item?.is === 'all') return open(state);
    if (item?.is === 'skip') return { is: 'reply', reply: { is: 'skip' } };
    if (isMulti) return isSpace && item ? tick(state, item.option) : goOn(state);
    if (!item) return stay(state);
    if (item.option.asksWords) return stay({ ...state, own: openText(state.picks.get(item.option.key) ?? '') });
    return choose(item.option, '');
  };

  /** The picks with the words that are being typed among them. */
  const picksIn = (state: ChoiceState): Picks => {
    const item = itemsOf(screen, state)[state.focus];
    if (!state.own || item?.is !== 'option') return state.picks;
    const text = textOf(state.own).trim();
    return isMulti ? new Map(state.picks).set(item.option.key, text) : new Map(text === '' ? [] : [[item.option.key, text]]);
  };
  /** What is ticked and typed, as it would be answered, one a line; of one choice only the own words. */
  const halfOf = (state: ChoiceState): string | undefined => {
    const stored = (key: string): boolean => screen.options.some((option) => option.key === key && option.stores);
    const typed = [...picksIn(state)].filter(([key, own]) => own.trim() !== '' || (isMulti && stored(key)));
    return (isMulti || state.own) && typed.length > 0 ? answerOf(screen, new Map(typed)).join('\n') : undefined;
  };

  /** Keys while the person's own words are typed. */
  const pressOwn = (state: ChoiceState, own: TextBuffer, key: Key, { columns }: ScreenSize): Step => {
    const item = itemsOf(screen, state)[state.focus];
    if (item?.is !== 'option') return stay({ ...state, own: undefined });
    const text = textOf(own);
    const isEscape = key.is === 'key' && (key.name === 'escape' || (key.name === 'backspace' && text === ''));
    const isAway = key.is === 'key' && (key.name === 'up' || key.name === 'down');
    if (isEnter(key) || isFinish(key) || isAway) {
      if (!isMulti) return isAway ? stay({ ...state, own: undefined }) : choose(item.option, text);
      const kept = { ...state, own: undefined, picks: new Map(state.picks).set(item.option.key, text.trim()) };
      return isAway ? press(kept, key, { columns, rows: 24 }) : stay(kept);
    }
    if (isEscape) {
      const picks = new Map(state.picks);
      if (isMulti) picks.delete(item.option.key);
      return stay({ ...state, own: undefined, picks });
    }
    const flat: Key = key.is === 'paste' ? { is: 'paste', text: key.text.replace(/\s+/g, ' ').trim() } : key;
    return stay({ ...state, own: editText(own, flat, measureOf(columns)) ?? own });
  };

  /** Words that are typed into a list go where there is room for the person's own. */
  const ownWords = (state: ChoiceState, option: Option, text: string): Step => {
    const isThere = itemsOf(screen, state).some((item) => item.is === 'option' && item.option.key === option.key);
    const opened = isThere ? state : { ...state, all: true };
    const focus = itemsOf(screen, opened).findIndex((item) => item.is === 'option' && item.option.key === option.key);
    const picks = state.picks.has(option.key) ? state.picks : toggle(screen, state.picks, option);
    if (!picks) return stay({ ...state, notice: words('terminal.limit', { n: screen.limit ?? 0 }) });
    return stay({ ...opened, focus, picks, own: openText([picks.get(option.key) ?? '', text].filter(Boolean).join(' ')) });
  };
  /** Whether letters are words of the person's own: several, and no beginning of what stands there. */
  const areWords = (state: ChoiceState, letters: string): boolean =>
    [...letters].length >= 4 && new Set(letters).size > 1 && !itemsOf(screen, state).some((item) => beginsWith(labelOf(item, state), letters));

  /** A letter jumps; Enter behind letters that spell the word for help shows it, the focus where it was before them. */
  const spell = (state: ChoiceState, spelled: ChoiceState['spelled'], letter: string): Step => {
    const help = words('terminal.help_word');
    const before = spelled ?? { text: '', from: state.focus };
    const text = (before.text + letter).toLowerCase();
    const begun = [{ text, from: before.from }, { text: letter.toLowerCase(), from: state.focus }].find((one) => help.startsWith(one.text));
    const letters = (state.letters ?? '') + letter;
    return stay({ ...(jump(state, letters) ?? jump(state, letter) ?? state), letters, spelled: begun });
  };

  /** The next that begins so; undefined when there is none. What further letters spell may be where the focus is. */
  const jump = (state: ChoiceState, letters: string): ChoiceState | undefined => {
    const items = itemsOf(screen, state);
    const from = state.focus + ([...letters].length > 1 ? 0 : 1);
    const order = [...items.keys()].map((step) => (from + step) % items.length);
    const hit = order.find((index) => {
      const item = items[index];
      return item !== undefined && beginsWith(labelOf(item, state), letters);
    });
    return hit === undefined ? undefined : { ...state, focus: hit };
  };

  const press = (before: ChoiceState, key: Key, size: ScreenSize): Step => {
    const state = { ...before, notice: undefined, spelled: undefined, letters: undefined };
    const any = pressAny(screen, key, pose(state));
    const half = halfOf(state);
    const isTyped = half !== undefined && half !== halfOf(pristine);
    const picks = picksIn(state);
    // What is ticked or typed is not left behind: Tab goes on with it, Shift-Tab finds it again. What is no longer ticked does not come back.
    if (any?.is === 'reply' && any.reply.is === 'back' && isTyped) return { is: 'reply', reply: { is: 'back', typed: answerOf(screen, picks).join('\n') } };
    if (any?.is === 'reply' && any.reply.is !== 'back' && isMulti && picks !== pristine.picks) return goOn({ ...state, picks });
    if (any?.is === 'reply' && any.reply.is !== 'back' && !isMulti && isTyped) return answer(half);
    if (any?.is === 'reply' && any.reply.is === 'skip' && isMulti && picks.size > 0) return goOn(state);
    if (any) return any;
    if (isEnter(key) && before.spelled !== undefined && asksForHelp(before.spelled.text, words)) return { is: 'help', pose: pose({ ...state, focus: before.spelled.from }) };
    if (state.own) return pressOwn(state, state.own, key, size);
    if (key.is === 'paste') return stay({ ...state, notice: words('terminal.pasted') });
    if (isFinish(key)) return isMulti && state.picks.size > 0 ? goOn(state) : { is: 'reply', reply: { is: 'finish' } };
    const choice = choiceIn(state, size);
    const isSpace = key.name === 'space' && !key.ctrl;
    const letters = before.letters ?? '';
    if (isMulti && worded !== undefined && (isEnter(key) || isSpace) && areWords(state, letters)) return ownWords(state, worded, isSpace ? `${letters} ` : letters);
    if (isMulti && isSpace && [...letters].length > 1 && jump(state, `${letters} `) !== undefined) return spell({ ...state, letters }, undefined, ' ');
    if (isEnter(key)) return act(state, choice.items[state.focus], false);
    if (isSpace) return isMulti || choice.items[state.focus]?.is !== 'option' ? act(state, choice.items[state.focus], true) : stay(state);
    const focus = arrow(choice, key, size);
    if (focus !== undefined) return stay({ ...state, focus, top: viewChoice({ ...choice, state: { ...state, focus } }, voice, size).top });
    return writes(key) ? spell({ ...state, letters: before.letters }, before.spelled, key.text) : stay(state);
  };

  const pose = (state: ChoiceState): Pose => ({
    view: (size) => viewChoice(choiceIn(state, size), voice, size).view,
    press: (key, size) => press(state, key, size),
    half: halfOf(state),
  });
  const pristine = startOf(screen);
  return pose(pristine);
}

function beginsWith(label: string, letters: string): boolean {
  return label.toLocaleLowerCase().startsWith(letters.toLocaleLowerCase());
}

function answer(value: Answer): Step {
  return { is: 'reply', reply: { is: 'answer', answer: value } };
}

function arrow({ rows, items, state }: Choice, key: PressedKey, size: ScreenSize): number | undefined {
  if (key.ctrl) return key.name === 'p' ? moveFocus(rows, state.focus, 'up') : key.name === 'n' ? moveFocus(rows, state.focus, 'down') : undefined;
  if (key.name === 'up' || key.name === 'down' || key.name === 'left' || key.name === 'right') return moveFocus(rows, state.focus, key.name);
  if (key.name === 'home') return 0;
  if (key.name === 'end') return items.length - 1;
  if (key.name !== 'pageup' && key.name !== 'pagedown') return undefined;
  let focus = state.focus;
  for (let step = 0; step < Math.max(1, size.rows / 3); step += 1) focus = moveFocus(rows, focus, key.name === 'pageup' ? 'up' : 'down');
  return focus;
}

// Where No is chosen to begin with, it stands first.
function yesAndNo({ words }: Voice, { given, kept }: Screen): readonly Option[] {
  const option = (key: string): Option => ({ key, label: words(`terminal.${key}`), first: false, alone: false, stores: true, asksWords: false });
  return given === false && kept !== true ? [option('no'), option('yes')] : [option('yes'), option('no')];
}

function startOf(screen: Screen): ChoiceState {
  const picks = givenPicks(screen);
  const isHidden = screen.options.some((option) => !option.first && !option.alone && picks.has(option.key));
  const all = screen.kind !== 'multi' && isHidden;
  const items = itemsOf(screen, { all, picks });
  const focus = screen.kind === 'multi' ? 0 : items.findIndex((item) => item.is === 'option' && picks.has(item.option.key));
  return { picks, focus: Math.max(0, focus), all, top: 0 };
}

import type { Option } from '../../core/template/template.ts';
import type { Screen } from '../../world/world.ts';
import { isEnter, isFinish } from '../prompt/common-keys.ts';
import { choose, looseWords, toggled } from './choice-answer.ts';
import { focusOn, itemsIn, stay, withoutTyped } from './choice-state.ts';
import type { ChoiceState, Turn } from './choice-state.ts';
import { editText } from '../text-field/edit-keys.ts';
import type { Key } from '../prompt/prompt-state.ts';
import { textOf } from '../text-field/text-buffer.ts';

/** Returns the option that takes the person's own words. */
export function ownOption({ options }: Screen): Option | undefined {
  return options.find(option => option.asksWords);
}

/**
 * Handles a key while the person types own words for an option, in a field `width` columns wide. Enter
 * accepts them. Returns only a state if the list has to handle the key: up and down leave the field and keep
 * the words.
 */
export function pressOwn(screen: Screen, state: ChoiceState, key: Key, width: number): Turn | ChoiceState {
  const { own, focus = 0 } = state;
  const item = itemsIn(screen, state)[focus];
  if (own === undefined || item?.is !== 'option') return { ...state, own: undefined };
  const text = textOf(own);
  const picks = new Map(state.picks).set(item.option.key, text.trim());
  const leavesField = key.is === 'key' && (key.name === 'up' || key.name === 'down');
  if (leavesField) return { ...state, own: undefined, picks };
  if (isEnter(key) || isFinish(key)) {
    if (screen.kind !== 'multi') return choose(screen, state, item.option, text);
    return stay({ ...state, own: undefined, picks });
  }
  if (key.is === 'key' && (key.name === 'escape' || (key.name === 'backspace' && text === ''))) {
    const remaining = new Map(state.picks);
    remaining.delete(item.option.key);
    return stay({ ...state, own: undefined, picks: remaining });
  }
  const line: Key = key.is === 'paste' ? { is: 'paste', text: key.text.replace(/\s+/g, ' ').trim() } : key;
  return stay({ ...state, own: editText(own, line, width) ?? own });
}

// Set the words aside, so that Space can untick an option.
function atLimit(screen: Screen, state: ChoiceState): Turn {
  const full: ChoiceState = { ...state, notice: ['terminal.limit', { n: screen.limit ?? 0 }] };
  if (screen.wordsTo === undefined) return stay(full);
  return stay({ ...withoutTyped(full), aside: looseWords(state), shows: 'words' });
}

/** Adds words typed at the list to an option's own words; the next Enter answers with them. */
export function addOwnWords(screen: Screen, state: ChoiceState, option: Option, words: string): Turn {
  const base = state.picks.has(option.key) ? state.picks : toggled(screen, state, option);
  if (base === undefined) return atLimit(screen, state);
  const own = [base.get(option.key) ?? '', words.replace(/\s+/g, ' ').trim()].filter(Boolean).join(' ');
  const picks = new Map(base).set(option.key, own);
  const isShown = screen.kind === 'multi' || option.first || option.alone;
  const all = state.all || !isShown;
  const next: ChoiceState = { ...state, picks, typed: undefined, all, top: 0, shows: 'words' };
  return stay({ ...next, focus: focusOn(screen, next, option.key), notice: ['terminal.goes_on'] });
}

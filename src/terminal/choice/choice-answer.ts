import type { Answer } from '../../core/notes/answer.ts';
import { joinPartialList } from '../../core/template/partial-list.ts';
import type { Option } from '../../core/template/template.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { answerOf, givenPicks, pickOf, toggle } from './choice-items.ts';
import type { Picks } from './choice-items.ts';
import { itemsIn, stay, typedIn } from './choice-state.ts';
import type { ChoiceState, Turn } from './choice-state.ts';
import { textOf } from '../text-field/text-buffer.ts';

/** Returns the words typed at the list that no option has taken: those set aside, and those being typed. */
export function looseWords(state: ChoiceState): string {
  return [state.aside, typedIn(state).trim()].filter(Boolean).join('\n');
}

/** Returns the loose words, with own words of options that were unticked. */
export function allLooseWords(state: ChoiceState): string {
  const freed = [...state.freed].filter(([key]) => !state.picks.has(key)).map(([, own]) => own.trim());
  return [...freed, looseWords(state)].filter(Boolean).join('\n');
}

/** Responds with the loose words added. If the question has no place to save them, it stays and says so. */
export function respondWith(
  screen: Screen,
  state: ChoiceState,
  response: Exclude<PromptResponse, { is: 'back' }>,
): Turn {
  const words = allLooseWords(state);
  if (words === '') return { is: 'reply', reply: response };
  if (screen.wordsTo === undefined) return stay({ ...state, notice: ['terminal.takes_choice_back'] });
  return { is: 'reply', reply: { ...response, words } };
}

/** Answers a list of several with the ticked options. */
export function goOn(screen: Screen, state: ChoiceState): Turn {
  const answer = answerOf(screen, state.picks);
  if (answer.length > 0) return respondWith(screen, state, { is: 'answer', answer });
  if (screen.skippable) return respondWith(screen, state, { is: 'skip' });
  return stay({ ...state, notice: ['terminal.needs_pick'] });
}

/** Answers a question of one choice. Own words typed for another option are added as loose words. */
export function choose(screen: Screen, state: ChoiceState, option: Option, own: string): Turn {
  const given = givenPicks(screen);
  const others = [...state.picks].filter(([key, words]) => key !== option.key && given.get(key) !== words);
  const aside = [...others.map(([, words]) => words), state.aside].filter(Boolean).join('\n');
  const answer: Answer = screen.kind === 'confirm' ? option.key === 'yes' : pickOf(option, own);
  return respondWith(screen, { ...state, aside }, { is: 'answer', answer });
}

/**
 * Returns the picks with an option ticked (with the own words that it had before) or unticked; undefined if
 * that exceeds the limit.
 */
export function toggled(screen: Screen, { picks, freed }: ChoiceState, option: Option): Picks | undefined {
  if (screen.kind !== 'multi') return new Map(picks).set(option.key, picks.get(option.key) ?? '');
  return toggle(screen, picks, option, freed.get(option.key) ?? '');
}

/** Returns the picks, including the own words that are being typed. */
export function picksIn(screen: Screen, state: ChoiceState): Picks {
  const item = state.focus === undefined ? undefined : itemsIn(screen, state)[state.focus];
  if (!state.own || item?.is !== 'option') return state.picks;
  return new Map(state.picks).set(item.option.key, textOf(state.own).trim());
}

/** Returns the ticked options and typed words as a text for the draft; undefined if there are none. */
export function partialTextOf(screen: Screen, state: ChoiceState): string | undefined {
  const given = givenPicks(screen);
  const isTyped = ([key, own]: readonly [string, string]): boolean => {
    const hasOwn = own.trim() !== '';
    if (screen.kind !== 'multi') return hasOwn && (state.own !== undefined || given.get(key) !== own);
    return hasOwn || screen.options.some(option => option.key === key && option.stores);
  };
  const picks = answerOf(screen, new Map([...picksIn(screen, state)].filter(isTyped)));
  const partialText = joinPartialList({ picks, words: allLooseWords(state) }, screen.options);
  return partialText === '' ? undefined : partialText;
}

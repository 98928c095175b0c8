import type { Answer } from '../../core/notes/answer.ts';
import { joinPartialList } from '../../core/template/partial-list.ts';
import type { Option } from '../../core/template/template.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { answerOf, givenPicks, pickOf, toggle } from './choice-items.ts';
import type { Picks } from './choice-items.ts';
import { itemsIn, stay, typedIn } from './choice-state.ts';
import type { ChoiceState, Turn } from './choice-state.ts';
import { textOf } from '../text-field/text-buffer.ts';

/** Words typed at the list that no option has taken: put away, or typed still. */
export function looseWords(state: ChoiceState): string {
  return [state.aside, typedIn(state).trim()].filter(Boolean).join('\n');
}

/** The same, and own words of options that were freed again. */
export function allLooseWords(state: ChoiceState): string {
  const freed = [...state.freed].filter(([key]) => !state.picks.has(key)).map(([, own]) => own.trim());
  return [...freed, looseWords(state)].filter(Boolean).join('\n');
}

/** Replies, the loose words along with it; where nothing would keep them, the question stays and says so. */
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

/** Goes on from a list of several, with what is ticked. */
export function goOn(screen: Screen, state: ChoiceState): Turn {
  const answer = answerOf(screen, state.picks);
  if (answer.length > 0) return respondWith(screen, state, { is: 'answer', answer });
  if (screen.skippable) return respondWith(screen, state, { is: 'skip' });
  return stay({ ...state, notice: ['terminal.needs_pick'] });
}

/** Answers a question of one choice. Own words that were typed for another option go along. */
export function choose(screen: Screen, state: ChoiceState, option: Option, own: string): Turn {
  const given = givenPicks(screen);
  const others = [...state.picks].filter(([key, words]) => key !== option.key && given.get(key) !== words);
  const aside = [...others.map(([, words]) => words), state.aside].filter(Boolean).join('\n');
  const answer: Answer = screen.kind === 'confirm' ? option.key === 'yes' : pickOf(option, own);
  return respondWith(screen, { ...state, aside }, { is: 'answer', answer });
}

/** Gives the picks with an option ticked, own words it had with it, or freed; undefined beyond the limit. */
export function toggled(screen: Screen, { picks, freed }: ChoiceState, option: Option): Picks | undefined {
  if (screen.kind !== 'multi') return new Map(picks).set(option.key, picks.get(option.key) ?? '');
  return toggle(screen, picks, option, freed.get(option.key) ?? '');
}

/** The picks with the words that are being typed among them. */
export function picksIn(screen: Screen, state: ChoiceState): Picks {
  const item = state.focus === undefined ? undefined : itemsIn(screen, state)[state.focus];
  if (!state.own || item?.is !== 'option') return state.picks;
  return new Map(state.picks).set(item.option.key, textOf(state.own).trim());
}

/** What is ticked and typed, as a text for the draft; undefined where nothing is. */
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

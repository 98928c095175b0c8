import type { Screen, Words } from '../../world/world.ts';
import { asksForHelp } from '../prompt/common-keys.ts';
import { allLooseWords, choose, goOn, looseWords, respondWith, toggled } from './choice-answer.ts';
import { itemsOf } from './choice-items.ts';
import type { Item, Picks } from './choice-items.ts';
import { addOwnWords } from './choice-own-words.ts';
import { focusOn, hasWords, itemsIn, stay, typedIn, withTyped, withoutTyped } from './choice-state.ts';
import type { ChoiceState, Turn } from './choice-state.ts';
import { filterItems } from './choice-filter.ts';
import type { Option } from '../../core/template/template.ts';
import { openText } from '../text-field/text-buffer.ts';

/** Handles Enter at a list. */
export function enter(screen: Screen, state: ChoiceState, words: Words): Turn {
  if (state.typed === undefined) return enterBare(screen, state);
  if (!hasWords(state)) return enterBare(screen, { ...withoutTyped(state), focus: state.focus });
  return enterWords(screen, state, words);
}

/** Handles Space at a list while no words are typed. */
export function space(screen: Screen, state: ChoiceState): Turn {
  const item = focused(screen, state);
  if (item?.is === 'all') return openAll(screen, state);
  return screen.kind === 'multi' && item?.is === 'option' ? tick(screen, state, item.option) : stay(state);
}

/** Returns the list with all set-aside words in the typing field again, to be edited or deleted. */
export function fetchAside(screen: Screen, state: ChoiceState): ChoiceState {
  return withTyped(screen, { ...state, aside: '', freed: new Map() }, openText(allLooseWords(state)));
}

function focused(screen: Screen, state: ChoiceState): Item | undefined {
  return state.focus === undefined ? undefined : itemsIn(screen, state)[state.focus];
}

function enterBare(screen: Screen, state: ChoiceState): Turn {
  const item = focused(screen, state);
  if (item?.is === 'all') return openAll(screen, state);
  if (item?.is === 'skip') return respondWith(screen, state, { is: 'skip' });
  if (screen.kind === 'multi' && state.picks.size > 0) return goOn(screen, state);
  if (item === undefined) return takesChoice(state);
  if (screen.kind !== 'multi') return enterOne(screen, state, item.option);
  if (screen.oneIsEnough === true) return goOn(screen, { ...state, picks: new Map([[item.option.key, '']]) });
  return state.moved ? mark(screen, state, item.option) : goOn(screen, state);
}

// If Enter has just accepted own words, they are on the screen, and the next Enter answers with them.
function enterOne(screen: Screen, state: ChoiceState, option: Option): Turn {
  const own = state.picks.get(option.key) ?? '';
  if (!option.asksWords || state.shows === 'words') return choose(screen, state, option, own);
  return stay({ ...state, own: openText(own) });
}

function enterWords(screen: Screen, state: ChoiceState, words: Words): Turn {
  const text = typedIn(state).trim();
  if (asksForHelp(text, words)) return { is: 'help', state: withoutTyped(state) };
  const matches = filterItems(screen, text, itemsOf(screen, state));
  const item = focused(screen, state);
  if (item === undefined && matches.count === 0) return putAside(screen, state);
  if (item === undefined) return stay({ ...state, notice: ['terminal.several', { n: matches.count }] });
  if (item.is === 'all') return openAll(screen, { ...state, focus: undefined });
  if (item.is === 'skip') return respondWith(screen, state, { is: 'skip' });
  const { option } = item;
  if (option.asksWords && !matches.namesOwn) return addOwnWords(screen, state, option, text);
  // Words that match no option were not meant as a filter: save them as words.
  const isLoose = matches.count === 0;
  if (isLoose && screen.wordsTo === undefined) return takesChoice(state, 'terminal.takes_choice_back');
  const aside = isLoose ? looseWords(state) : state.aside;
  const found: ChoiceState = { ...withoutTyped(state), aside, focus: focusOn(screen, state, option.key) };
  if (screen.kind === 'multi') return mark(screen, found, option, 'words');
  return option.asksWords ? stay({ ...found, own: openText() }) : choose(screen, found, option, '');
}

function putAside(screen: Screen, state: ChoiceState): Turn {
  if (screen.wordsTo === undefined) return takesChoice(state, 'terminal.takes_choice_back');
  const bare = { ...withoutTyped(state), aside: looseWords(state), moved: false, shows: 'words' } as const;
  return takesChoice({ ...bare, focus: undefined });
}

function takesChoice(state: ChoiceState, key = 'terminal.takes_choice'): Turn {
  return stay({ ...state, notice: [key] });
}

/** Handles Enter on an option of several: ticks it (never unticks) and says so. */
function mark(screen: Screen, state: ChoiceState, option: Option, shows: 'tick' | 'words' = 'tick'): Turn {
  const turn = state.picks.has(option.key) ? stay(state) : tick(screen, state, option);
  if (turn.is !== 'stay' || turn.state.notice !== undefined) return turn;
  const focus = focusOn(screen, turn.state, option.key);
  return stay({ ...turn.state, focus, shows, notice: turn.state.own ? undefined : ['terminal.goes_on'] });
}

function tick(screen: Screen, state: ChoiceState, option: Option): Turn {
  const picks = toggled(screen, state, option);
  if (picks === undefined) return stay({ ...state, notice: ['terminal.limit', { n: screen.limit ?? 0 }] });
  const own = option.asksWords && picks.has(option.key) ? openText(picks.get(option.key) ?? '') : undefined;
  return stay({ ...state, picks, own, freed: freedBy(state, picks), moved: false });
}

function freedBy({ picks, freed }: ChoiceState, next: Picks): Picks {
  return new Map([...freed, ...[...picks].filter(([key, own]) => own !== '' && !next.has(key))]);
}

function openAll(screen: Screen, state: ChoiceState): Turn {
  const before = itemsOf(screen, state);
  const opened: ChoiceState = { ...state, all: true };
  const wasThere = (item: Item): boolean =>
    item.is !== 'option' || before.some(old => old.is === 'option' && old.option.key === item.option.key);
  // Move the focus to the first option that was hidden.
  const focus = itemsOf(screen, opened).findIndex(item => !wasThere(item));
  return stay({ ...opened, focus: Math.max(0, focus) });
}

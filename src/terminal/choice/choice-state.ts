import type { Params } from '../../errors.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { givenPicks, givenWords, itemsOf } from './choice-items.ts';
import type { Item, Picks } from './choice-items.ts';
import type { Row } from './choice-rows.ts';
import { leftBy } from './choice-filter.ts';
import { openText, textOf } from '../text-field/text-buffer.ts';
import type { TextBuffer } from '../text-field/text-buffer.ts';

/** What a person has done in a list so far. */
export interface ChoiceState {
  readonly picks: Picks;
  /** The index of the highlighted item among those shown; absent where Enter and Space would take none. */
  readonly focus?: number;
  readonly all: boolean;
  readonly top: number;
  readonly notice?: Notice;
  /** The person's own words for the focused option, while they are typed. */
  readonly own?: TextBuffer;
  /** Words typed at the list itself: they filter it, and tick nothing. */
  readonly typed?: TextBuffer;
  /** The focus before these words. */
  readonly before?: number;
  /** Words that Enter has put away: they go along with the answer. */
  readonly aside: string;
  /** True where an arrow has moved the focus since Space was pressed last. */
  readonly moved: boolean;
  /** What Enter has just done and shows: it ticked an option, or it took the typed words. */
  readonly shows?: 'tick' | 'words';
  /** Own words of options that were freed: they are there again when the option is ticked again. */
  readonly freed: Picks;
}

/** A sentence below the list: a key of the words, and what fills its places. */
export type Notice = readonly [key: string, params?: Params];

/** A list as it stands: what is shown. */
export interface Choice {
  readonly screen: Screen;
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
  readonly state: ChoiceState;
}

/** What a key makes of a list. */
export type Turn =
  | { readonly is: 'stay'; readonly state: ChoiceState }
  | { readonly is: 'help'; readonly state: ChoiceState }
  | { readonly is: 'reply'; readonly reply: PromptResponse };

export function stay(state: ChoiceState): Turn {
  return { is: 'stay', state };
}

/** Gives the list as it is first shown: with what was given, and with words that were typed there before. */
export function startOf(screen: Screen): ChoiceState {
  const picks = givenPicks(screen);
  const isHidden = screen.options.some(option => !option.first && !option.alone && picks.has(option.key));
  const all = screen.kind !== 'multi' && isHidden;
  const items = itemsOf(screen, { all, picks });
  const isGiven = (item: Item): boolean => item.is === 'option' && picks.has(item.option.key);
  const focus = screen.kind === 'multi' ? 0 : Math.max(0, items.findIndex(isGiven));
  const start: ChoiceState = { picks, focus, all, top: 0, aside: '', moved: false, freed: new Map() };
  const words = givenWords(screen);
  return words === '' ? start : withTyped(screen, start, openText(words));
}

/** Gives the items that are shown: as far as the list is open, or what the typed words leave of it. */
export function itemsIn(screen: Screen, state: ChoiceState): readonly Item[] {
  const items = itemsOf(screen, state);
  return hasWords(state) ? leftBy(screen, typedIn(state), items).items : items;
}

/** Gives the list with these words typed; the highlight goes where they lead. */
export function withTyped(screen: Screen, state: ChoiceState, typed: TextBuffer): ChoiceState {
  const before = state.typed === undefined ? state.focus : state.before;
  const fresh = { moved: false, top: 0, notice: undefined, shows: undefined } as const;
  const next: ChoiceState = { ...state, ...fresh, typed, before };
  if (hasWords(next)) return { ...next, focus: leftBy(screen, typedIn(next), itemsOf(screen, next)).pointed };
  return textOf(typed) === '' ? withoutTyped(next) : { ...next, focus: undefined };
}

/** Gives the list without the typed words, the focus where it was before them. */
export function withoutTyped(state: ChoiceState): ChoiceState {
  return { ...state, typed: undefined, before: undefined, focus: state.before, top: 0 };
}

/** The text that is typed at the list. */
export function typedIn({ typed }: ChoiceState): string {
  return typed === undefined ? '' : textOf(typed);
}

/** True where more than blanks is typed at the list. */
export function hasWords(state: ChoiceState): boolean {
  return typedIn(state).trim() !== '';
}

/** The index of an option among the items that are shown without typed words. */
export function focusOn(screen: Screen, state: ChoiceState, key: string): number {
  const isIt = (item: Item): boolean => item.is === 'option' && item.option.key === key;
  return Math.max(0, itemsOf(screen, state).findIndex(isIt));
}

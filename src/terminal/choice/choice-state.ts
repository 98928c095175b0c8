import type { Params } from '../../errors.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';
import { givenPicks, givenWords, itemsOf } from './choice-items.ts';
import type { Item, Picks } from './choice-items.ts';
import type { Row } from './choice-rows.ts';
import { filterItems } from './choice-filter.ts';
import { openText, textOf } from '../text-field/text-buffer.ts';
import type { TextBuffer } from '../text-field/text-buffer.ts';

/** The state of a list: what the person has done in it so far. */
export interface ChoiceState {
  readonly picks: Picks;
  /** The index of the highlighted item among those shown; undefined if Enter and Space would choose none. */
  readonly focus?: number;
  readonly all: boolean;
  readonly top: number;
  readonly notice?: Notice;
  /** The person's own words for the focused option, while they are being typed. */
  readonly own?: TextBuffer;
  /** Words typed at the list itself: they filter it, and tick nothing. */
  readonly typed?: TextBuffer;
  /** The focus before these words were typed. */
  readonly before?: number;
  /** Words that Enter has set aside: they are saved along with the answer. */
  readonly aside: string;
  /** True if an arrow has moved the focus since Space was last pressed. */
  readonly moved: boolean;
  /** What Enter has just done: ticked an option, or accepted the typed words. */
  readonly shows?: 'tick' | 'words';
  /** Own words of options that were unticked: they return when the option is ticked again. */
  readonly freed: Picks;
}

/** A sentence below the list: a message key and its params. */
export type Notice = readonly [key: string, params?: Params];

/** A list with its layout: the items and rows that are shown. */
export interface Choice {
  readonly screen: Screen;
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
  readonly state: ChoiceState;
}

/** The result of a key on a list. */
export type Turn =
  | { readonly is: 'stay'; readonly state: ChoiceState }
  | { readonly is: 'help'; readonly state: ChoiceState }
  | { readonly is: 'reply'; readonly reply: PromptResponse };

export function stay(state: ChoiceState): Turn {
  return { is: 'stay', state };
}

/**
 * Returns the initial state of a list: with the given answer, and with words that were typed there in an
 * earlier run.
 */
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

/** Returns the items that are shown: those that match the typed words, if there are any. */
export function itemsIn(screen: Screen, state: ChoiceState): readonly Item[] {
  const items = itemsOf(screen, state);
  return hasWords(state) ? filterItems(screen, typedIn(state), items).items : items;
}

/** Returns the list with these words typed; the highlight moves to the option that Enter would choose. */
export function withTyped(screen: Screen, state: ChoiceState, typed: TextBuffer): ChoiceState {
  const before = state.typed === undefined ? state.focus : state.before;
  const fresh = { moved: false, top: 0, notice: undefined, shows: undefined } as const;
  const next: ChoiceState = { ...state, ...fresh, typed, before };
  if (hasWords(next))
    return { ...next, focus: filterItems(screen, typedIn(next), itemsOf(screen, next)).pointed };
  return textOf(typed) === '' ? withoutTyped(next) : { ...next, focus: undefined };
}

/** Returns the list without the typed words, the focus where it was before them. */
export function withoutTyped(state: ChoiceState): ChoiceState {
  return { ...state, typed: undefined, before: undefined, focus: state.before, top: 0 };
}

/** Returns the text that is typed at the list. */
export function typedIn({ typed }: ChoiceState): string {
  return typed === undefined ? '' : textOf(typed);
}

/** True if more than blanks is typed at the list. */
export function hasWords(state: ChoiceState): boolean {
  return typedIn(state).trim() !== '';
}

/** Returns the index of an option among the items shown without typed words; 0 if it is not shown. */
export function focusOn(screen: Screen, state: ChoiceState, key: string): number {
  const isOption = (item: Item): boolean => item.is === 'option' && item.option.key === key;
  return Math.max(0, itemsOf(screen, state).findIndex(isOption));
}

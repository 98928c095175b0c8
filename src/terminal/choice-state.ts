import type { Screen } from '../world.ts';
import type { Item, Picks } from './choice-items.ts';
import type { Row } from './choice-rows.ts';
import type { TextBuffer } from './text-buffer.ts';

/** What a person has done in a list so far. */
export interface ChoiceState {
  readonly picks: Picks;
  readonly focus: number;
  readonly all: boolean;
  readonly top: number;
  readonly notice?: string;
  /** The person's own words for the focused option, while they are typed. */
  readonly own?: TextBuffer;
  /** Letters that were typed one after the other. */
  readonly letters?: string;
  /** Letters that may become the word for help, and where the focus was before them. */
  readonly spelled?: { readonly text: string; readonly from: number };
}

/** A list as it stands: what is shown. */
export interface Choice {
  readonly screen: Screen;
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
  readonly state: ChoiceState;
}

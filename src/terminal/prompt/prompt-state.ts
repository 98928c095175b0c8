import type { PromptResponse } from '../../world/world.ts';
import type { ScreenSize, View } from './screen-region.ts';

/** A key as the person pressed it, or a text that arrived at once. */
export type Key =
  | {
      readonly is: 'key';
      readonly name: string;
      readonly ctrl: boolean;
      readonly alt: boolean;
      readonly shift: boolean;
      readonly text: string;
    }
  | { readonly is: 'paste'; readonly text: string };

/**
 * A question as it stands at one moment, and what a key makes of it. Immutable and without a terminal: every
 * prompt is a pose, one driver (`prompt-runner.ts`) runs them all.
 */
export interface PromptState {
  readonly view: (size: ScreenSize) => View;
  readonly press: (key: Key, size: ScreenSize) => Step;
  /** A text that is being typed, for the draft. */
  readonly partialText?: string;
}

export type Step =
  | { readonly is: 'pose'; readonly promptState: PromptState }
  /** `unless`: how the question stands if more of the same input follows at once, because it was a paste. */
  | { readonly is: 'reply'; readonly reply: PromptResponse; readonly unless?: PromptState }
  | { readonly is: 'help'; readonly promptState: PromptState }
  /** A page was read; the pose is the question's, as it stood. */
  | { readonly is: 'left'; readonly promptState: PromptState }
  | {
      readonly is: 'edit';
      readonly text: string;
      readonly back: (text: string, notice?: string) => PromptState;
    };

/** What settles a pose. */
export type Settled = Exclude<Step, { is: 'pose' }>;

export type PressedKey = Extract<Key, { is: 'key' }>;

/** True for a key that writes its own text. */
export function writes(key: PressedKey): boolean {
  return !key.ctrl && !key.alt && key.text !== '' && !/^[\u0000-\u001f\u007f]/.test(key.text);
}

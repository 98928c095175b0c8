import type { PromptResponse } from '../../world/world.ts';
import type { ScreenSize, View } from './screen-region.ts';

/** A key that the person pressed, or a pasted text. */
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
 * The state of a prompt at one moment: how it looks, and the next step for each key. Immutable and without a
 * terminal. One runner (`prompt-runner.ts`) runs all prompts.
 */
export interface PromptState {
  readonly view: (size: ScreenSize) => View;
  readonly press: (key: Key, size: ScreenSize) => Step;
  /** The half-typed text, for the draft. */
  readonly partialText?: string;
}

export type Step =
  | { readonly is: 'stay'; readonly promptState: PromptState }
  /**
   * `unless`: the state to continue with if more of the same input follows immediately, because it was a
   * paste.
   */
  | { readonly is: 'reply'; readonly reply: PromptResponse; readonly unless?: PromptState }
  | { readonly is: 'help'; readonly promptState: PromptState }
  /** The person has closed a page; `promptState` is the question's, unchanged. */
  | { readonly is: 'closed'; readonly promptState: PromptState }
  | {
      readonly is: 'edit';
      readonly text: string;
      readonly back: (text: string, notice?: string) => PromptState;
    };

/** A step that ends a run of the prompt. */
export type Settled = Exclude<Step, { is: 'stay' }>;

export type PressedKey = Extract<Key, { is: 'key' }>;

/** True for a key that writes its own text. */
export function writes(key: PressedKey): boolean {
  return !key.ctrl && !key.alt && key.text !== '' && !/^[\u0000-\u001f\u007f]/.test(key.text);
}

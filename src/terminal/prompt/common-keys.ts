import type { Screen, Words } from '../../world/world.ts';
import type { Key, PromptState, Step } from './prompt-state.ts';

/**
 * The keys that mean the same on every question: Tab skips, Shift-Tab goes back, Ctrl-G shows people to
 * reach.
 */
export function pressAny(screen: Screen, key: Key, promptState: PromptState): Step | undefined {
  if (key.is === 'paste') return undefined;
  if (key.name === 'tab' && key.shift)
    return screen.canGoBack
      ? { is: 'reply', reply: { is: 'back' } }
      : { is: 'pose', promptState: promptState };
  // What was answered before stays as it is.
  if (key.name === 'tab' && screen.kept === true && screen.given !== undefined)
    return { is: 'reply', reply: { is: 'answer', answer: screen.given } };
  if (key.name === 'tab')
    return screen.skippable
      ? { is: 'reply', reply: { is: 'skip' } }
      : { is: 'pose', promptState: promptState };
  if (key.ctrl && key.name === 'g') return { is: 'help', promptState: promptState };
  return undefined;
}

/** Enter, with Shift or Alt too: where an answer is one line they mean the same. */
export function isEnter(key: Key): boolean {
  return key.is === 'key' && (key.name === 'return' || key.name === 'enter');
}

/**
 * Shift-Enter and Alt-Enter, where the terminal tells them from Enter: in a text of several lines they begin
 * a new one.
 */
export function isLineBreak(key: Key): boolean {
  return isEnter(key) && key.is === 'key' && key.alt;
}

/** Ctrl-D: what is there counts; where nothing is, "finish here". */
export function isFinish(key: Key): boolean {
  return key.is === 'key' && key.ctrl && key.name === 'd';
}

/** True for a text that asks for the page with people to reach: the word for help, and nothing else. */
export function asksForHelp(text: string, words: Words): boolean {
  return text.trim().toLowerCase() === words('terminal.help_word');
}

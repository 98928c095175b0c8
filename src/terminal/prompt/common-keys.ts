import type { Screen, Words } from '../../world/world.ts';
import type { Key, PromptState, Step } from './prompt-state.ts';

/**
 * Handles the keys that mean the same on every question: Tab skips, Shift-Tab goes back, Ctrl-G shows people
 * to reach. Returns undefined for any other key.
 */
export function pressCommonKey(screen: Screen, key: Key, promptState: PromptState): Step | undefined {
  if (key.is === 'paste') return undefined;
  if (key.name === 'tab' && key.shift)
    return screen.canGoBack ? { is: 'reply', reply: { is: 'back' } } : { is: 'stay', promptState };
  // The earlier answer stays as it is.
  if (key.name === 'tab' && screen.kept === true && screen.given !== undefined)
    return { is: 'reply', reply: { is: 'answer', answer: screen.given } };
  if (key.name === 'tab')
    return screen.skippable ? { is: 'reply', reply: { is: 'skip' } } : { is: 'stay', promptState };
  if (key.ctrl && key.name === 'g') return { is: 'help', promptState };
  return undefined;
}

/** True for Enter, also with Shift or Alt: where an answer is one line they mean the same. */
export function isEnter(key: Key): boolean {
  return key.is === 'key' && (key.name === 'return' || key.name === 'enter');
}

/**
 * True for Shift-Enter and Alt-Enter, if the terminal tells them from Enter: they begin a new line in a text
 * of several lines.
 */
export function isLineBreak(key: Key): boolean {
  return isEnter(key) && key.is === 'key' && key.alt;
}

/**
 * True for Ctrl-D: it ends the question with the present answer; without an answer it means "finish here".
 */
export function isFinish(key: Key): boolean {
  return key.is === 'key' && key.ctrl && key.name === 'd';
}

/** True if a text is the word for help and nothing else: it asks for the page with people to reach. */
export function asksForHelp(text: string, words: Words): boolean {
  return text.trim().toLowerCase() === words('terminal.help_word');
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { findWords } from '../../src/core/language/words.ts';
import type { WordTree } from '../../src/core/language/words.ts';
import type { Key, PromptState, PressedKey, Settled } from '../../src/terminal/prompt/prompt-state.ts';
import type { Words } from '../../src/world/world.ts';
import { plainStyle } from '../../src/terminal/output/styles.ts';

// As the build does it: the file's name is the first part of a key.
export const tree: WordTree = {
  terminal: parse(readFileSync(new URL('../../templates/en/words/terminal.yaml', import.meta.url), 'utf8')),
};
export const words: Words = (entry, params) => findWords(tree, entry, params);
export const theme = { words, style: plainStyle };

const named: Readonly<Record<string, Partial<PressedKey>>> = {
  enter: { name: 'return', text: '\r' },
  'alt-enter': { name: 'return', alt: true, text: '\u001b\r' },
  space: { name: 'space', text: ' ' },
  tab: { name: 'tab', text: '\t' },
  'shift-tab': { name: 'tab', shift: true },
  'ctrl-d': { name: 'd', ctrl: true, text: '\u0004' },
  'ctrl-g': { name: 'g', ctrl: true, text: '\u0007' },
  'ctrl-o': { name: 'o', ctrl: true, text: '\u000f' },
};
const bare = [
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
  'backspace',
  'delete',
  'escape',
];

/** Makes a key of its name, or of the character that it writes. */
export function key(name: string): Key {
  const plain = { is: 'key', name, ctrl: false, alt: false, shift: false, text: '' } as const;
  if (named[name]) return { ...plain, ...named[name] };
  return bare.includes(name) ? plain : { ...plain, name: name.toLowerCase(), text: name };
}

const keyNames: Readonly<Record<string, string>> = { ' ': 'space', '\n': 'enter' };

/** Gives the keys that type a text, one for each character. */
export function keysOf(text: string): readonly string[] {
  return [...text].map(letter => keyNames[letter] ?? letter);
}

export interface Pressed {
  readonly pose: PromptState;
  readonly settled?: Settled;
}

/** Presses keys until the pose is settled. */
export function press(
  promptState: PromptState,
  keys: readonly (string | Key)[],
  { columns = 80, rows = 24 } = {},
): Pressed {
  let now = promptState;
  for (const each of keys) {
    const step = now.press(typeof each === 'string' ? key(each) : each, { columns, rows });
    if (step.is !== 'stay') return { pose: now, settled: step };
    now = step.promptState;
  }
  return { pose: now };
}

/** Presses keys and gives what was answered; undefined while it is not. */
export function answerTo(promptState: PromptState, keys: readonly (string | Key)[]): unknown {
  const { settled } = press(promptState, keys);
  if (settled?.is !== 'reply') return settled?.is;
  return settled.reply.is === 'answer' ? settled.reply.answer : settled.reply.is;
}

export function linesOf(promptState: PromptState, columns = 80, rows = 24): string {
  return promptState.view({ columns, rows }).lines.join('\n');
}

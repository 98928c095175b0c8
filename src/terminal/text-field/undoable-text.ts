import { editText, isKill } from './edit-keys.ts';
import type { Key } from '../prompt/prompt-state.ts';
import { insert, openText, textOf } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';

/**
 * A text that is being written, with the history for undo and for deleted words. It exists in memory for one
 * question only, and never goes into a file.
 */
export interface Writing {
  readonly buffer: TextBuffer;
  /** The text that Ctrl-U, Ctrl-K or Ctrl-W deleted last: Ctrl-Y inserts it at the cursor. */
  readonly killed: string;
  /** Earlier texts, latest last: Ctrl-_ goes back to them. */
  readonly past: readonly TextBuffer[];
  /** The texts that Ctrl-_ undid, the next one last: Ctrl-^ returns to them. */
  readonly future: readonly TextBuffer[];
  /**
   * The last key's kind: consecutive deletions are restored together, letters of a word are undone together.
   */
  readonly last?: 'kill' | 'letter';
}

/** How many changes can be undone. */
const maxSteps = 200;

/** Returns the state for a text without history, the cursor at its end. */
export function openWriting(text = ''): Writing {
  return { buffer: openText(text), killed: '', past: [], future: [] };
}

/** Replaces the text, as an external editor does; Ctrl-_ goes back to the text before. */
export function rewrite(writing: Writing, text: string): Writing {
  return changed(writing, openText(text));
}

/** Inserts a line end at the cursor. */
export function breakLine(writing: Writing): Writing {
  return changed(writing, insert(writing.buffer, '\n'));
}

/**
 * Returns a text, shown `width` columns wide, after a key that writes, moves, deletes, restores (Ctrl-Y),
 * undoes (Ctrl-_) or redoes (Ctrl-^). Undefined for any other key, and for Enter.
 */
export function editWriting(writing: Writing, key: Key, width: number): Writing | undefined {
  const name = key.is === 'key' && key.ctrl ? key.name : '';
  if (name === '_') return step(writing, 'past', 'future');
  if (name === '^') return step(writing, 'future', 'past');
  if (name === 'y') return changed(writing, insert(writing.buffer, writing.killed));
  const buffer = editText(writing.buffer, key, width);
  if (buffer === undefined) return undefined;
  if (isSame(buffer, writing.buffer)) return { ...writing, buffer, last: undefined };
  if (isKill(key)) return killed(writing, buffer);
  const isLetter = key.is === 'key' && /^\S$/u.test(key.text);
  if (!isLetter) return changed(writing, buffer);
  if (writing.last === 'letter') return { ...writing, buffer, future: [] };
  return { ...changed(writing, buffer), last: 'letter' };
}

/** True if the last key deleted words that Ctrl-Y can restore. */
export function hasJustKilled({ last, killed: text }: Writing): boolean {
  return last === 'kill' && text.trim() !== '';
}

function changed(writing: Writing, buffer: TextBuffer): Writing {
  if (isSame(buffer, writing.buffer)) return { ...writing, buffer, last: undefined };
  const past = [...writing.past, writing.buffer].slice(-maxSteps);
  return { ...writing, buffer, past, future: [], last: undefined };
}

function killed(writing: Writing, buffer: TextBuffer): Writing {
  const [before, after] = [textOf(writing.buffer), textOf(buffer)];
  const at = offsetOf(buffer);
  const text = before.slice(at, at + before.length - after.length);
  const isBackward = at < offsetOf(writing.buffer);
  const earlier = writing.last === 'kill' ? writing.killed : '';
  return { ...changed(writing, buffer), killed: isBackward ? text + earlier : earlier + text, last: 'kill' };
}

function step(writing: Writing, from: 'past' | 'future', to: 'past' | 'future'): Writing {
  const buffer = writing[from].at(-1);
  if (buffer === undefined) return { ...writing, last: undefined };
  return {
    ...writing,
    buffer,
    last: undefined,
    [from]: writing[from].slice(0, -1),
    [to]: [...writing[to], writing.buffer],
  };
}

function isSame({ lines }: TextBuffer, other: TextBuffer): boolean {
  return (
    lines === other.lines ||
    (lines.length === other.lines.length && lines.every((line, at) => line === other.lines[at]))
  );
}

/** Returns the cursor's index in the complete text, in UTF-16 units. */
function offsetOf({ lines, row, col }: TextBuffer): number {
  return lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0) + col;
}

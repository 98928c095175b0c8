import { editText, isKill } from './edit-keys.ts';
import type { Key } from '../prompt/prompt-state.ts';
import { insert, openText, textOf } from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';

/**
 * A text that is being written, with what it takes to bring back what was deleted. It lives in memory for one
 * question, and goes with it: none of it is ever in a file.
 */
export interface Writing {
  readonly buffer: TextBuffer;
  /** What Ctrl-U, Ctrl-K or Ctrl-W deleted last: Ctrl-Y puts it in at the cursor. */
  readonly killed: string;
  /** The texts before, latest last: Ctrl-_ goes back to them. */
  readonly past: readonly TextBuffer[];
  /** The texts that Ctrl-_ left, the next one last: Ctrl-^ returns to them. */
  readonly future: readonly TextBuffer[];
  /** What the last key did: deletions in a row come back together, letters of a word go together. */
  readonly last?: 'kill' | 'letter';
}

/** How many changes can be undone. */
const mostSteps = 200;

/** Begins with a text, the cursor at its end. */
export function openWriting(text = ''): Writing {
  return { buffer: openText(text), killed: '', past: [], future: [] };
}

/** Puts another text in the place of this one, as an editor does; Ctrl-_ goes back to the text before. */
export function rewrite(writing: Writing, text: string): Writing {
  return changed(writing, openText(text));
}

/** Puts a line end in at the cursor. */
export function breakLine(writing: Writing): Writing {
  return changed(writing, insert(writing.buffer, '\n'));
}

/**
 * Gives what a key makes of a text that is shown `width` columns wide: it writes, moves, deletes, brings back
 * (Ctrl-Y), undoes (Ctrl-_) or redoes (Ctrl-^). Undefined when the key does none of these. Enter does none.
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

/** True when the last key deleted words that Ctrl-Y can bring back. */
export function hasJustKilled({ last, killed: text }: Writing): boolean {
  return last === 'kill' && text.trim() !== '';
}

function changed(writing: Writing, buffer: TextBuffer): Writing {
  if (isSame(buffer, writing.buffer)) return { ...writing, buffer, last: undefined };
  const past = [...writing.past, writing.buffer].slice(-mostSteps);
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

/** The place of the cursor in the whole text, in UTF-16 units. */
function offsetOf({ lines, row, col }: TextBuffer): number {
  return lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0) + col;
}

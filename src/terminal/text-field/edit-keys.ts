import type { Key, PressedKey } from '../prompt/prompt-state.ts';
import { writes } from '../prompt/prompt-state.ts';
import * as text from './text-buffer.ts';
import type { TextBuffer } from './text-buffer.ts';
import { moveRows } from './text-view.ts';

type Change = (buffer: TextBuffer) => TextBuffer;

const plain: Readonly<Record<string, Change>> = {
  left: text.left,
  right: text.right,
  home: text.lineStart,
  end: text.lineEnd,
  backspace: text.deleteBack,
  delete: text.deleteForward,
};

const withCtrl: Readonly<Record<string, Change>> = {
  a: text.lineStart,
  e: text.lineEnd,
  b: text.left,
  f: text.right,
  h: text.deleteBack,
  w: text.deleteWordBack,
  u: text.killToStart,
  k: text.killToEnd,
  left: text.wordLeft,
  right: text.wordRight,
  home: text.textStart,
  end: text.textEnd,
  backspace: text.deleteWordBack,
  delete: text.deleteWordForward,
};

const withAlt: Readonly<Record<string, Change>> = {
  b: text.wordLeft,
  f: text.wordRight,
  d: text.deleteWordForward,
  left: text.wordLeft,
  right: text.wordRight,
  backspace: text.deleteWordBack,
  delete: text.deleteWordForward,
};

/**
 * Returns a text, shown `width` columns wide, after an editing key; undefined for any other key. Enter is not
 * an editing key.
 */
export function editText(buffer: TextBuffer, key: Key, width: number): TextBuffer | undefined {
  if (key.is === 'paste') return text.insert(buffer, key.text);
  if (writes(key)) return text.insert(buffer, key.text);
  const rows = rowsOf(key);
  if (rows !== 0) return moveRows(buffer, rows, width);
  return tableFor(key)[key.name]?.(buffer);
}

const kills: ReadonlySet<Change> = new Set([
  text.deleteWordBack,
  text.deleteWordForward,
  text.killToStart,
  text.killToEnd,
]);

/** True for a key that deletes a word, or to an end of the line: Ctrl-Y restores what it deleted. */
export function isKill(key: Key): boolean {
  if (key.is === 'paste' || writes(key)) return false;
  const change = tableFor(key)[key.name];
  return change !== undefined && kills.has(change);
}

function tableFor(key: PressedKey): Readonly<Record<string, Change>> {
  if (key.ctrl) return withCtrl;
  return key.alt ? withAlt : plain;
}

function rowsOf(key: PressedKey): number {
  const rows: Readonly<Record<string, number>> = key.ctrl
    ? { p: -1, n: 1 }
    : { up: -1, down: 1, pageup: -8, pagedown: 8 };
  return rows[key.name] ?? 0;
}

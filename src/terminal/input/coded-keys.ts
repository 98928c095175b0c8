/** A key that a terminal encodes by number. */
export interface CodedKey {
  /** The code point of its letter, without Shift if the terminal reports that. */
  readonly code: number;
  /** The modifiers: one more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl. */
  readonly modifiers: number;
  /** The code point of the letter with Shift. */
  readonly shifted?: number;
  /** The code points of the text that the key types. */
  readonly text?: readonly number[];
  readonly isRelease?: boolean;
}

const escape = '\u001b';
// Keys without a letter have numbers in a private range of Unicode.
const privateFrom = 0xe000;
const privateTo = 0xf8ff;

/**
 * Returns what older terminals send for the same key, as a string with one character per byte; '' for a key
 * without an equivalent. Older terminals can't tell Shift-Enter from Alt-Enter: both become Alt-Enter, which
 * our key readers know.
 */
export function keyCode({ code, modifiers, shifted, text, isRelease = false }: CodedKey): string {
  if (isRelease || !Number.isInteger(code) || code > 0x10ffff || (code >= privateFrom && code <= privateTo))
    return '';
  const bits = Math.max(0, modifiers - 1);
  const [shift, alt, ctrl] = [(bits & 1) !== 0, (bits & 2) !== 0, (bits & 4) !== 0];
  const before = alt ? escape : '';
  if (code === 13) return shift || alt ? `${escape}\r` : '\r';
  if (code === 9) return shift ? `${escape}[Z` : `${before}\t`;
  if (code === 27) return escape;
  // Ctrl-W deletes a word, as Ctrl-Backspace does.
  if (code === 8 || code === 127) return ctrl ? '\u0017' : `${before}\u007f`;
  if (ctrl) return before + withCtrl(code, { shift, shifted });
  if (text !== undefined && text.length > 0) return before + text.map(bytesOf).join('');
  return before + (shift ? bytesOfShifted(code, shifted) : bytesOf(code));
}

function bytesOfShifted(code: number, shifted: number | undefined): string {
  if (shifted !== undefined) return bytesOf(shifted);
  const letter = String.fromCodePoint(code).toUpperCase();
  return Buffer.from(letter, 'utf8').toString('latin1');
}

// Terminals send the control characters of `_` and `^` for Ctrl with these keys.
const likeSigns: Readonly<Record<string, string>> = { '/': '_', '7': '_', '6': '^' };

/** Returns the control character of a letter; '' if it has none. */
function withCtrl(code: number, { shift, shifted }: { shift: boolean; shifted?: number }): string {
  const typed = String.fromCodePoint((shift ? shifted : undefined) ?? code).toUpperCase();
  const letter = shift && typed === '-' ? '_' : (likeSigns[typed] ?? typed);
  if (letter === ' ' || letter === '@') return '\u0000';
  return /^[A-Z[\\\]^_]$/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) & 31) : '';
}

/**
 * Returns the letter in UTF-8, one character per byte; '' for control characters, which a key does not type.
 */
function bytesOf(code: number): string {
  if (!Number.isInteger(code) || code < 32 || code === 127 || code > 0x10ffff) return '';
  if (code >= 0xd800 && code <= 0xdfff) return '';
  return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}

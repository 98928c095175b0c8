/** A key as a terminal tells it by number. */
export interface CodedKey {
  /** The code point of its letter, without Shift where the terminal knows it. */
  readonly code: number;
  /** One more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl. */
  readonly held: number;
  /** The letter with Shift. */
  readonly shifted?: number;
  /** The letters that it writes. */
  readonly text?: readonly number[];
  readonly isRelease?: boolean;
}

const escape = '\u001b';
// Keys without a letter have numbers in a private range of Unicode.
const privateFrom = 0xe000;
const privateTo = 0xf8ff;

/**
 * Gives what older terminals send for the same key, as bytes, one letter each. Shift-Enter and Alt-Enter,
 * which those can't tell apart, are the Alt-Enter that readers of keys know.
 */
export function keyCode({ code, held, shifted, text, isRelease = false }: CodedKey): string {
  if (isRelease || !Number.isInteger(code) || code > 0x10ffff || (code >= privateFrom && code <= privateTo))
    return '';
  const bits = Math.max(0, held - 1);
  const [shift, alt, ctrl] = [(bits & 1) !== 0, (bits & 2) !== 0, (bits & 4) !== 0];
  const before = alt ? escape : '';
  if (code === 13) return shift || alt ? `${escape}\r` : '\r';
  if (code === 9) return shift ? `${escape}[Z` : `${before}\t`;
  if (code === 27) return escape;
  // Ctrl-W takes a word away, as Ctrl with this key does.
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

/** The control character of a letter; nothing where it has none. */
function withCtrl(code: number, { shift, shifted }: { shift: boolean; shifted?: number }): string {
  const typed = String.fromCodePoint((shift ? shifted : undefined) ?? code).toUpperCase();
  const letter = shift && typed === '-' ? '_' : (likeSigns[typed] ?? typed);
  if (letter === ' ' || letter === '@') return '\u0000';
  return /^[A-Z[\\\]^_]$/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) & 31) : '';
}

/** The letter in UTF-8, one letter for each byte. Control characters are nothing that a key writes. */
function bytesOf(code: number): string {
  if (!Number.isInteger(code) || code < 32 || code === 127 || code > 0x10ffff) return '';
  if (code >= 0xd800 && code <= 0xdfff) return '';
  return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}

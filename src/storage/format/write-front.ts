import { parseDay, parseInstant } from '../../core/dates/day.ts';
import { frontKeys } from '../../core/notes/reflection.ts';
import { wellFormed } from './well-formed.ts';

export type FrontWritable = string | number | readonly string[];

// Words that YAML 1.1 or 1.2 does not read as text; some readers take `e0` and `e-0` for numbers.
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
const plain =
  /^[A-Za-z\u00c0-\u024f\u0370-\u1fff\u3040-\ud7a3](?:[A-Za-z0-9 _'’,.!?();/\u00c0-\u024f\u0370-\u1fff\u3040-\ud7a3-]*[A-Za-z0-9_'’,.!?();/\u00c0-\u024f\u0370-\u1fff\u3040-\ud7a3-])?$/;
const plainInList = /^[A-Za-z][A-Za-z0-9_-]*$/;
const historyLine = /^\d{4}-\d\d-\d\d [a-z][a-z-]*(?: \d{1,2})?$/;
const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;
// YAML 1.1 ends a line at U+0085, U+2028 and U+2029; the others are invisible, or readers refuse them.
const toEscape = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Returns the lines between the dashes, each ending in \n: known keys in order, then others, then `history`.
 */
export function formatFront(front: Readonly<Record<string, FrontWritable>>): string {
  return orderKeys(Object.keys(front))
    .map(key => `${formatEntry(key, front[key] ?? '').join('\n')}\n`)
    .join('');
}

/** Returns keys in the order of `frontKeys`; unknown keys keep their order and come before `history`. */
export function orderKeys(keys: readonly string[]): readonly string[] {
  return [...keys].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(key: string): number {
  const at = frontKeys.findIndex(known => known === key);
  return at < 0 ? frontKeys.length - 1.5 : at;
}

/**
 * Returns the lines of one key, without line ends: a single line, or for `history` one more for each entry.
 */
export function formatEntry(key: string, value: FrontWritable): readonly string[] {
  const name = plainKey.test(key) && !reserved.test(key) ? key : quote(key);
  if (key === 'history' && typeof value === 'object' && value.length > 0) {
    return [`${name}:`, ...value.map(line => `  - ${formatHistory(line)}`)];
  }
  return [`${name}: ${formatValue(key, value)}`];
}

/**
 * Returns a value on one line, written so that readers of YAML 1.1 and 1.2 agree on it. Days and instants are
 * unquoted only under keys that expect them.
 */
export function formatValue(key: string, value: FrontWritable): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object')
    return `[${value.map(item => (plainInList.test(item) && !reserved.test(item) ? item : quote(item))).join(', ')}]`;
  if ((key === 'session' || key === 'rest_until') && parseDay(value) !== undefined) return value;
  if (key === 'created' && parseInstant(value) !== undefined) return value;
  return plain.test(value) && !reserved.test(value) ? value : quote(value);
}

/** Returns one entry of the history, unquoted if it has the form that this program writes. */
export function formatHistory(line: string): string {
  return historyLine.test(line) ? line : quote(line);
}

function quote(text: string): string {
  return JSON.stringify(wellFormed(text)).replace(
    toEscape,
    found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

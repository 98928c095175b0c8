import type { FrontValue } from '../core/reflection.ts';

/** The keys of a front matter, in the order of the file. */
export type FrontKeys = Readonly<Record<string, FrontValue>>;

type Keys = Record<string, FrontValue>;

/**
 * Reads the lines that `formatFront` writes, and nothing else: undefined means unsure, and a YAML reader has to say. What it
 * answers is what a YAML reader would (a property holds the two together). `start` and `end` are offsets of the first line
 * and behind the last.
 */
export function readPlainFront(text: string, start: number, end: number): FrontKeys | undefined {
  const keys: Keys = {};
  for (let at = start; at < end; ) {
    let stop = text.indexOf('\n', at);
    if (stop < 0 || stop > end) stop = end;
    const colon = keyEnd(text, at, stop);
    if (colon < 0) return undefined;
    const key = text.slice(at, colon);
    // A repeated key is an error, and `constructor` is not repeated the first time.
    if (Object.hasOwn(keys, key)) return undefined;
    if (colon + 1 === stop) {
      const items: FrontValue[] = [];
      const indent = indentOfItem(text, stop + 1, end);
      let next = stop + 1;
      for (let own = indent; own >= 0 && own === indent; own = indentOfItem(text, next, end)) {
        let last = text.indexOf('\n', next);
        if (last < 0 || last > end) last = end;
        const item = scalar(text.slice(next + indent + 2, last), false);
        if (item === undefined) return undefined;
        items.push(item);
        next = last + 1;
      }
      keys[key] = indent < 0 ? null : items;
      at = next;
      continue;
    }
    if (text.charCodeAt(colon + 1) !== 32) return undefined;
    const value = text.charCodeAt(colon + 2) === 91 ? list(text.slice(colon + 2, stop)) : scalar(text.slice(colon + 2, stop), false);
    if (value === undefined) return undefined;
    keys[key] = value;
    at = stop + 1;
  }
  return keys;
}

/** The offset of the colon behind a key of small letters, digits and underscores that begins at `at`; -1 when there is none. */
function keyEnd(text: string, at: number, stop: number): number {
  for (let next = at; next < stop; next += 1) {
    const code = text.charCodeAt(next);
    if (code >= 97 && code <= 122) continue;
    if (next > at && ((code >= 48 && code <= 57) || code === 95)) continue;
    return code === 58 && next > at ? next : -1;
  }
  return -1;
}

/** How far a `- ` at the line that begins at `at` is indented (0 or 2), or -1. */
function indentOfItem(text: string, at: number, end: number): number {
  if (at + 2 >= end) return -1;
  if (text.startsWith('  - ', at)) return 2;
  return text.startsWith('- ', at) ? 0 : -1;
}

function list(text: string): readonly FrontValue[] | undefined {
  if (text.charCodeAt(text.length - 1) !== 93) return undefined;
  const items: FrontValue[] = [];
  if (text === '[]') return items;
  for (let at = 1; ; ) {
    const stop = text.charCodeAt(at) === 34 ? quoteEnd(text, at) : itemEnd(text, at);
    const item = stop < 0 ? undefined : scalar(text.slice(at, stop), true);
    if (item === undefined) return undefined;
    items.push(item);
    if (stop === text.length - 1) return items;
    if (!text.startsWith(', ', stop)) return undefined;
    at = stop + 2;
  }
}

function itemEnd(text: string, at: number): number {
  const comma = text.indexOf(',', at);
  return comma < 0 ? text.length - 1 : comma;
}

/** The offset behind the closing quote of what opens at `at`, or -1. */
function quoteEnd(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === 34) return next + 1;
    if (code === 92) next += 1;
  }
  return -1;
}

function scalar(text: string, inList: boolean): string | number | undefined {
  const first = text.charCodeAt(0);
  if (first === 34) return quoted(text);
  if (first >= 48 && first <= 57) return dayOrNumber(text, inList);
  if (!isLetter(first) || !isPlain(text, inList)) return undefined;
  return text.length <= 5 && isReserved(text) ? undefined : text;
}

function quoted(text: string): string | undefined {
  if (text.length < 2 || quoteEnd(text, 0) !== text.length) return undefined;
  for (let at = 1; at < text.length; at += 1) if (text.charCodeAt(at) < 32) return undefined;
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A number of at most nine digits; a day, an instant, or a day and words, which are text. */
function dayOrNumber(text: string, inList: boolean): string | number | undefined {
  let digits = 0;
  while (digits < text.length && isDigit(text.charCodeAt(digits))) digits += 1;
  if (digits === text.length) return digits === 1 || (digits <= 9 && text.charCodeAt(0) !== 48) ? Number(text) : undefined;
  if (digits !== 4 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  for (const at of [5, 6, 8, 9]) if (!isDigit(text.charCodeAt(at))) return undefined;
  return isPlain(text, inList) ? text : undefined;
}

/** True when nothing in a text that begins with a letter or a day means anything to YAML. */
function isPlain(text: string, inList: boolean): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || (code >= 127 && code < 161) || code >= 0xd800) return false;
    if (code === 35 || code === 0x2028 || code === 0x2029) return false;
    if (code === 58 && (inList || !isDigit(text.charCodeAt(at + 1)))) return false;
    if (inList && (code === 91 || code === 93 || code === 123 || code === 125 || code === 44)) return false;
  }
  return text.charCodeAt(text.length - 1) !== 32;
}

function isReserved(text: string): boolean {
  const small = text.toLowerCase();
  return small === 'null' || small === 'true' || small === 'false' || small === 'yes' || small === 'no' || small === 'on'
    || small === 'off' || small === 'y' || small === 'n';
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0xd800);
}

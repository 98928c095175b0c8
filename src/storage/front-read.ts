import { frontKeys, type FrontValue } from '../core/reflection.ts';

/** The keys of a front matter, in the order of the file. */
export type FrontKeys = Readonly<Record<string, FrontValue>>;

type Keys = Record<string, FrontValue>;

// Patterns rather than loops over characters: they are compiled once, while a loop runs interpreted for the
// first thousand notes.
const plainKey = /^[a-z][a-z0-9_]*$/;
const rest = '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]*';
const words = new RegExp(`^[A-Za-z\\u00c0-\\ud7ff]${rest}(?::[0-9]${rest})*$`);
const dated = new RegExp(`^[0-9]{4}-[0-9]{2}-[0-9]{2}${rest}(?::[0-9]${rest})*$`);
const inList = /^[A-Za-z\u00c0-\ud7ff][^\x00-\x1f\x7f-\xa0#:,[\]{}\u2028\u2029\ud800-\uffff]*$/;
const number = /^(?:[0-9]|[1-9][0-9]{1,8})$/;
const reserved = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
const control = /[\x00-\x1f]/;
const known: ReadonlySet<string> = new Set(frontKeys);

/**
 * Reads the lines that `formatFront` writes, and nothing else: undefined means unsure, and a YAML reader has
 * to say. What it answers is what a YAML reader would (a property holds the two together). `start` and `end`
 * are offsets of the first line and behind the last.
 */
export function readPlainFront(source: string, start: number, end: number): FrontKeys | undefined {
  const keys: Keys = {};
  for (let at = start; at < end;) {
    const stop = lineStop(source, at, end);
    const colon = source.indexOf(':', at);
    if (colon < 0 || colon >= stop) return undefined;
    const key = source.slice(at, colon);
    // A repeated key is an error, and `constructor` is not repeated the first time.
    if (!(known.has(key) || plainKey.test(key)) || Object.hasOwn(keys, key)) return undefined;
    if (colon + 1 === stop) {
      const read = itemsBelow(source, stop + 1, end);
      if (read === undefined) return undefined;
      keys[key] = read.items;
      at = read.next;
      continue;
    }
    if (source.charCodeAt(colon + 1) !== 32) return undefined;
    const written = source.slice(colon + 2, stop);
    const value = written.charCodeAt(0) === 91 ? readPlainList(written) : scalar(written);
    if (value === undefined) return undefined;
    keys[key] = value;
    at = stop + 1;
  }
  return keys;
}

/** The items on the lines from `at` on, or null when there are none, and where the next key begins. */
function itemsBelow(
  source: string,
  at: number,
  end: number,
): { readonly items: readonly FrontValue[] | null; readonly next: number } | undefined {
  const indent = indentOfItem(source, at, end);
  if (indent < 0) return { items: null, next: at };
  const items: FrontValue[] = [];
  let next = at;
  for (let own = indent; own === indent; own = indentOfItem(source, next, end)) {
    const stop = lineStop(source, next, end);
    const item = scalar(source.slice(next + indent + 2, stop));
    if (item === undefined) return undefined;
    items.push(item);
    next = stop + 1;
  }
  return { items, next };
}

function lineStop(source: string, at: number, end: number): number {
  const stop = source.indexOf('\n', at);
  return stop < 0 || stop > end ? end : stop;
}

/** How far a `- ` at the line that begins at `at` is indented (0 or 2), or -1. */
function indentOfItem(source: string, at: number, end: number): number {
  if (at + 2 >= end) return -1;
  if (source.startsWith('  - ', at)) return 2;
  return source.startsWith('- ', at) ? 0 : -1;
}

/** Reads a list on one line, `[calm, "so, so"]`; undefined where a YAML reader has to say. */
export function readPlainList(written: string): readonly FrontValue[] | undefined {
  if (written.charCodeAt(written.length - 1) !== 93) return undefined;
  const items: FrontValue[] = [];
  if (written === '[]') return items;
  for (let at = 1; ;) {
    const isQuoted = written.charCodeAt(at) === 34;
    const comma = isQuoted ? quoteEnd(written, at) : written.indexOf(',', at);
    const stop = comma < 0 ? written.length - 1 : comma;
    const one = written.slice(at, stop);
    const item = isQuoted ? quoted(one) : listed(one);
    if (item === undefined) return undefined;
    items.push(item);
    if (stop === written.length - 1) return items;
    if (!written.startsWith(', ', stop)) return undefined;
    at = stop + 2;
  }
}

function scalar(written: string): string | number | undefined {
  const first = written.charCodeAt(0);
  if (first === 34) return quoted(written);
  if (first >= 48 && first <= 57) return number.test(written) ? Number(written) : plain(written, dated);
  return plain(written, words);
}

function listed(written: string): string | number | undefined {
  return number.test(written) ? Number(written) : plain(written, inList);
}

function plain(written: string, pattern: RegExp): string | undefined {
  if (!pattern.test(written) || written.charCodeAt(written.length - 1) === 32) return undefined;
  return written.length <= 5 && reserved.test(written) ? undefined : written;
}

function quoted(written: string): string | undefined {
  if (written.length < 2 || quoteEnd(written, 0) !== written.length || control.test(written))
    return undefined;
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    const parsed: unknown = JSON.parse(written);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The offset behind the closing quote of what opens at `at`, or -1. */
function quoteEnd(written: string, at: number): number {
  for (let next = at + 1; next < written.length; next += 1) {
    const code = written.charCodeAt(next);
    if (code === 34) return next + 1;
    if (code === 92) next += 1;
  }
  return -1;
}

import type { FrontValue } from '../../core/notes/reflection.ts';

/** The keys of a front matter, in the order of the file. */
export type FrontKeys = Readonly<Record<string, FrontValue>>;

// Plain front matter: keys of ASCII letters; texts without quotes or in double quotes; whole numbers; days;
// lists in brackets or with one item per line. One pattern for all lines is several times as fast as code
// that checks each character.
const keyName = '[a-z][a-z0-9_]*';
const quoted = '"(?:[^"\\\\\\x00-\\x1f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-f]{4}))*"';
const rest =
  '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]*(?::[0-9][^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]*)*';
const text = `(?:[A-Za-z\\u00c0-\\ud7ff]|[0-9]{4}-[0-9]{2}-[0-9]{2})${rest}(?<! )`;
const number = '(?:[0-9]|[1-9][0-9]{1,8})(?![^\\n,\\]])';
const scalar = `(?:${quoted}|${number}|${text})`;
const inList = `(?:${quoted}|${number}|[A-Za-z\\u00c0-\\ud7ff][^\\x00-\\x1f\\x7f-\\xa0#:,[\\]{}\\u2028\\u2029\\ud800-\\uffff]*(?<! ))`;
const list = `\\[(?:${inList}(?:, ${inList})*)?\\]`;
const below = `(?:(?:\\n  - ${scalar})*|(?:\\n- ${scalar})*)`;
const plain = new RegExp(`^(?:${keyName}:(?: (?:${scalar}|${list})|${below})\\n)*$`);
// Words that YAML reads as null or a boolean.
const reserved = /(?:[:-] |\[|, )(?:null|true|false|yes|no|on|off|y|n)(?=\n|, |\])/i;

/**
 * Returns each key of plain front matter with the text after its colon, in the order of the file;
 * `plainValue` parses that text. `front` is the text between the lines of dashes. Returns undefined if the
 * front matter is not plain or repeats a key; the YAML reader decides about those.
 */
export function readPlainEntries(front: string): ReadonlyMap<string, string> | undefined {
  if (!plain.test(front) || reserved.test(front)) return undefined;
  // With keys from a file, a Map is several times as fast as an object: 20 ms against 90 ms for 10,000 notes.
  const entries = new Map<string, string>();
  for (let at = 0; at < front.length;) {
    const colon = front.indexOf(':', at);
    const key = front.slice(at, colon);
    if (entries.has(key)) return undefined;
    let end = front.indexOf('\n', colon);
    while (isListItem(front, end + 1)) end = front.indexOf('\n', end + 1);
    entries.set(key, front.slice(colon + 1, end));
    at = end + 1;
  }
  return entries;
}

/** Whether the line that begins at `at` is a list item; lines of keys begin with a letter. */
function isListItem(front: string, at: number): boolean {
  const first = front.charCodeAt(at);
  return first === 32 || first === 45;
}

/**
 * Reads plain front matter, with keys in any order. Returns undefined for anything else. If it returns keys,
 * the YAML reader returns the same (a property test compares the two).
 */
export function readPlainFront(front: string): FrontKeys | undefined {
  const entries = readPlainEntries(front);
  if (entries === undefined) return undefined;
  return Object.fromEntries([...entries].map(([key, written]) => [key, plainValue(written)]));
}

/** Parses a value of `readPlainEntries`: ` a text`, ` [a, list]`, or a list with one item per line. */
export function plainValue(written: string): FrontValue {
  if (written === '') return null;
  if (!written.startsWith('\n'))
    return written.startsWith(' [') ? listOf(written) : scalarOf(written.slice(1));
  const indent = written.startsWith('\n  - ') ? 4 : 2;
  return written
    .slice(1)
    .split('\n')
    .map(item => scalarOf(item.slice(indent)));
}

function listOf(written: string): readonly FrontValue[] {
  const items = written.slice(2, -1);
  if (items === '') return [];
  return (items.includes('"') ? (items.match(listItem) ?? []) : items.split(', ')).map(scalarOf);
}

const listItem = /"(?:[^"\\]|\\.)*"|[^ ",][^,]*/g;
const digits = /^[0-9]+$/;

function scalarOf(written: string): FrontValue {
  const first = written.charCodeAt(0);
  if (first >= 48 && first <= 57) return digits.test(written) ? Number(written) : written;
  if (first !== 34) return written;
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}

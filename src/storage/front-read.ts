import type { FrontValue } from '../core/reflection.ts';

/** The keys of a front matter, in the order of the file. */
export type FrontKeys = Readonly<Record<string, FrontValue>>;

// Front matter in its plain forms: keys of ASCII letters; texts without quotes, or in double quotes; whole
// numbers; days; lists in brackets, or one item a line. One pattern over all lines is several times as quick
// as code that looks at each sign.
const key = '[a-z][a-z0-9_]*';
const quoted = '"(?:[^"\\\\\\x00-\\x1f]|\\\\.)*"';
const rest =
  '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]*(?::[0-9][^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]*)*';
const text = `(?:[A-Za-z\\u00c0-\\ud7ff]|[0-9]{4}-[0-9]{2}-[0-9]{2})${rest}(?<! )`;
const number = '(?:[0-9]|[1-9][0-9]{1,8})(?![^\\n,\\]])';
const scalar = `(?:${quoted}|${number}|${text})`;
const inList = `(?:${quoted}|${number}|[A-Za-z\\u00c0-\\ud7ff][^\\x00-\\x1f\\x7f-\\xa0#:,[\\]{}\\u2028\\u2029\\ud800-\\uffff]*(?<! ))`;
const list = `\\[(?:${inList}(?:, ${inList})*)?\\]`;
const below = `(?:(?:\\n  - ${scalar})*|(?:\\n- ${scalar})*)`;
const plain = new RegExp(`^(?:${key}:(?: (?:${scalar}|${list})|${below})\\n)*$`);
// Words that YAML takes for something else than a text.
const reserved = /(?:[:-] |\[|, )(?:null|true|false|yes|no|on|off|y|n)(?=\n|, |\])/i;

/**
 * Reads front matter in its plain forms, the keys in any order. Undefined for anything else, which is for a
 * YAML reader to say; where this answers, a YAML reader says the same (a property holds the two together).
 * `start` and
 * `end` are offsets of the first line and behind the last. With `only`, all other keys are null.
 */
export function readPlainFront(
  source: string,
  start: number,
  end: number,
  only?: ReadonlySet<string>,
): FrontKeys | undefined {
  const front = source.slice(start, end);
  if (!plain.test(front) || reserved.test(front)) return undefined;
  const keys: Record<string, FrontValue> = {};
  for (let at = 0; at < front.length;) {
    const colon = front.indexOf(':', at);
    const name = front.slice(at, colon);
    // A key that stands twice is an error. `constructor` does not stand twice the first time.
    if (Object.hasOwn(keys, name)) return undefined;
    const isWanted = only === undefined || only.has(name);
    const stop = front.indexOf('\n', colon);
    at = stop + 1;
    if (stop > colon + 1) {
      const value = isWanted ? valueOf(front.slice(colon + 2, stop)) : null;
      if (value === undefined) return undefined;
      keys[name] = value;
      continue;
    }
    const items: FrontValue[] = [];
    for (let item = itemAt(front, at); item > 0; item = itemAt(front, at)) {
      const itemStop = front.indexOf('\n', item);
      if (isWanted) {
        const value = scalarOf(front.slice(item, itemStop));
        if (value === undefined) return undefined;
        items.push(value);
      }
      at = itemStop + 1;
    }
    keys[name] = at === stop + 1 ? null : items;
  }
  return keys;
}

/** The offset of the text of a list's item on the line that begins at `at`; -1 where the line is none. */
function itemAt(front: string, at: number): number {
  if (front.startsWith('  - ', at)) return at + 4;
  return front.startsWith('- ', at) ? at + 2 : -1;
}

function valueOf(written: string): FrontValue | undefined {
  if (written.charCodeAt(0) !== 91) return scalarOf(written);
  if (!written.includes('"')) {
    return written === '[]'
      ? []
      : written
          .slice(1, -1)
          .split(', ')
          .map(item => scalarOf(item) ?? item);
  }
  const items = (written.slice(1, -1).match(listItem) ?? []).map(scalarOf);
  return items.some(item => item === undefined) ? undefined : (items as FrontValue[]);
}

const listItem = /"(?:[^"\\]|\\.)*"|[^",][^,]*/g;
const digits = /^[0-9]+$/;

/** Undefined for a text in quotes that JSON does not know, such as `"\x41"`. */
function scalarOf(written: string): FrontValue | undefined {
  const first = written.charCodeAt(0);
  if (first >= 48 && first <= 57) return digits.test(written) ? Number(written) : written;
  if (first !== 34) return written;
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    const parsed: unknown = JSON.parse(written);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

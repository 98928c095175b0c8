import { parseDay, parseInstant } from '../core/day.ts';
import { frontKeys, type FrontValue, type Head } from '../core/reflection.ts';
import { parseStatus } from '../core/status.ts';
import { readPlainFront, type FrontKeys } from './front-read.ts';

const reserved = '(?:null|true|false|yes|no|on|off|y|n)';
const character = '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]';
const quoted = '"[^"\\\\\\x00-\\x1f]*"';
const option = `(?!${reserved}[\\n,\\]])[a-z][a-z0-9_-]*`;
const list = `\\[(?:(?:${quoted}|${option})(?:, (?:${quoted}|${option}))*)?\\]`;
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';

/** What a key looks like when nothing about it is out of the ordinary; others have any of the plain forms. */
const forms: Readonly<Record<string, string>> = {
  rupture: '1',
  id: '([a-z][a-z0-9]{5,63})',
  session: `(${day})`,
  created: `(${day}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2}))`,
  status: `(${option})`,
  title: `(${quoted}|[A-Za-z\\u00c0-\\ud7ff]${character}{5,}(?<! ))`,
  with: `(${quoted})`,
  kinds: `(${list})`,
  feelings: `(${list})`,
  size: '([0-9]|10)',
  rest_until: `(${day})`,
};
const other = `(?:${option}|[0-9]{1,2}|${quoted}|${list})`.replace('[0-9]{1,2}', '(?:[0-9]|[1-9][0-9])');
const always = new Set(['rupture', 'id', 'session']);
const inOrder = frontKeys.map((key) => {
  if (key === 'history') return `(?:history:\\n(?:  - ${day} [a-z][a-z-]*(?: [0-9]{1,2})?\\n)+)?`;
  const line = `${key}: ${forms[key] ?? other}\\n`;
  return always.has(key) ? line : `(?:${line})?`;
});
const canonical = new RegExp(`^(?:${inOrder.join('')})$`);

/**
 * Reads the head of a front matter that is exactly as we write it: known keys in their order, each once, in their plain forms.
 * Undefined for anything else; then `readPlainFront` and `checkHead` say what it is, and where this answers they would give the
 * same (a property holds them together). One pattern runs over the lines, and what few ask for is read when it is asked for.
 */
export function glanceHead(lines: string): Head | undefined {
  const found = canonical.exec(lines);
  if (found === null) return undefined;
  const [, id, sessionText, createdText, statusText, title, who, kinds, feelings, size, rest] = found;
  const session = parseDay(sessionText ?? '');
  const status = statusText === undefined ? undefined : parseStatus(statusText);
  const restUntil = rest === undefined ? undefined : parseDay(rest);
  if (id === undefined || session === undefined) return undefined;
  if ((statusText !== undefined && status === undefined) || (rest !== undefined && restUntil === undefined)) return undefined;
  // Written on the day of the session it has a day that exists, and its time is looked at when it is asked for.
  if (createdText !== undefined && !createdText.startsWith(session) && parseInstant(createdText) === undefined) return undefined;
  if (title === '""' || who === '""') return undefined;
  let keys: FrontKeys | undefined;
  const all = (): FrontKeys => {
    keys ??= readPlainFront(lines, 0, lines.length);
    if (keys === undefined) throw new Error('the plain reader reads what the glance has read');
    return keys;
  };
  return {
    id, session,
    get created() {
      return createdText === undefined ? undefined : parseInstant(createdText);
    },
    status, title: unquoted(title), with: unquoted(who),
    get kinds() {
      return kinds === undefined ? [] : texts(all()['kinds']);
    },
    get feelings() {
      return feelings === undefined ? [] : texts(all()['feelings']);
    },
    size: size === undefined ? undefined : Number(size),
    restUntil,
    get keys() {
      return all();
    },
  };
}

function unquoted(text: string | undefined): string | undefined {
  return text?.startsWith('"') === true ? text.slice(1, -1) : text;
}

function texts(value: FrontValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

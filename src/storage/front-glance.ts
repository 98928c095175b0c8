import { parseDay, parseInstant, type Day, type Instant } from '../core/day.ts';
import { frontKeys, type FrontValue, type Head } from '../core/reflection.ts';
import { parseStatus, type Status } from '../core/status.ts';
import { asMeant, asPick } from './front-meant.ts';
import { readPlainList, type FrontKeys } from './front-read.ts';

const character = '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]';
const quoted = '"[^"\\\\\\x00-\\x1f\\x85\\u2028\\u2029]*"';
const word = '[a-z][a-z0-9_-]*';
const inList = `(?:${quoted}|${word})`;
const list = `\\[(?:${inList}(?:, ${inList})*)?\\]`;
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const instant = `${day}T${time}:[0-5][0-9](?:[.][0-9]+)?(?:Z|[+-]${time})`;

// Two small patterns, for they are compiled in every run that lists notes: one for both takes ten times as
// long. The form of the keys in between is seen here, their order below.
const canonical = new RegExp(
  `^rupture: 1\\nid: ([a-z][a-z0-9]{5,63})\\nsession: (${day})\\n(?:created: (${instant})\\n)?(?:status: (${word})\\n)?` +
    `(?:title: (${quoted}|[A-Za-z\\u00c0-\\u1fff\\u2c00-\\ud7ff]${character}{5,}(?<! ))\\n)?(?:with: (${quoted})\\n)?` +
    `((?:[a-z_]+: (?:${word}|${day}|[0-9]|[1-9][0-9]|${quoted}|${list})\\n)*)` +
    `(?:history:\\n(?:  - ${day} [a-z][a-z-]*(?: [0-9]{1,2})?\\n)+)?$`,
);
// What YAML takes for something else than a text.
const reserved = /[ [](?:null|true|false|yes|no|on|off|y|n)[\n,\]]/;
// The keys in between, in their order, each once; what a head has of them is kept as it is written.
const kept: Readonly<Record<string, string>> = {
  kinds: '(\\[[^\\n]*)',
  feelings: '(\\[[^\\n]*)',
  size: '([0-9]|10)',
  rest_until: '([^\\n]*)',
};
const middle = new RegExp(
  `^${frontKeys
    .slice(frontKeys.indexOf('with') + 1, -1)
    .map(key => `(?:${key}: ${kept[key] ?? '[^\\n]*'}\\n)?`)
    .join('')}$`,
);

/**
 * Reads the head of a front matter that is exactly as we write it: known keys in their order, each once, in
 * their plain forms. Undefined for anything else; then `readPlainFront` and `checkHead` say what it is, and
 * where this answers they would give the same (a property holds them together). One pattern runs over the
 * lines, and what few ask for is read when it is asked for.
 */
export function glanceHead(lines: string): Head | undefined {
  const found = canonical.exec(lines);
  if (found === null) return undefined;
  // By their places: taking a list apart asks an iterator for each.
  const id = found[1];
  const createdText = found[3];
  const statusText = found[4];
  const title = found[5];
  const who = found[6];
  const between = found[7];
  const session = parseDay(found[2] ?? '');
  const status = statusText === undefined ? undefined : parseStatus(statusText);
  const ordered = between === undefined || reserved.test(between) ? null : middle.exec(between);
  if (id === undefined || session === undefined || ordered === null) return undefined;
  const size = ordered[3];
  const rest = ordered[4];
  const restUntil = rest === undefined ? undefined : parseDay(rest);
  if ((statusText !== undefined && status === undefined) || (rest !== undefined && restUntil === undefined))
    return undefined;
  // The pattern has seen the time; on the day of the session it has a day that exists.
  const created =
    createdText?.startsWith(session) === true
      ? (createdText as Instant)
      : createdText === undefined
        ? undefined
        : parseInstant(createdText);
  if (createdText !== undefined && created === undefined) return undefined;
  if (title === '""' || who === '""') return undefined;
  return new GlancedHead(
    lines,
    id,
    session,
    created,
    status,
    unquoted(title),
    unquoted(who),
    size === undefined ? undefined : Number(size),
    restUntil,
    ordered[1],
    ordered[2],
  );
}

/** A class for once: getters of its own make an object ten times as large, and there are ten thousand. */
class GlancedHead implements Head {
  readonly id: string;
  readonly session: Day;
  readonly created: Instant | undefined;
  readonly status: Status | undefined;
  readonly title: string | undefined;
  readonly with: string | undefined;
  readonly size: number | undefined;
  readonly restUntil: Day | undefined;
  readonly #lines: string;
  readonly #kinds: string | undefined;
  readonly #feelings: string | undefined;
  #keys: FrontKeys | undefined;

  // One by one: an object to hold them would be made ten thousand times too.
  constructor(
    lines: string,
    id: string,
    session: Day,
    created: Instant | undefined,
    status: Status | undefined,
    title: string | undefined,
    who: string | undefined,
    size: number | undefined,
    restUntil: Day | undefined,
    kinds: string | undefined,
    feelings: string | undefined,
  ) {
    this.id = id;
    this.session = session;
    this.created = created;
    this.status = status;
    this.title = title;
    this.with = who;
    this.size = size;
    this.restUntil = restUntil;
    this.#lines = lines;
    this.#kinds = kinds;
    this.#feelings = feelings;
  }

  get kinds(): readonly string[] {
    return listed(this.#kinds);
  }

  get feelings(): readonly string[] {
    return listed(this.#feelings);
  }

  get keys(): FrontKeys {
    return (this.#keys ??= asMeant(keysIn(this.#lines)));
  }
}

/** Glances at the front matter of a whole text; undefined when that is not exactly as we write it. */
export function glanceText(text: string): Head | undefined {
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 3) : -1;
  return end < 0 ? undefined : glanceHead(text.slice(4, end + 1));
}

/** All keys of lines that the pattern has seen, so that none of them is looked at twice. */
function keysIn(lines: string): FrontKeys {
  const keys: Record<string, FrontValue> = {};
  for (let at = 0; at < lines.length;) {
    const colon = lines.indexOf(':', at);
    const stop = lines.indexOf('\n', colon);
    const key = lines.slice(at, colon);
    at = stop + 1;
    if (stop > colon + 1) {
      keys[key] = valueOf(lines.slice(colon + 2, stop));
      continue;
    }
    const items: string[] = [];
    for (; lines.startsWith('  - ', at); at = lines.indexOf('\n', at) + 1)
      items.push(lines.slice(at + 4, lines.indexOf('\n', at)));
    keys[key] = items;
  }
  return keys;
}

/** A number has one digit or two; a day begins with digits too and is a text. */
function valueOf(written: string): FrontValue {
  const first = written.charCodeAt(0);
  if (first === 91) return listed(written);
  if (first === 34) return written.slice(1, -1);
  return first <= 57 && written.length <= 2 ? Number(written) : written;
}

function unquoted(text: string | undefined): string | undefined {
  return text?.startsWith('"') === true ? text.slice(1, -1) : text;
}

/** The items of a list as it is written. */
function listed(written = '[]'): readonly string[] {
  if (written === '[]') return [];
  if (!written.includes('"')) return written.slice(1, -1).split(', ');
  return (readPlainList(written) ?? [])
    .map(asPick)
    .filter((item): item is string => typeof item === 'string' && item !== '');
}

import { parseDay, parseInstant, type Day, type Instant } from '../core/day.ts';
import { frontKeys, type FrontValue, type Head } from '../core/reflection.ts';
import { parseStatus, type Status } from '../core/status.ts';
import { readPlainFront, type FrontKeys } from './front-read.ts';

const character = '[^\\x00-\\x1f\\x7f-\\xa0#:\\u2028\\u2029\\ud800-\\uffff]';
const quoted = '"[^"\\\\\\x00-\\x1f]*"';
const word = '[a-z][a-z0-9_-]*';
const inList = `(?:${quoted}|${word})`;
const list = `\\[(?:${inList}(?:, ${inList})*)?\\]`;
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const instant = `${day}T${time}:[0-5][0-9](?:[.][0-9]+)?(?:Z|[+-]${time})`;

// A small pattern, for it is compiled in every run that lists notes: which keys there are in the middle, and in what order, is looked at below.
const canonical = new RegExp(
  `^rupture: 1\\nid: ([a-z][a-z0-9]{5,63})\\nsession: (${day})\\n(?:created: (${instant})\\n)?(?:status: (${word})\\n)?`
  + `(?:title: (${quoted}|[A-Za-z\\u00c0-\\ud7ff]${character}{5,}(?<! ))\\n)?(?:with: (${quoted})\\n)?`
  + `((?:[a-z_]+: (?:${word}|${day}|[0-9]|[1-9][0-9]|${quoted}|${list})\\n)*)`
  + `(?:history:\\n(?:  - ${day} [a-z][a-z-]*(?: [0-9]{1,2})?\\n)+)?$`,
);
// What YAML takes for something else than a text.
const reserved = /[ [](?:null|true|false|yes|no|on|off|y|n)[\n,\]]/;
const ranks: ReadonlyMap<string, number> = new Map(frontKeys.map((key, rank) => [key, rank]));
const before = frontKeys.indexOf('with');
const history = frontKeys.indexOf('history');
const smallNumber = /^(?:[0-9]|10)$/;

/** The values, as they are written, of those keys in the middle that a head has. */
interface Middle {
  kinds?: string;
  feelings?: string;
  size?: string;
  rest_until?: string;
}

/**
 * Reads the head of a front matter that is exactly as we write it: known keys in their order, each once, in their plain forms.
 * Undefined for anything else; then `readPlainFront` and `checkHead` say what it is, and where this answers they would give the
 * same (a property holds them together). One pattern runs over the lines, and what few ask for is read when it is asked for.
 */
export function glanceHead(lines: string): Head | undefined {
  const found = canonical.exec(lines);
  if (found === null) return undefined;
  const [, id, sessionText, createdText, statusText, title, who, between] = found;
  const session = parseDay(sessionText ?? '');
  const status = statusText === undefined ? undefined : parseStatus(statusText);
  const middle = glanceMiddle(between ?? '');
  if (id === undefined || session === undefined || middle === undefined) return undefined;
  const { kinds, feelings, size, rest_until: rest } = middle;
  const restUntil = rest === undefined ? undefined : parseDay(rest);
  if ((statusText !== undefined && status === undefined) || (rest !== undefined && restUntil === undefined)) return undefined;
  // The pattern has seen the time; on the day of the session it has a day that exists.
  const created = createdText?.startsWith(session) === true ? (createdText as Instant) : createdText === undefined ? undefined : parseInstant(createdText);
  if (createdText !== undefined && created === undefined) return undefined;
  if (title === '""' || who === '""') return undefined;
  return new GlancedHead(lines, id, session, created, status, unquoted(title), unquoted(who), size === undefined ? undefined : Number(size), restUntil, kinds, feelings);
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
    lines: string, id: string, session: Day, created: Instant | undefined, status: Status | undefined, title: string | undefined, who: string | undefined, size: number | undefined,
    restUntil: Day | undefined, kinds: string | undefined, feelings: string | undefined,
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
    return (this.#keys ??= plainly(this.#lines));
  }
}

/** Glances at the front matter of a whole text; undefined when that is not exactly as we write it. */
export function glanceText(text: string): Head | undefined {
  const end = text.startsWith('---\n') ? text.indexOf('\n---\n', 3) : -1;
  return end < 0 ? undefined : glanceHead(text.slice(4, end + 1));
}

/** Undefined when a key is unknown, stands twice or out of order, or has another form than it should. */
function glanceMiddle(lines: string): Middle | undefined {
  if (reserved.test(lines)) return undefined;
  const middle: Middle = {};
  for (let at = 0, last = before; at < lines.length; ) {
    const colon = lines.indexOf(':', at);
    const end = lines.indexOf('\n', colon);
    const key = lines.slice(at, colon);
    const rank = ranks.get(key) ?? history;
    if (rank <= last || rank === history) return undefined;
    if (key === 'kinds' || key === 'feelings') {
      if (lines[colon + 2] !== '[') return undefined;
      middle[key] = lines.slice(colon + 2, end);
    } else if (key === 'size' || key === 'rest_until') middle[key] = lines.slice(colon + 2, end);
    last = rank;
    at = end + 1;
  }
  return middle.size === undefined || smallNumber.test(middle.size) ? middle : undefined;
}

function plainly(lines: string): FrontKeys {
  const keys = readPlainFront(lines, 0, lines.length);
  if (keys === undefined) throw new Error('the plain reader reads what the glance has read');
  return keys;
}

function unquoted(text: string | undefined): string | undefined {
  return text?.startsWith('"') === true ? text.slice(1, -1) : text;
}

/** The items of a list as it is written; a list of quoted texts has what the plain reader says. */
function listed(written = '[]'): readonly string[] {
  if (!written.includes('"')) return written === '[]' ? [] : written.slice(1, -1).split(', ');
  const { items } = plainly(`items: ${written}\n`);
  return isList(items) ? items.filter((item) => typeof item === 'string') : [];
}

function isList(value: FrontValue | undefined): value is readonly FrontValue[] {
  return Array.isArray(value);
}

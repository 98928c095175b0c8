import { numberedDays, yearFirst } from '../../core/dates/calendar-day.ts';
import { parseDay } from '../../core/dates/day.ts';
import { frontKeys, type FrontValue } from '../../core/notes/reflection.ts';
import { parseStatus } from '../../core/notes/status.ts';
import type { FrontKeys } from './read-plain-front.ts';

type Read = (value: FrontValue) => FrontValue;

// Also `7/10`, which says of how much.
const whole = /^\s*\+?0*([0-9]{1,2})(?:\.0+)?(?:\s*\/\s*10)?\s*$/;
const keyLike = /^[a-z][a-z0-9-]*$/;
// A key as editors and people write it, at the beginning of a line or all in capitals. `toString` is
// somebody's own word.
const capitals = /^[A-Z](?:[a-z0-9-]*|[A-Z0-9-]*)$/;
const link = /^\[\[(.*)\]\]$/;

// What a known key holds. Other programs write a list where one value belongs, quote a number, or add a time
// to a day.
const readers: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    id: asText,
    title: asText,
    with: asText,
    template: asText,
    repeat_of: asText,
    session: asDay,
    rest_until: asDay,
    status: asStatus,
    size: asNumber,
    outside: asNumber,
    sit: normalizePick,
    held_back: normalizePick,
    shape: normalizePick,
    strain_from: normalizePick,
    noticed: normalizePick,
    touches: normalizePick,
    next: normalizePick,
    care: normalizePick,
    let_go_reason: normalizePick,
    kinds: asPicks,
    feelings: asPicks,
    since: asPicks,
    urges: asPicks,
    echo: asPicks,
    line_kinds: asPicks,
    history: asLines,
  }),
);
const known = new Set<string>(frontKeys);

/**
 * Returns the keys of a front matter as they are meant, whatever program wrote them: `size: "7"` is a number,
 * `status: Planned` a status, `session: 2026-03-12T00:00:00` a day, `kinds: misread` a list. What can't be
 * read stays as it is, for `checkHead` to name. Other people's keys are not touched.
 */
export function normalizeFront(keys: FrontKeys): FrontKeys {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, normalizeValue(key, value)]));
}

/** Returns one value as it is meant; see `asMeant`. */
export function normalizeValue(key: string, value: FrontValue): FrontValue {
  const read = readers.get(key);
  return read === undefined ? value : read(value);
}

/**
 * Gives the name of ours that a key has in other letters, `Status`; undefined when it is written as ours or
 * is none.
 */
export function knownKey(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  return lower !== name && known.has(lower) ? lower : undefined;
}

/**
 * One option of a list, in lower case where it can be a key of ours. Own words (`other: …`) stay as they are.
 */
export function normalizePick(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string') return only;
  const text = only.trim();
  if (capitals.test(text)) return text.toLowerCase();
  return keyLike.test(text) ? text : only;
}

/**
 * Several options. One by itself is a list of one, and keys with commas between them are as many; empty items
 * are left out.
 */
function asPicks(value: FrontValue): FrontValue {
  if (isList(value)) {
    if (value.every(item => typeof item === 'string' && keyLike.test(item))) return value;
    return unchangedOr(
      value,
      value.map(normalizePick).filter(item => item !== null && item !== ''),
    );
  }
  if (typeof value !== 'string') return value;
  const parts = value.split(',').map(part => part.trim());
  if (parts.every(part => part === '')) return [];
  const isSeveral = parts.every(part => keyLike.test(part) || capitals.test(part));
  return isSeveral ? parts.map(normalizePick) : [value];
}

function asLines(value: FrontValue): FrontValue {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  return isList(value)
    ? unchangedOr(
        value,
        value.filter(item => item !== null && item !== ''),
      )
    : value;
}

function asText(value: FrontValue): FrontValue {
  const only = single(value);
  return typeof only === 'number' || typeof only === 'boolean' ? String(only) : only;
}

function asNumber(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string') return only;
  if (only.trim() === '') return null;
  const digits = whole.exec(only)?.[1];
  return digits === undefined ? only : Number(digits);
}

function asStatus(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string' || parseStatus(only) !== undefined) return only;
  const text = only
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  if (text === '') return null;
  return parseStatus(text) ?? only;
}

/** A day. The time that a notes app puts behind it is left out: a session day is never shifted. */
function asDay(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string') return only;
  if (parseDay(only) !== undefined) return only;
  const text = only.trim();
  if (text === '') return null;
  const written = (link.exec(text)?.[1] ?? text).trim().toLowerCase();
  const [dayFirst, monthFirst] = numberedDays(written);
  // Of two that can be meant, nobody says which.
  const isClear = dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst;
  return yearFirst(written) ?? (isClear ? (dayFirst ?? monthFirst) : undefined) ?? only;
}

/** A list of one is its item, also `[[2026-03-12]]`, which is a link in notes apps and two lists in YAML. */
function single(value: FrontValue): FrontValue {
  if (!isList(value)) return value;
  const items = value.filter(item => item !== null);
  if (items.length === 0) return null;
  const [first = null] = items;
  return items.length === 1 ? single(first) : value;
}

function unchangedOr(before: readonly FrontValue[], after: readonly FrontValue[]): readonly FrontValue[] {
  return before.length === after.length && before.every((item, at) => item === after[at]) ? before : after;
}

function isList(value: FrontValue): value is readonly FrontValue[] {
  return Array.isArray(value);
}

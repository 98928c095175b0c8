import { numberedDays, yearFirst } from '../../core/dates/calendar-day.ts';
import { parseDay } from '../../core/dates/day.ts';
import { frontKeys, type FrontValue } from '../../core/notes/reflection.ts';
import { parseStatus } from '../../core/notes/status.ts';
import type { FrontKeys } from './read-plain-front.ts';

type Normalize = (value: FrontValue) => FrontValue;

// A whole number, also as `7/10`.
const wholeNumber = /^\s*\+?0*([0-9]{1,2})(?:\.0+)?(?:\s*\/\s*10)?\s*$/;
const keyLike = /^[a-z][a-z0-9-]*$/;
// A key with a capital first letter or all in capitals, as editors and people may write it. Not `toString`,
// which is the person's own word.
const capitalized = /^[A-Z](?:[a-z0-9-]*|[A-Z0-9-]*)$/;
const link = /^\[\[(.*)\]\]$/;

// How to normalize the value of each known key. Other programs write a list instead of a single value, quote
// a number, or add a time to a day.
const normalizers: ReadonlyMap<string, Normalize> = new Map(
  Object.entries<Normalize>({
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
 * Normalizes the values of the known keys, whichever program wrote them: `size: "7"` becomes a number,
 * `status: Planned` a status, `session: 2026-03-12T00:00:00` a day, `kinds: misread` a list. Leaves values
 * that it can't interpret for `checkHead` to report, and never changes unknown keys.
 */
export function normalizeFront(keys: FrontKeys): FrontKeys {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, normalizeValue(key, value)]));
}

/** Normalizes the value of one key; see `normalizeFront`. */
export function normalizeValue(key: string, value: FrontValue): FrontValue {
  const normalize = normalizers.get(key);
  return normalize === undefined ? value : normalize(value);
}

/**
 * Returns the known key that `name` spells with other capitals or spaces around it (`Status`). Returns
 * undefined if `name` is already spelt like a known key, or is not a known key.
 */
export function knownKey(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  return lower !== name && known.has(lower) ? lower : undefined;
}

/**
 * Normalizes one option: lower case if it could be an option's key. Keeps own words (`other: …`) unchanged.
 */
export function normalizePick(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string') return only;
  const text = only.trim();
  if (capitalized.test(text)) return text.toLowerCase();
  return keyLike.test(text) ? text : only;
}

/**
 * Normalizes a list of options. A single option becomes a list with one item, and keys separated by commas
 * become several items. Drops empty items.
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
  const isSeveral = parts.every(part => keyLike.test(part) || capitalized.test(part));
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
  const digits = wholeNumber.exec(only)?.[1];
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

/** Normalizes a day. Cuts off the time that a notes app appends, and never shifts the day by a time zone. */
function asDay(value: FrontValue): FrontValue {
  const only = single(value);
  if (typeof only !== 'string') return only;
  if (parseDay(only) !== undefined) return only;
  const text = only.trim();
  if (text === '') return null;
  const written = (link.exec(text)?.[1] ?? text).trim().toLowerCase();
  const [dayFirst, monthFirst] = numberedDays(written);
  // Don't guess if both orders of day and month are possible and differ.
  const isUnambiguous = dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst;
  return yearFirst(written) ?? (isUnambiguous ? (dayFirst ?? monthFirst) : undefined) ?? only;
}

/**
 * Returns the item of a list with one item, else the value. Also unwraps `[[2026-03-12]]`, which is a link in
 * notes apps and a nested list in YAML.
 */
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

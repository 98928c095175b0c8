import type { Day } from '../dates/day.ts';
import { parseDay } from '../dates/day.ts';
import { normalizeForSearch } from '../text/normalize-for-search.ts';

/** Question ids, by the heading above their answers in a file. */
export type FieldsByHeading = Readonly<Record<string, string>>;

// In characters. No question has a longer heading, and patterns anchored at the end are slow on long texts.
const longest = 500;

/**
 * Normalizes a heading for comparing: `One Sentence: ##` becomes `one sentence`. Editors and linters change
 * case, spaces and quotation marks, close a heading with `##`, add a colon or remove a full stop.
 */
export function headingKey(heading: string): string {
  if (heading.length > longest) return heading;
  return normalizeForSearch(withoutClosing(heading))
    .replace(/[\s.,;:!]+$/, '')
    .trim();
}

/** Removes the closing `##` that a Markdown heading may have, and spaces at both ends. */
export function withoutClosing(heading: string): string {
  const text = heading.trim();
  let end = text.length;
  while (text.charAt(end - 1) === '#') end -= 1;
  return end === 0 || /[ \t]/.test(text.charAt(end - 1)) ? text.slice(0, end).trimEnd() : text;
}

const normalizedFields = new WeakMap<FieldsByHeading, ReadonlyMap<string, string>>();

/** Returns the id of the question with this heading; undefined for a heading that the person wrote. */
export function fieldOf(heading: string, fields: FieldsByHeading): string | undefined {
  if (Object.hasOwn(fields, heading)) return fields[heading];
  let byKey = normalizedFields.get(fields);
  if (byKey === undefined) {
    byKey = new Map(Object.entries(fields).map(([known, id]) => [headingKey(known), id]));
    normalizedFields.set(fields, byKey);
  }
  return byKey.get(headingKey(heading));
}

/**
 * Returns the day in a heading such as `Prepared on 2026-03-19`; undefined if it does not match `pattern`
 * (`Prepared on {day}`).
 */
export function dayInHeading(heading: string, pattern: string): Day | undefined {
  const [before = '', after = ''] = pattern.split('{day}').map(part => normalizeForSearch(part).trim());
  const key = headingKey(heading);
  if (!key.startsWith(before) || !key.endsWith(after)) return undefined;
  return parseDay(key.slice(before.length, key.length - after.length).trim());
}

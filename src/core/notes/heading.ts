import type { Day } from '../dates/day.ts';
import { parseDay } from '../dates/day.ts';
import { normalizeForSearch } from '../text/normalize-for-search.ts';

/** Question ids by the heading that their answers have in a file. */
export type FieldsByHeading = Readonly<Record<string, string>>;

// No question has a longer heading, and patterns that look for the end of a text are slow in a long one.
const longest = 500;

/**
 * Gives a heading in the form in which headings are compared. Editors and linters change case, blanks and
 * quotation marks, close a heading with `##`, and put a colon behind it or take a full stop away: `One
 * Sentence: ##` is `one sentence`.
 */
export function headingKey(heading: string): string {
  if (heading.length > longest) return heading;
  return normalizeForSearch(withoutClosing(heading))
    .replace(/[\s.,;:!]+$/, '')
    .trim();
}

/** Takes the `##` away that may close a heading of Markdown, and the blanks around it. */
export function withoutClosing(heading: string): string {
  const text = heading.trim();
  let end = text.length;
  while (text.charAt(end - 1) === '#') end -= 1;
  return end === 0 || /[ \t]/.test(text.charAt(end - 1)) ? text.slice(0, end).trimEnd() : text;
}

const keyed = new WeakMap<FieldsByHeading, ReadonlyMap<string, string>>();

/** Gives the id of the question that a heading belongs to; undefined for a heading of the person's own. */
export function fieldOf(heading: string, fields: FieldsByHeading): string | undefined {
  if (Object.hasOwn(fields, heading)) return fields[heading];
  let byKey = keyed.get(fields);
  if (byKey === undefined) {
    byKey = new Map(Object.entries(fields).map(([known, id]) => [headingKey(known), id]));
    keyed.set(fields, byKey);
  }
  return byKey.get(headingKey(heading));
}

/**
 * Finds the day in a heading such as `Prepared on 2026-03-19`; `pattern` is the same with `{day}` in its
 * place.
 */
export function dayInHeading(heading: string, pattern: string): Day | undefined {
  const [before = '', after = ''] = pattern.split('{day}').map(part => normalizeForSearch(part).trim());
  const key = headingKey(heading);
  if (!key.startsWith(before) || !key.endsWith(after)) return undefined;
  return parseDay(key.slice(before.length, key.length - after.length).trim());
}

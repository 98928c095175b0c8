import type { Day } from '../../dates/day.ts';
import { addDays, weekdayOf } from '../../dates/day.ts';
import type { DayReading } from './entry.ts';
import { findWhen } from './find-when.ts';
import { isWeekday, monthNumber } from './month-names.ts';
import type { When } from './zones.ts';
import { dayOf } from './zones.ts';

/** The date and title found in a path. */
export interface PathName {
  readonly when?: When;
  /** The name without extension, dates, weekdays and ids; undefined if no meaningful words are left. */
  readonly title?: string;
}

/** Placeholder names that programs give to untitled notes. */
export const placeholderTitle = new RegExp(
  '^(?:untitled|unnamed|new note|notes?|index|text|readme|entry|journal|page|document|ohne titel|sans titre)' +
    '(?: ?\\d+)?$',
  'i',
);
const endings = /\.(?:md|markdown|mdown|mkd|txt|text|org|json)$/i;
const notionId = /[ _-]?(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const ordinal = '(?:st|nd|rd|th|\\.)?';
const dateAndMonth = new RegExp(
  `^(?:\\d{1,2}${ordinal}[\\s_-]+\\p{L}{3,12}|\\p{L}{3,12}[\\s_-]+\\d{1,2}${ordinal})(?![\\p{L}\\d])`,
  'iu',
);
const denote = /^(\d{8}T\d{6})(?:==[^-_]*)?(?:--([^_]*))?(?:__.*)?$/;

/**
 * Reads the date and title from a path: `2024-03-12.md`, `202403121930 walk.md`, `March 12th, 2024.md`,
 * `2024/03/12.md`. For periodic notes (`2024-W11.md`, `2024-03.md`, `2024-Q1.md`, `2024.md`) it is the first
 * day.
 */
export function readPathName(path: string, reading: DayReading): PathName {
  const folders = path.split('/');
  const name = nameIn(folders);
  const base = name.replace(notionId, '') || name;
  const [, stamp, words] = denote.exec(base) ?? [];
  const text = stamp === undefined ? base : `${stamp} ${words?.replaceAll('-', ' ') ?? ''}`;
  const found = findWhen(text, reading);
  const undated = found === undefined ? text : `${text.slice(0, found.start)} ${text.slice(found.end)}`;
  if (found !== undefined) return named(found.when, undated, reading);
  const period = periodIn(text, reading);
  if (period !== undefined) return named({ day: period.day }, period.rest, reading);
  const inFolders = dayInFolders(text, folders, reading);
  if (inFolders !== undefined) return named({ day: inFolders.day }, inFolders.rest, reading);
  return named(undefined, text, reading);
}

/** Returns the file name without its extension; for the text of a textbundle, the name of the bundle. */
function nameIn(folders: string[]): string {
  const last = folders.pop() ?? '';
  const bundle = /^(.*)\.textbundle$/i.exec(folders.at(-1) ?? '')?.[1];
  if (bundle !== undefined) folders.pop();
  return decoded((bundle ?? last.replace(endings, '')).normalize('NFC'));
}

/** Logseq writes `/` as `___` and percent-encodes other characters. */
function decoded(name: string): string {
  const text = name.replaceAll('___', '/');
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function named(when: When | undefined, rest: string, reading: DayReading): PathName {
  const title = titleIn(rest, reading);
  return { ...(when === undefined ? {} : { when }), ...(title === undefined ? {} : { title }) };
}

function titleIn(rest: string, reading: DayReading): string | undefined {
  // Turn a slug into words.
  const isSlug = !/\s/.test(rest.trim()) && (rest.match(/[-_]/g) ?? []).length > 1;
  const spaced = isSlug ? rest.replace(/[-_]+/g, ' ') : rest;
  const words = spaced
    .replace(/[\s_]+/g, ' ')
    .trim()
    .split(' ');
  const isDayName = (word = ''): boolean => isWeekday(word.replace(/[^\p{L}]/gu, ''), reading);
  while (isDayName(words[0])) words.shift();
  while (isDayName(words.at(-1))) words.pop();
  const title = words
    .join(' ')
    .replace(/^[\s\-–—_.,:;~·|@]+|[\s\-–—_.,:;~·|@]+$/g, '')
    .replace(/^(?:\(\s*\)|\[\s*\])\s*|\s*(?:\(\s*\)|\[\s*\])$/g, '');
  if (!/\p{L}/u.test(title) || placeholderTitle.test(title)) return undefined;
  // Ignore names of one or two ASCII characters; two Chinese characters are a title.
  return /^[\x20-\x7e]{1,2}$/.test(title) ? undefined : title;
}

interface FoundDay {
  readonly day: Day;
  /** The rest of the name. */
  readonly rest: string;
}

/** Finds a week or quarter in a name, or a name that is only a month or a year. */
function periodIn(text: string, reading: DayReading): FoundDay | undefined {
  const week = /(?<!\d)(\d{4})-?[Ww](\d{2})(?!\d)/.exec(text);
  const quarter = /(?<!\d)(\d{4})[- ]?Q([1-4])(?!\d)/.exec(text);
  const found = week ?? quarter;
  if (found !== null) {
    const [year, count] = [Number(found[1]), Number(found[2])];
    const day = week === null ? dayOf({ year, month: count * 3 - 2, date: 1 }) : weekStart(year, count);
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return day === undefined ? undefined : { day, rest };
  }
  const [, yearOf, monthOf = '1'] = /^((?:19|20)\d{2})(?:[-_. ](\d{2}))?$/.exec(text.trim()) ?? [];
  const [, first, second] = /^(\p{L}{3,12}|\d{4})[ _-]+(\p{L}{3,12}|\d{4})$/u.exec(text.trim()) ?? [];
  const [word, number] = /^\d/.test(first ?? '') ? [second, first] : [first, second];
  const month =
    word !== undefined && /^(?:19|20)\d{2}$/.test(number ?? '') ? monthNumber(word, reading) : undefined;
  const day =
    month === undefined
      ? dayOf({ year: Number(yearOf), month: Number(monthOf), date: 1 })
      : dayOf({ year: Number(number), month, date: 1 });
  return day === undefined ? undefined : { day, rest: '' };
}

/** Returns the Monday of an ISO 8601 week. */
function weekStart(year: number, week: number): Day | undefined {
  const fourth = dayOf({ year, month: 1, date: 4 });
  if (fourth === undefined || week < 1 || week > 53) return undefined;
  return addDays(fourth, (week - 1) * 7 - ((weekdayOf(fourth) + 6) % 7));
}

/** Reads `2024/03/12.md`, `2024/2024-03/12 Tuesday.md`, `2024/March/12.md` and `2024/12 March.md`. */
function dayInFolders(text: string, folders: readonly string[], reading: DayReading): FoundDay | undefined {
  const year = folders.findLast(folder => /^(?:19|20)\d{2}(?!\d)/.test(folder))?.slice(0, 4);
  if (year === undefined) return undefined;
  const begin = dateAndMonth.exec(text)?.[0];
  const found = begin === undefined ? undefined : findWhen(`${begin} ${year}`, reading);
  if (found !== undefined) return { day: found.when.day, rest: text.slice(begin?.length) };
  const [, date] = /^(\d{1,2})(?!\d)/.exec(text) ?? [];
  const parent = folders.at(-1) ?? '';
  const month = monthOfFolder(parent, reading);
  const day =
    date === undefined || month === undefined
      ? undefined
      : dayOf({ year: Number(year), month, date: Number(date) });
  return day === undefined ? undefined : { day, rest: text.slice(date?.length ?? 0) };
}

function monthOfFolder(folder: string, reading: DayReading): number | undefined {
  const [, number] = /^(?:(?:19|20)\d{2}[-_. ])?(\d{1,2})(?!\d)/.exec(folder) ?? [];
  if (number !== undefined) return Number(number);
  return folder
    .match(/\p{L}{3,12}/gu)
    ?.map(word => monthNumber(word, reading))
    .find(month => month !== undefined);
}

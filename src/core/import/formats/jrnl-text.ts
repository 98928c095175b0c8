import type { DayReading, Entry, Reader, SourceFile } from '../entry/entry.ts';
import { findWhen } from '../entry/find-when.ts';
import type { When } from '../entry/zones.ts';

/** The start of an entry: `[2025-03-02 09:30] Title *`; jrnl 1 wrote no brackets. */
interface Opening {
  readonly when: When;
  readonly stamp: string;
  readonly rest: string;
}

const tagPattern = /(?<!\S)[@#]([-+*#/\p{L}\p{N}_]*[\p{L}\p{N}_][-+*#/\p{L}\p{N}_]*)/gu;

/** A jrnl journal file, or one day of a journal that is a folder: `2025/03/02.txt`. */
export const jrnlText: Reader = {
  source: 'jrnl',
  recognises: ({ text }) =>
    /^\s*\[\d[^\]\n]{5,40}\] \S/.test(text) || /^\s*\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(?: [AP]M)? \S/.test(text),
  read: (file, reading) => {
    const { text } = file;
    const first = openingIn(text.trimStart().split('\n', 1)[0] ?? '', undefined, reading);
    if (first === undefined) return undefined;
    return entriesIn(file, shapeOf(first.stamp), reading);
  },
};

function entriesIn({ text }: SourceFile, schema: string, reading: DayReading): readonly Entry[] {
  const entries: Entry[] = [];
  let open: { readonly opening: Opening; readonly line: number; readonly lines: string[] } | undefined;
  const close = (): void => {
    if (open !== undefined) entries.push(jrnlEntry({ ...open, when: open.opening.when }));
  };
  for (const [at, line] of text.split('\n').entries()) {
    const opening = openingIn(line, schema, reading);
    if (opening !== undefined) {
      close();
      open = { opening, line: at + 1, lines: [opening.rest] };
    } else {
      open?.lines.push(line);
    }
  }
  close();
  return entries;
}

/**
 * All timestamps in a journal have the same shape, so a date in brackets within a text does not start an
 * entry.
 */
function openingIn(line: string, schema: string | undefined, reading: DayReading): Opening | undefined {
  const match =
    /^\[([^\]\n]{6,40})\](?: |$)(.*)$/s.exec(line) ??
    /^(\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(?: [AP]M)?) (.*)$/s.exec(line);
  const [, stamp, rest = ''] = match ?? [];
  if (stamp === undefined || (schema !== undefined && shapeOf(stamp) !== schema)) return undefined;
  const found = findWhen(stamp, reading);
  return found === undefined ? undefined : { when: found.when, stamp, rest };
}

function shapeOf(stamp: string): string {
  return stamp.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
}

interface JrnlParts {
  readonly when: When;
  readonly lines: readonly string[];
  readonly line?: number;
  readonly isStarred?: boolean;
}

/**
 * Builds an entry from its title line and the lines below. A star after the title is jrnl's mark and becomes
 * a key.
 */
export function jrnlEntry({ when, lines: [first = '', ...rest], line, isStarred = false }: JrnlParts): Entry {
  const [, title = first] = /^(.*?)[ \t]+\*[ \t]*\r?$/s.exec(first) ?? [];
  const body = [title, ...rest].join('\n');
  const isAlone = rest.join('').trim() === '';
  return {
    identity: identityOf(when),
    line,
    // If there is only one line, it may be several sentences.
    title: isAlone ? undefined : title,
    body,
    days: [when],
    carried: isStarred || title !== first ? [{ key: 'starred', lines: 'starred: true\n' }] : [],
    extra: { tags: tagsIn(body) },
  };
}

/** An entry's identity is its minute. */
export function identityOf({ day, created }: When): string {
  return created === undefined ? day : `${day} ${created.slice(11, 16)}`;
}

function tagsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(tagPattern)].map(([, tag]) => (tag ?? '').toLowerCase()))];
}

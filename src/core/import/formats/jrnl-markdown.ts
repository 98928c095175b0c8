import type { DayReading, Entry, Reader } from '../entry/entry.ts';
import { findWhen } from '../entry/find-when.ts';
import { linesOf } from '../entry/text-lines.ts';
import type { When } from '../entry/zones.ts';
import { jrnlEntry } from './jrnl-text.ts';

/**
 * jrnl's Markdown export. A whole journal has `# 2025`, `## March` and `### 2025-03-02 09:30 Title`, with the
 * person's own headings at level 4 and deeper. An export to a folder has a file for each entry, starting with
 * `# 2025-03-02 09:30 Title`.
 */
export const jrnlMarkdown: Reader = {
  source: 'jrnl',
  recognises: ({ text }) =>
    /^\s*# \d{4}[ \t]*\r?\n\s*## \S+[ \t]*\r?\n\s*### [^\n]*\d/.test(text) ||
    /^\s*# \d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(?: [AP]M)? \S/.test(text),
  read: ({ text }, reading) => {
    const isWhole = /^\s*# \d{4}[ \t]*\r?\n/.test(text);
    const entries = isWhole ? journalIn(text, reading) : singleIn(text, reading);
    return entries.length === 0 ? undefined : entries;
  },
};

function singleIn(text: string, reading: DayReading): readonly Entry[] {
  const [first = '', ...rest] = text.trim().split('\n');
  const opening = openingIn(first.replace(/^# /, ''), reading);
  return opening === undefined ? [] : [jrnlEntry({ when: opening.when, lines: [opening.title, ...rest] })];
}

function journalIn(text: string, reading: DayReading): readonly Entry[] {
  const entries: Entry[] = [];
  let open: { readonly when: When; readonly line: number; readonly lines: string[] } | undefined;
  let number = 0;
  const close = (): void => {
    if (open !== undefined) entries.push(jrnlEntry(open));
    open = undefined;
  };
  for (const { text: line, next, isCode } of linesOf(text)) {
    number += 1;
    const opening = isCode || !line.startsWith('### ') ? undefined : openingIn(line.slice(4), reading);
    if (opening !== undefined) {
      close();
      open = { when: opening.when, line: number, lines: [opening.title] };
    } else if (!isCode && opensPart(line, text.slice(next, next + 400))) {
      close();
    } else {
      open?.lines.push(line);
    }
  }
  close();
  return entries;
}

/** Whether a line is the heading of a year or month: the next line is a month or an entry. */
function opensPart(line: string, below: string): boolean {
  if (/^# \d{4}\s*$/.test(line)) return /^\s*## \S/.test(below);
  return /^## \S+\s*$/.test(line) && /^\s*### [^\n]*\d/.test(below);
}

function openingIn(
  heading: string,
  reading: DayReading,
): { readonly when: When; readonly title: string } | undefined {
  const found = findWhen(heading, reading);
  // Allow a weekday before the date, but no other words.
  if (found === undefined || !/^\p{L}{0,12}[., ]*$/u.test(heading.slice(0, found.start))) return undefined;
  return { when: found.when, title: heading.slice(found.end).trim() };
}

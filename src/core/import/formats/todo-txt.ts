import type { DayReading, Entry, Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { readWhen } from '../entry/find-when.ts';

const pair = /(?:^|\s)[A-Za-z][\w-]*:[^\s/:]\S*/g;

/** A todo.txt file, one task per line. Completed tasks are skipped. */
export const todoTxt: Reader = {
  source: 'todo.txt',
  recognises: ({ path, text }) =>
    /(?:^|[/._-])(?:todo|done)\.txt$/i.test(path) || (kindOf(path) === 'text' && isList(text)),
  read: ({ text }, reading) =>
    text
      .split('\n')
      .flatMap((line, at) => (line.trim() === '' ? [] : [entryOf(line.trim(), at + 1, reading)])),
};

/** Whether every line has a mark that only tasks have. */
function isList(text: string): boolean {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return (
    lines.length > 0 &&
    lines.every(line => /^(?:x \d{4}-\d{2}-\d{2} |\([A-Z]\) |\d{4}-\d{2}-\d{2} (?!\d)).*\S/.test(line))
  );
}

function entryOf(text: string, line: number, reading: DayReading): Entry {
  const isDone = text.startsWith('x ');
  const rest = text.replace(/^x (?:\d{4}-\d{2}-\d{2} )?/, '');
  const [, day, words = rest] = /^(?:\([A-Z]\) )?(?:(\d{4}-\d{2}-\d{2}) )?(.*)$/.exec(rest) ?? [];
  const created = day === undefined ? undefined : readWhen(day, reading);
  const title = words
    .replace(pair, ' ')
    .replace(/(?:^|\s)[+@]\S+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    identity: `${day ?? ''} ${words}`.trim(),
    line,
    title,
    body: text,
    days: created === undefined ? [] : [created],
    extra: { tags: [...words.matchAll(/(?:^|\s)[+@](\S+)/g)].map(([, tag]) => tag ?? '') },
    ...(isDone ? { leftOut: 'done' as const } : {}),
  };
}

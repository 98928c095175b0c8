import type { DayReading, Entry, Reader } from '../entry/entry.ts';
import { readWhen } from '../entry/find-when.ts';
import { identityOf } from './jrnl-text.ts';
import { jsonOf, recordOf, recordsIn, textOf, textsIn } from '../entry/json-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * jrnl's JSON export: `{"tags": …, "entries": [{"title", "body", "date", "time", "tags", "starred"}]}`, or
 * one entry per file.
 */
export const jrnlJson: Reader = {
  source: 'jrnl',
  recognises: file => entriesOf(jsonOf(file)).length > 0,
  read: (file, reading) => {
    const entries = entriesOf(jsonOf(file));
    return entries.length === 0 ? undefined : entries.map(entry => entryOf(entry, reading));
  },
};

function entriesOf(value: unknown): readonly Fields[] {
  const top = recordOf(value);
  if (top === undefined) return [];
  const entries = isEntry(top) ? [top] : recordsIn(top['entries']);
  return entries.every(isEntry) ? entries : [];
}

function isEntry(value: Fields): boolean {
  return ['title', 'body', 'date'].every(key => typeof value[key] === 'string') && !('creationDate' in value);
}

function entryOf(entry: Fields, reading: DayReading): Entry {
  const [title, body] = [textOf(entry['title']), textOf(entry['body'])];
  const when = readWhen(`${textOf(entry['date'])} ${textOf(entry['time'])}`, reading);
  return {
    identity: textOf(entry['uuid']) || (when === undefined ? title : identityOf(when)),
    title: body.trim() === '' ? undefined : title,
    body: body.trim() === '' ? title : `${title}\n${body}`,
    days: when === undefined ? [] : [when],
    carried: entry['starred'] === true ? [{ key: 'starred', lines: 'starred: true\n' }] : [],
    extra: { tags: textsIn(entry['tags']).map(tag => tag.replace(/^[@#]/, '')) },
  };
}

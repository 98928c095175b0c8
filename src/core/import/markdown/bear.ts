import type { Reader, SourceFile } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';
import { readWhen } from '../entry/find-when.ts';
import { jsonFields } from '../entry/json-fields.ts';

/**
 * Bear's textbundles: the text is in `NAME.textbundle/text.md`, the creation date in `info.json` beside it.
 */
export const bear: Reader = {
  source: 'bear',
  recognises: ({ path }) => /\.textbundle\/text\.[a-z]+$/i.test(path),
  read: (file, reading) => {
    const created = createdIn(file);
    return [
      markdownEntry(file, reading, {
        created: created === undefined ? undefined : readWhen(created, reading),
      }),
    ];
  },
};

/** The date is at the top level or under the app's name. */
function createdIn({ info }: SourceFile): string | undefined {
  if (info === undefined) return undefined;
  const fields = jsonFields(info);
  const all = [
    fields,
    ...Object.values(fields).map(value => (typeof value === 'object' && value !== null ? { ...value } : {})),
  ];
  return all.flatMap((item: Readonly<Record<string, unknown>>) => {
    const date = item['creationDate'];
    return typeof date === 'string' || typeof date === 'number' ? [String(date)] : [];
  })[0];
}

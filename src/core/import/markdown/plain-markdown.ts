import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';

/** Any other Markdown file: one entry. */
export const markdown: Reader = {
  source: 'markdown',
  recognises: ({ path }) => kindOf(path) === 'markdown',
  read: (file, reading) => [markdownEntry(file, reading)],
};

/** Apple Notes, from any exporter; nothing in the files identifies them, so only `--from` selects it. */
export const appleNotes: Reader = {
  source: 'apple-notes',
  recognises: () => false,
  read: (file, reading) => [markdownEntry(file, reading)],
};

import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';

/** An Obsidian vault, recognised by its folder `.obsidian`. The file name is the title. */
export const obsidian: Reader = {
  source: 'obsidian',
  recognises: ({ path }, { hasFolder }) => kindOf(path) === 'markdown' && hasFolder('.obsidian'),
  read: (file, reading) => [markdownEntry(file, reading, { isNamedByFile: true })],
};

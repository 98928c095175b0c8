import type { Reader } from '../entry.ts';
import { kindOf } from '../entry.ts';
import { markdownEntry } from '../markdown-entry.ts';

/** A vault of Obsidian: the folder `.obsidian` is in it. A note is called what its file is called. */
export const obsidian: Reader = {
  source: 'obsidian',
  recognises: ({ path }, { hasFolder }) => kindOf(path) === 'markdown' && hasFolder('.obsidian'),
  read: (file, reading) => [markdownEntry(file, reading, { isNamedByFile: true })],
};

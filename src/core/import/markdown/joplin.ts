import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';

const moment = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?Z$/;

/** Joplin's Markdown with front matter: `title`, and `created` and `updated` in UTC. */
export const joplin: Reader = {
  source: 'joplin',
  recognises: ({ path, front }) =>
    kindOf(path) === 'markdown' &&
    ['created', 'updated'].every(key => moment.test(String(front?.keys[key] ?? ''))),
  read: (file, reading) => [markdownEntry(file, reading)],
};

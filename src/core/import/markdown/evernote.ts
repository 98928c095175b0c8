import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';
import { edgeLines } from '../entry/text-lines.ts';

/**
 * Evernote notes converted to Markdown: `Created at:` and `Updated at:` are at the end or in a front matter.
 */
export const evernote: Reader = {
  source: 'evernote',
  recognises: ({ path, body, front }) =>
    kindOf(path) === 'markdown' &&
    (Object.keys(front?.keys ?? {}).some(key => /^(?:created at|evernote.*)$/i.test(key)) ||
      edgeLines(body).some(line => /^ {4}Created at: \d|^Tag\(s\): /.test(line))),
  read: (file, reading) => [markdownEntry(file, reading)],
};

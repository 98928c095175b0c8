import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { markdownEntry } from '../entry/markdown-entry.ts';
import { propertyIn } from '../entry/text-lines.ts';

/** A Logseq graph: blocks start with `- `, properties have `::`, days are `journals/2024_03_12.md`. */
export const logseq: Reader = {
  source: 'logseq',
  recognises: ({ path, text }, { hasFolder }) => {
    const isGraph = hasFolder('logseq') && (hasFolder('journals') || hasFolder('pages'));
    const isJournal = /(?:^|\/)journals\/\d{4}_\d{2}_\d{2}\.\w+$/.test(path);
    const firstLine = /\S.*/.exec(text)?.[0] ?? '';
    return kindOf(path) === 'markdown' && (isGraph || isJournal || propertyIn(firstLine)?.colons === '::');
  },
  read: (file, reading) => [markdownEntry(file, reading, { isNamedByFile: true })],
};

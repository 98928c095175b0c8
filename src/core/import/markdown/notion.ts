import type { Reader } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { listed, markdownEntry } from '../entry/markdown-entry.ts';
import { linesOf, propertyIn, topHeading } from '../entry/text-lines.ts';

const idInName = /[ _-]([0-9a-f]{32})\.[a-z]+$/i;

/**
 * Notion's Markdown export: file names end in an id, the title is a heading, properties are lines below it.
 */
export const notion: Reader = {
  source: 'notion',
  recognises: ({ path }) => kindOf(path) === 'markdown' && idInName.test(path),
  read: (file, reading) => {
    const [, identity] = idInName.exec(file.path) ?? [];
    return [
      markdownEntry(file, reading, { identity: identity?.toLowerCase(), tags: tagsBelowTitle(file.body) }),
    ];
  },
};

function tagsBelowTitle(body: string): readonly string[] {
  const below = body.slice(topHeading(body)?.next ?? 0).replace(/^\s+/, '');
  for (const { text } of linesOf(below)) {
    const property = propertyIn(text);
    if (property === undefined) return [];
    if (property.key === 'Tags') return listed(property.value);
  }
  return [];
}

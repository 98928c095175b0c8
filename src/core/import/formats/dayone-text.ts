import type { DayReading, Entry, Reader } from '../entry/entry.ts';
import { findWhen } from '../entry/find-when.ts';
import { topHeading } from '../entry/text-lines.ts';
import type { When } from '../entry/zones.ts';
import { identityOf } from './jrnl-text.ts';

const opening = /^\tDate:\t(.*)$/;
const headerLine = /^\t([A-Z][A-Za-z ]*):\t?(.*)$/;

/**
 * Day One's plain text and Markdown exports, with one or more entries in a file: indented header lines
 * (`Date:`, `Weather:`, `Location:`), a blank line, the text. The day is the one in the header.
 */
export const dayOneText: Reader = {
  source: 'dayone',
  recognises: ({ text }) => /^\s*?\tDate:\t/.test(text),
  read: ({ text }, reading) => {
    const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
    const starts = lines.flatMap((line, at) => (opening.test(line) ? [at] : []));
    if (starts.length === 0) return undefined;
    return starts.map((start, at) => entryOf(lines.slice(start, starts[at + 1]), start + 1, reading));
  },
};

function entryOf(lines: readonly string[], line: number, reading: DayReading): Entry {
  const end = lines.findIndex(text => !headerLine.test(text));
  const [header, rest] = end < 0 ? [lines, []] : [lines.slice(0, end), lines.slice(end)];
  const fields = Object.fromEntries(
    header.map(text => {
      const [, key = '', value = ''] = headerLine.exec(text) ?? [];
      return [key.toLowerCase().replaceAll(' ', '_'), value.trim()] as const;
    }),
  );
  const body = rest.join('\n');
  const heading = topHeading(body);
  const when: When | undefined = findWhen(fields['date'] ?? '', reading)?.when;
  const { tags = '', ...others } = fields;
  return {
    identity: when === undefined ? (fields['date'] ?? '') : identityOf(when),
    line,
    title: heading?.level === 1 ? heading.text : undefined,
    body,
    days: when === undefined ? [] : [when],
    extra: {
      ...others,
      tags: tags
        .split(',')
        .map(tag => tag.trim())
        .filter(tag => tag !== ''),
    },
  };
}

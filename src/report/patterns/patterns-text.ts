import type { Day } from '../../core/dates/day.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Words } from '../../world/world.ts';
import { longDay } from '../text/dates.ts';
import { markdownLine, markdownQuote } from '../text/markdown-text.ts';
import { changeWords } from './patterns-pictures.ts';
import type { Layout } from '../pages/summary-report.ts';
import type { Part, Picture } from './picture.ts';

/** Today, texts and layout for pictures as plain lines. */
export interface PlainStyle {
  readonly today: Day;
  readonly words: Words;
  readonly layout: Layout;
}

/** Returns the pictures as Markdown: lists, small tables, quotes. */
export function patternsMarkdown(found: Patterns, pictures: readonly Picture[], words: Words): string {
  const parts = pictures.map(({ title, over, parts: within }) =>
    [
      `## ${words('patterns.heading', { title, over })}`,
      ...within.map(part => markdownPart(part, words)),
    ].join('\n\n'),
  );
  return [words('patterns.about'), totals(found, words), ...parts].join('\n\n');
}

/**
 * Returns the pictures in words, wrapped to the width, for screen readers and terminals that can only write
 * lines.
 */
export function patternsPlain(
  found: Patterns,
  pictures: readonly Picture[],
  { today, words, layout }: PlainStyle,
): string {
  const parts = pictures.map(({ title, over, parts: within }) =>
    [
      words('patterns.heading', { title, over }),
      ...within.flatMap(part => plainPart(part, today, words)),
    ].join('\n'),
  );
  return [[words('patterns.about'), totals(found, words)].join('\n'), ...parts]
    .map(part => layout.wrap(part, layout.width).join('\n'))
    .join('\n\n');
}

/** Returns sentences with the numbers of moments and sessions counted. */
export function totals({ moments, sessions }: Patterns, words: Words): string {
  return [words('patterns.moments', { n: moments }), words('patterns.sessions', { n: sessions })].join(' ');
}

function markdownPart(part: Part, words: Words): string {
  switch (part.is) {
    case 'entries':
      return part.rows
        .map(({ day, title, size, texts }) => {
          const line = title === '' ? day : words('patterns.entry', { day, title: markdownLine(title) });
          const sized =
            size === undefined
              ? line
              : words('patterns.entry_sized', { entry: line, size: changeWords(size, 'change', words) });
          return [`- ${sized}`, ...texts.map(text => markdownQuote(text, '  '))].join('\n');
        })
        .join('\n');
    case 'bars':
      return part.rows
        .map(({ label, n }) => `- ${words('patterns.bar', { label: markdownLine(label), n, of: part.of })}`)
        .join('\n');
    case 'counts':
      return part.rows
        .map(({ label, n }) => `- ${words('patterns.count', { label: markdownLine(label), n })}`)
        .join('\n');
    case 'grid':
      return [
        table(
          ['', ...part.columns],
          part.rows.map(({ label, cells }) => [label, ...cells.map(n => (n === 0 ? '' : String(n)))]),
        ),
        ...sentences(part.sentences),
      ].join('\n\n');
    case 'tracks':
      return table(
        ['day', 'moment', 'before', 'now'].map(name => words(`patterns.sizes.${name}`)),
        part.rows.map(({ day, title, before, now }) => [day, title, String(before), String(now)]),
        2,
      );
    case 'sentences':
      return sentences(part.lines).join('\n\n');
  }
}

function sentences(lines: readonly string[]): readonly string[] {
  return lines.map(markdownLine);
}

/** Returns a Markdown table. Columns from index `numbersFrom` on contain numbers and align right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom = 1): string {
  return [
    tableRow(head),
    `| ${head.map((_, at) => (at < numbersFrom ? '---' : '---:')).join(' | ')} |`,
    ...rows.map(tableRow),
  ].join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell => markdownLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function plainPart(part: Part, today: Day, words: Words): readonly string[] {
  switch (part.is) {
    case 'entries':
      return part.rows.flatMap(({ day, title, size, texts }) => {
        const on = longDay(day, today, words);
        const line = title === '' ? on : words('patterns.entry', { day: on, title });
        const sized =
          size === undefined
            ? line
            : words('patterns.entry_sized', { entry: line, size: changeWords(size, 'change_words', words) });
        const below = texts.flatMap(text => text.split(/[\n\u2028\u2029]/)).map(textLine => textLine.trim());
        return [sized, ...below.filter(textLine => textLine !== '').map(textLine => `  ${textLine}`)];
      });
    case 'bars':
      return part.rows.map(({ label, n }) => words('patterns.bar', { label, n, of: part.of }));
    case 'counts':
      return part.rows.map(({ label, n }) => words('patterns.count', { label, n }));
    case 'grid':
      return part.rows.flatMap(({ label, cells }) =>
        cells.flatMap((n, at) =>
          n === 0 ? [] : [words('patterns.echoes.pair', { kind: label, echo: part.columns[at] ?? '', n })],
        ),
      );
    case 'tracks':
      return part.rows.map(track =>
        words('patterns.entry_sized', {
          entry: words('patterns.entry', { day: longDay(track.day, today, words), title: track.title }),
          size: changeWords(track, 'change_words', words),
        }),
      );
    case 'sentences':
      return part.lines;
  }
}

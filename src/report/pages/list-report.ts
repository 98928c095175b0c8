import type { Day } from '../../core/dates/day.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { Marked } from '../../core/search/search.ts';
import { isUnresolved } from '../../core/notes/status.ts';
import type { Moment } from '../../core/search/summary.ts';
import { bigFrom } from '../../core/search/summary.ts';
import type { Words } from '../../world/world.ts';
import { shortDay } from '../text/dates.ts';
import { titleOf } from '../text/note-title.ts';
import { markdownQuote } from '../text/markdown-text.ts';
import { markMarkdown, markPlain, markStyled, shortened, textOf, unmarked } from '../text/mark-matches.ts';
import type { ListStyle, StatusLabels } from './summary-report.ts';
import { idColumn, leastTitle } from './summary-report.ts';
import { taskText, withDates } from './obsidian-tasks.ts';
import { jsonText } from '../text/json-text.ts';

/** One note of a list. After a search, `lines` are the matching lines. */
export interface ListRow {
  readonly moment: Moment;
  readonly title: Marked;
  readonly lines: readonly Marked[];
  /** The sentence to say to the therapist; for to-dos only. */
  readonly sentence?: string;
}

/** Returns the row of a note without a search: nothing in it is highlighted. */
export function rowOf(moment: Moment, words: Words, sentence?: string): ListRow {
  return { moment, title: unmarked(titleOf(moment.head, words)), lines: [], sentence };
}

/** Returns Markdown: one item per note, with its matching lines as items below it. */
export function listMarkdown(rows: readonly ListRow[], labels: StatusLabels, words: Words): string {
  return rows
    .map(({ moment: { head }, title, lines }) => {
      const facts = [head.id, ...factsOf(head, labels, words)].join(words('summary.separator'));
      return [
        `- ${words('summary.line', { title: markMarkdown(title), facts })}`,
        ...lines.map(line => `  - ${markMarkdown(shortened(line))}`),
      ].join('\n');
    })
    .join('\n');
}

/**
 * Returns to-dos: an open one for each unresolved note, a done one for each other note. Leaves out sessions
 * without a hard moment, which have no status.
 */
export function listTasks(rows: readonly ListRow[], labels: StatusLabels, words: Words): string {
  return rows
    .filter(({ moment }) => moment.head.status !== undefined)
    .map(({ moment: { head }, title, sentence }) => {
      const facts = [head.id, ...factsOf(head, labels, words)].join(words('summary.separator'));
      const box = isUnresolved(head.status) ? '[ ]' : '[x]';
      const line = `- ${box} ${words('summary.line', { title: markMarkdown(title), facts })}`;
      const quote = sentence === undefined ? '' : `\n${markdownQuote(sentence, '  ')}`;
      return withDates(taskText(line + quote), head);
    })
    .join('\n');
}

/** Returns text without markup; matches are in square brackets. */
export function listPlain(rows: readonly ListRow[], labels: StatusLabels, words: Words): string {
  return rows
    .map(({ moment: { head }, title, lines }) => {
      const facts = [...factsOf(head, labels, words), head.id].join(words('summary.separator'));
      return [
        words('summary.line', { title: markPlain(title), facts }),
        ...lines.map(line => `  ${markPlain(shortened(line))}`),
      ].join('\n');
    })
    .join('\n');
}

/** Returns the list as JSON, version 1: the front matter keys and the path of each row. */
export function listJson(rows: readonly ListRow[]): string {
  return jsonText({ version: 1, reflections: rows.map(keysOf) }, 2);
}

/** Returns the results of a search like `listJson`; each row also has `matches`, the matching lines. */
export function searchJson(rows: readonly ListRow[]): string {
  const reflections = rows.map(row => ({ ...keysOf(row), matches: row.lines.map(textOf) }));
  return jsonText({ version: 1, reflections }, 2);
}

function keysOf({ moment: { head, path } }: ListRow): Readonly<Record<string, unknown>> {
  const { rupture: _version, ...keys } = head.keys;
  return { ...keys, path };
}

/**
 * Lays the list out in columns for a terminal: day, title, status, size and id, with matching lines below. On
 * a narrow screen, writes these facts on a line above the title instead, with the size in words.
 */
export function listPage(
  rows: readonly ListRow[],
  today: Day,
  { labels, words, style, layout }: ListStyle,
): string {
  const cells = rows.map(({ moment: { head } }) => ({
    day: shortDay(head.session, today, words),
    status: labelOf(head, labels, words),
    size: sizeOf(head, words),
  }));
  const widest = (column: 'day' | 'status' | 'size'): number =>
    Math.max(0, ...cells.map(cell => layout.widthOf(cell[column])));
  const [dayWidth, statusWidth, sizeWidth] = [widest('day'), widest('status'), widest('size')];
  const ids = idColumn(rows.map(({ moment: { head } }) => head.id));
  // 11 = a margin of 2, four gaps of 2, and 1 at the end.
  const room = layout.width - dayWidth - statusWidth - sizeWidth - ids.width - 11;
  // Too narrow for columns: write the day, the status and the size above the title.
  const isNarrow = room < leastTitle;
  const titleWidth = isNarrow ? layout.width - 5 : Math.min(52, room);
  const margin = ' '.repeat(isNarrow ? 4 : 2 + dayWidth + 2);
  const below = isNarrow ? `${margin}  ` : margin;
  const pad = (text: string, width: number): string =>
    text + ' '.repeat(Math.max(0, width - layout.widthOf(text)));
  return rows
    .map(({ moment: { head }, title, lines }, at) => {
      const { day = '', status = '', size = '' } = cells[at] ?? {};
      const wrapped = layout.wrap(markStyled(title, style), titleWidth);
      const found = lines.flatMap(line =>
        layout
          .wrap(markStyled(shortened(line), style), layout.width - below.length - 3)
          .map((part, row) => below + (row === 0 ? '' : '  ') + part),
      );
      if (isNarrow) {
        const above = layout
          .wrap(
            [day, status, ...sizeWordsOf(head, words), head.id].join(words('note.separator')),
            layout.width - 3,
          )
          .map(line => `  ${style.faint(line)}`);
        return [...above, ...wrapped.map(line => margin + line), ...found].join('\n');
      }
      const first = `  ${' '.repeat(dayWidth - layout.widthOf(day))}${style.faint(day)}  ${pad(wrapped[0] ?? '', titleWidth)}  ${pad(status, statusWidth)}  ${pad(size, sizeWidth)}  ${style.faint(ids.beside(head.id))}`;
      const idBelow = ids.below(head.id).flatMap(id => layout.wrap(id, titleWidth));
      const under = [...wrapped.slice(1), ...idBelow.map(line => style.faint(line))];
      return [first.trimEnd(), ...under.map(line => margin + line), ...found].join('\n');
    })
    .join('\n');
}

function labelOf({ status }: Head, labels: StatusLabels, words: Words): string {
  return status === undefined ? words('list.session') : (labels[status] ?? status);
}

function sizeOf({ size }: Head, words: Words): string {
  return size === undefined ? '' : words(size >= bigFrom ? 'summary.size_big' : 'summary.size', { n: size });
}

function factsOf(head: Head, labels: StatusLabels, words: Words): readonly string[] {
  return [head.session, labelOf(head, labels, words), ...sizeWordsOf(head, words)];
}

function sizeWordsOf({ size }: Head, words: Words): readonly string[] {
  return size === undefined
    ? []
    : [words(size >= bigFrom ? 'summary.size_words_big' : 'summary.size_words', { n: size })];
}

import type { Summary, SummaryItem } from '../../core/search/summary.ts';
import type { Status } from '../../core/notes/status.ts';
import type { Style, Words } from '../../world/world.ts';
import { ageWords, plainDay, shortDay } from '../text/dates.ts';
import { markdownLine, markdownQuote } from '../text/markdown-text.ts';
import { taskText, withDates } from './obsidian-tasks.ts';
import { jsonText } from '../text/json-text.ts';

/** An item with the sentence that is prepared or written for it, and the label of its status. */
export interface ReportItem {
  readonly item: SummaryItem;
  readonly sentence?: string;
}

/** Labels of the statuses, by key. */
export type StatusLabels = Readonly<Record<string, string>>;

/** Writes Markdown: a heading a status, and each item as one line that notes apps take as a to-do. */
export function summaryMarkdown(items: readonly ReportItem[], labels: StatusLabels, words: Words): string {
  return groups(items)
    .map(([status, members]) => {
      const heading = `## ${words('summary.group', { status: labelOf(status, labels), n: members.length })}`;
      return [heading, '', ...members.map(one => taskLines(one, words, ''))].join('\n');
    })
    .join('\n\n');
}

/** Writes the to-do lines alone. The day stands last, as the Tasks plugin of Obsidian wants it. */
export function summaryTasks(items: readonly ReportItem[], words: Words): string {
  return items.map(one => withDates(taskText(taskLines(one, words, '')), one.item.head)).join('\n');
}

/** Writes text without markup, for a screen reader or a terminal that can only write lines. */
export function summaryPlain(items: readonly ReportItem[], labels: StatusLabels, words: Words): string {
  return groups(items)
    .map(([status, members]) => {
      const lines = members.flatMap(({ item, sentence }) => [
        words('summary.line', {
          title: calledOf(item, words),
          facts: [...factsOf(item, words), item.head.id].join(words('summary.separator')),
        }),
        ...(sentence === undefined
          ? []
          : sentence
              .trim()
              .split(/[\n\u2028\u2029]/)
              .map(line => `  ${line}`)),
      ]);
      return [words('summary.group', { status: labelOf(status, labels), n: members.length }), ...lines].join(
        '\n',
      );
    })
    .join('\n\n');
}

/** Gives the JSON object of the contract, version 1. */
export function summaryJson(summary: Summary, items: readonly ReportItem[]): string {
  const unresolved = items.map(({ item, sentence }) => ({
    id: item.head.id,
    title: item.head.title,
    status: item.head.status,
    session: item.head.session,
    age_days: item.ageDays,
    size: item.head.size,
    big: item.big,
    kinds: item.head.kinds,
    feelings: item.head.feelings,
    sentence,
    path: item.path,
  }));
  return jsonText({ version: 1, on: summary.on, resting: summary.resting, unresolved }, 2);
}

/** What the terminal needs to lay a line out: the display width of a text, and how to cut it. */
export interface Layout {
  readonly width: number;
  readonly widthOf: (text: string) => number;
  readonly wrap: (text: string, width: number) => readonly string[];
}

/** A title is read down a column at least so wide. */
export const leastTitle = 24;

/** Our ids have six letters. */
const longestId = 12;

/**
 * Lays out ids as a column, as wide as the widest. A long id, from somebody else's file, stands on a line
 * below.
 */
export function idColumn(ids: readonly string[]): IdColumn {
  const beside = ids.filter(id => id.length <= longestId);
  return {
    width: Math.max(0, ...beside.map(id => id.length)),
    beside: id => (id.length <= longestId ? id : ''),
    below: id => (id.length <= longestId ? [] : [id]),
  };
}

/** A column of ids. Ids are ASCII: a letter is a column. */
export interface IdColumn {
  readonly width: number;
  /** What stands in the column; empty for a long id. */
  readonly beside: (id: string) => string;
  /** The line below for a long id. */
  readonly below: (id: string) => readonly string[];
}

/** How a list of notes is written on a terminal. */
export interface ListStyle {
  readonly labels: StatusLabels;
  readonly words: Words;
  readonly style: Style;
  readonly layout: Layout;
}

/**
 * Lays the summary out for a terminal: the day, the title, the size, the age and the id; the sentence
 * below. Where there is no room for columns they are lines, the size in words.
 */
export function summaryPage(
  summary: Summary,
  items: readonly ReportItem[],
  { labels, words, style, layout }: ListStyle,
): string {
  const rows = items.map(({ item }) => ({
    day: shortDay(item.head.session, summary.on, words),
    size: sizeOf(item, words),
    age: ageWords(item.ageDays, words),
  }));
  const dayWidth = Math.max(0, ...rows.map(({ day }) => layout.widthOf(day)));
  const sizeWidth = Math.max(0, ...rows.map(({ size }) => layout.widthOf(size)));
  const ageWidth = Math.max(0, ...rows.map(({ age }) => layout.widthOf(age)));
  const ids = idColumn(items.map(({ item }) => item.head.id));
  // Two columns of margin, two between the columns, one at the end.
  const room = layout.width - dayWidth - sizeWidth - ageWidth - ids.width - 11;
  // Too narrow for columns: the day, the size and the age stand above the title.
  const isNarrow = room < leastTitle;
  const titleWidth = isNarrow ? layout.width - 5 : Math.min(52, room);
  const pad = (text: string, width: number): string =>
    text + ' '.repeat(Math.max(0, width - layout.widthOf(text)));
  return groups(items)
    .map(([status, members]) => {
      const lines = members.flatMap(({ item, sentence }) => {
        const title = layout.wrap(calledOf(item, words), titleWidth);
        const day = shortDay(item.head.session, summary.on, words);
        const margin = ' '.repeat(isNarrow ? 4 : 2 + dayWidth + 2);
        const quoted =
          sentence === undefined
            ? []
            : layout.wrap(
                words('summary.quote', { sentence: sentence.replace(/\s+/g, ' ').trim() }),
                layout.width - margin.length - 1,
              );
        const said = quoted.map(line => margin + style.faint(line));
        if (isNarrow) {
          const above = layout
            .wrap(
              [day, ...sizeWordsOf(item, words), ageWords(item.ageDays, words), item.head.id].join(
                words('note.separator'),
              ),
              layout.width - 3,
            )
            .map(line => `  ${style.faint(line)}`);
          return [...above, ...title.map(line => margin + line), ...said];
        }
        const age = pad(ageWords(item.ageDays, words), ageWidth);
        const ageAndId = style.faint(`${age}  ${ids.beside(item.head.id)}`.trimEnd());
        const facts = `${pad(sizeOf(item, words), sizeWidth)}  ${ageAndId}`;
        const first = `  ${' '.repeat(dayWidth - layout.widthOf(day))}${style.faint(day)}  ${pad(title[0] ?? '', titleWidth)}  ${facts}`;
        const idBelow = ids.below(item.head.id).flatMap(id => layout.wrap(id, titleWidth));
        const under = [...title.slice(1), ...idBelow.map(line => style.faint(line))];
        return [first.trimEnd(), ...under.map(line => margin + line), ...said];
      });
      return [
        style.strong(words('summary.group', { status: labelOf(status, labels), n: members.length })),
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

function groups(
  items: readonly ReportItem[],
): readonly (readonly [Status | undefined, readonly ReportItem[]])[] {
  const by = new Map<Status | undefined, ReportItem[]>();
  for (const one of items) {
    const members = by.get(one.item.head.status);
    if (members === undefined) by.set(one.item.head.status, [one]);
    else members.push(one);
  }
  return [...by];
}

function labelOf(status: Status | undefined, labels: StatusLabels): string {
  return (status === undefined ? undefined : labels[status]) ?? status ?? '';
}

function taskLines({ item, sentence }: ReportItem, words: Words, after: string): string {
  const facts = [item.head.id, ...factsOf(item, words)].join(words('summary.separator'));
  const line = `- [ ] ${words('summary.line', { title: markdownLine(calledOf(item, words)), facts })}${after}`;
  return sentence === undefined ? line : `${line}\n${markdownQuote(sentence, '  ')}`;
}

/** What an item is called: its title, else its day, and how often its kind came up. */
export function calledOf({ head, times }: SummaryItem, words: Words): string {
  const title = head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) });
  if (times < 2) return title;
  const often = words(times <= 5 ? `summary.times.t${times}` : 'summary.times.more', { n: times });
  return words('summary.titled_times', { title, times: often });
}

function sizeOf({ head, big }: SummaryItem, words: Words): string {
  return head.size === undefined ? '' : words(big ? 'summary.size_big' : 'summary.size', { n: head.size });
}

function factsOf(item: SummaryItem, words: Words): readonly string[] {
  return [item.head.session, ageWords(item.ageDays, words), ...sizeWordsOf(item, words)];
}

function sizeWordsOf({ head: { size }, big }: SummaryItem, words: Words): readonly string[] {
  return size === undefined
    ? []
    : [words(big ? 'summary.size_words_big' : 'summary.size_words', { n: size })];
}

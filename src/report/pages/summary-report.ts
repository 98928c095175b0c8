import type { Summary, SummaryItem } from '../../core/search/summary.ts';
import type { Status } from '../../core/notes/status.ts';
import type { Style, Words } from '../../world/world.ts';
import { ageWords, plainDay, shortDay } from '../text/dates.ts';
import { markdownLine, markdownQuote } from '../text/markdown-text.ts';
import { taskText, withDates } from './obsidian-tasks.ts';
import { jsonText } from '../text/json-text.ts';

/** A summary item, with the sentence that the person prepared or wrote to say, if any. */
export interface ReportItem {
  readonly item: SummaryItem;
  readonly sentence?: string;
}

/** Labels of the statuses, by key. */
export type StatusLabels = Readonly<Record<string, string>>;

/** Returns Markdown: a heading per status, and one to-do line per item, with its sentence as a quote. */
export function summaryMarkdown(items: readonly ReportItem[], labels: StatusLabels, words: Words): string {
  return groups(items)
    .map(([status, members]) => {
      const heading = `## ${words('summary.group', { status: labelOf(status, labels), n: members.length })}`;
      return [heading, '', ...members.map(member => taskLines(member, words, ''))].join('\n');
    })
    .join('\n\n');
}

/** Returns only the to-do lines. The dates come last, as Obsidian's Tasks plugin requires. */
export function summaryTasks(items: readonly ReportItem[], words: Words): string {
  return items.map(entry => withDates(taskText(taskLines(entry, words, '')), entry.item.head)).join('\n');
}

/** Returns text without markup, for screen readers and terminals that can only write lines. */
export function summaryPlain(items: readonly ReportItem[], labels: StatusLabels, words: Words): string {
  return groups(items)
    .map(([status, members]) => {
      const lines = members.flatMap(({ item, sentence }) => [
        words('summary.line', {
          title: nameOfItem(item, words),
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

/** Returns the summary as JSON, version 1. */
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

/** The width of the terminal in columns, and functions to measure and wrap a text in columns. */
export interface Layout {
  readonly width: number;
  readonly widthOf: (text: string) => number;
  readonly wrap: (text: string, width: number) => readonly string[];
}

/** The minimum width of the title column, in columns. */
export const leastTitle = 24;

/** Longer ids do not go into the column. Our ids have six characters. */
const longestId = 12;

/**
 * Returns a column for ids, as wide as the widest id of at most `longestId` characters. Longer ids, from
 * files of other programs, go on a line below.
 */
export function idColumn(ids: readonly string[]): IdColumn {
  const beside = ids.filter(id => id.length <= longestId);
  return {
    width: Math.max(0, ...beside.map(id => id.length)),
    beside: id => (id.length <= longestId ? id : ''),
    below: id => (id.length <= longestId ? [] : [id]),
  };
}

/** A column of ids. Ids are ASCII, so each character takes one column. */
export interface IdColumn {
  readonly width: number;
  /** Returns the text for the column: the id, or an empty text for a long id. */
  readonly beside: (id: string) => string;
  /** Returns the lines below: the id if it is long, else none. */
  readonly below: (id: string) => readonly string[];
}

/** Labels, texts and layout for a list of notes on a terminal. */
export interface ListStyle {
  readonly labels: StatusLabels;
  readonly words: Words;
  readonly style: Style;
  readonly layout: Layout;
}

/**
 * Lays the summary out in columns for a terminal: day, title, size, age and id, with the sentence below. On a
 * narrow screen, writes these facts on a line above the title instead, with the size in words.
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
  // 11 = a margin of 2, four gaps of 2, and 1 at the end.
  const room = layout.width - dayWidth - sizeWidth - ageWidth - ids.width - 11;
  // Too narrow for columns: write the day, the size and the age above the title.
  const isNarrow = room < leastTitle;
  const titleWidth = isNarrow ? layout.width - 5 : Math.min(52, room);
  const pad = (text: string, width: number): string =>
    text + ' '.repeat(Math.max(0, width - layout.widthOf(text)));
  return groups(items)
    .map(([status, members]) => {
      const lines = members.flatMap(({ item, sentence }) => {
        const title = layout.wrap(nameOfItem(item, words), titleWidth);
        const day = shortDay(item.head.session, summary.on, words);
        const margin = ' '.repeat(isNarrow ? 4 : 2 + dayWidth + 2);
        const quoted =
          sentence === undefined
            ? []
            : layout.wrap(
                words('summary.quote', { sentence: sentence.replace(/\s+/g, ' ').trim() }),
                layout.width - margin.length - 1,
              );
        const sentenceLines = quoted.map(line => margin + style.faint(line));
        if (isNarrow) {
          const above = layout
            .wrap(
              [day, ...sizeWordsOf(item, words), ageWords(item.ageDays, words), item.head.id].join(
                words('note.separator'),
              ),
              layout.width - 3,
            )
            .map(line => `  ${style.faint(line)}`);
          return [...above, ...title.map(line => margin + line), ...sentenceLines];
        }
        const age = pad(ageWords(item.ageDays, words), ageWidth);
        const ageAndId = style.faint(`${age}  ${ids.beside(item.head.id)}`.trimEnd());
        const facts = `${pad(sizeOf(item, words), sizeWidth)}  ${ageAndId}`;
        const first = `  ${' '.repeat(dayWidth - layout.widthOf(day))}${style.faint(day)}  ${pad(title[0] ?? '', titleWidth)}  ${facts}`;
        const idBelow = ids.below(item.head.id).flatMap(id => layout.wrap(id, titleWidth));
        const under = [...title.slice(1), ...idBelow.map(line => style.faint(line))];
        return [first.trimEnd(), ...under.map(line => margin + line), ...sentenceLines];
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
  const byStatus = new Map<Status | undefined, ReportItem[]>();
  for (const entry of items) {
    const members = byStatus.get(entry.item.head.status);
    if (members === undefined) byStatus.set(entry.item.head.status, [entry]);
    else members.push(entry);
  }
  return [...byStatus];
}

function labelOf(status: Status | undefined, labels: StatusLabels): string {
  return (status === undefined ? undefined : labels[status]) ?? status ?? '';
}

function taskLines({ item, sentence }: ReportItem, words: Words, after: string): string {
  const facts = [item.head.id, ...factsOf(item, words)].join(words('summary.separator'));
  const line = `- [ ] ${words('summary.line', { title: markdownLine(nameOfItem(item, words)), facts })}${after}`;
  return sentence === undefined ? line : `${line}\n${markdownQuote(sentence, '  ')}`;
}

/** Returns the name of an item: its title, or its day if it has none, and how often its kind came up. */
export function nameOfItem({ head, times }: SummaryItem, words: Words): string {
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

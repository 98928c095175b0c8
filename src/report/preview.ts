import type { Day } from '../core/day.ts';
import { bigFrom } from '../core/summary.ts';
import type { Style, Words } from '../world.ts';
import { longDay } from './dates.ts';
import type { Layout } from './summary-report.ts';

export interface PreviewRow {
  readonly label: string;
  readonly value: string;
}

export interface Preview {
  readonly title: string;
  readonly session: Day;
  readonly size?: number;
  readonly rows: readonly PreviewRow[];
}

/** As many lines of one answer are shown. */
const most = 12;

/** Lays out what is about to be kept: the title, the day and the size, then a row for each answer. */
export function previewPage(preview: Preview, today: Day, words: Words, style: Style, layout: Layout): string {
  const day = longDay(preview.session, today, words);
  const size = preview.size === undefined ? undefined : words(preview.size >= bigFrom ? 'conversation.preview.size_big' : 'conversation.preview.size', { n: preview.size });
  const facts = size === undefined ? day : words('conversation.preview.facts', { day, size });
  const wide = layout.width >= 60;
  const labelWidth = Math.min(26, Math.max(0, ...preview.rows.map(({ label }) => layout.widthOf(label))));
  const rows = preview.rows.flatMap(({ label, value }) => (wide ? beside(label, value, labelWidth, words, style, layout) : below(label, value, words, style, layout)));
  return [...layout.wrap(preview.title, layout.width - 2).map((line) => style.strong(line)), style.faint(facts), '', ...rows].map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}

function beside(label: string, value: string, labelWidth: number, words: Words, style: Style, layout: Layout): readonly string[] {
  const lines = beginning(layout.wrap(value, layout.width - labelWidth - 5), words);
  const labels = layout.wrap(label, labelWidth);
  const count = Math.max(lines.length, labels.length);
  return Array.from({ length: count }, (_, index) => {
    const left = labels[index] ?? '';
    return `${style.faint(left)}${' '.repeat(Math.max(0, labelWidth - layout.widthOf(left)))}   ${lines[index] ?? ''}`.trimEnd();
  });
}

function below(label: string, value: string, words: Words, style: Style, layout: Layout): readonly string[] {
  return [style.faint(label), ...beginning(layout.wrap(value, layout.width - 4), words).map((line) => `  ${line}`)];
}

/** What a pasted page begins with: the question below it stays near to the rest. */
function beginning(lines: readonly string[], words: Words): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), words('conversation.preview.more_lines', { n: lines.length - most + 1 })];
}

import type { Day } from '../../core/dates/day.ts';
import { bigFrom } from '../../core/search/summary.ts';
import type { Style, Words } from '../../world/world.ts';
import type { AnswerRow } from './answer-rows.ts';
import { rowLines } from './answer-rows.ts';
import { longDay } from '../text/dates.ts';
import type { Layout } from './summary-report.ts';

export interface Preview {
  readonly title: string;
  readonly session: Day;
  readonly size?: number;
  readonly rows: readonly AnswerRow[];
}

/** As many lines of one answer are shown. */
const most = 12;

interface PreviewStyle {
  readonly words: Words;
  readonly style: Style;
  readonly layout: Layout;
}

/** Lays out what is about to be kept: the title, the day and the size, then a row for each answer. */
export function previewPage(preview: Preview, today: Day, { words, style, layout }: PreviewStyle): string {
  const day = longDay(preview.session, today, words);
  const size =
    preview.size === undefined
      ? undefined
      : words(preview.size >= bigFrom ? 'conversation.preview.size_big' : 'conversation.preview.size', {
          n: preview.size,
        });
  const facts = size === undefined ? day : words('conversation.preview.facts', { day, size });
  return [
    ...layout.wrap(preview.title, layout.width - 2).map(line => style.strong(line)),
    style.faint(facts),
    '',
    ...rowLines(preview.rows, style, layout, lines => beginning(lines, words)),
  ]
    .map(line => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

/** What a pasted page begins with: the question below it stays near to the rest. */
function beginning(lines: readonly string[], words: Words): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most - 1), words('conversation.preview.more_lines', { n: lines.length - most + 1 })];
}

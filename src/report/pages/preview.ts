import type { Day } from '../../core/dates/day.ts';
import { bigFrom } from '../../core/search/summary.ts';
import type { Style, Words } from '../../world/world.ts';
import type { AnswerRow } from './answer-rows.ts';
import { rowLines } from './answer-rows.ts';
import { longDay } from '../text/dates.ts';
import type { Layout } from './summary-report.ts';

/** The note to preview. `size` is 0 to 10. */
export interface Preview {
  readonly title: string;
  readonly session: Day;
  readonly size?: number;
  readonly rows: readonly AnswerRow[];
}

/** The maximum number of lines to show of one answer. */
const mostLines = 12;

interface PreviewStyle {
  readonly words: Words;
  readonly style: Style;
  readonly layout: Layout;
}

/** Lays out the note that is about to be saved: title, day and size, then a row per answer. */
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
    ...rowLines(preview.rows, style, layout, lines => firstLines(lines, words)),
  ]
    .map(line => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

/** Shortens a long (perhaps pasted) text, so that the other answers and the question below stay in view. */
function firstLines(lines: readonly string[], words: Words): readonly string[] {
  return lines.length <= mostLines
    ? lines
    : [
        ...lines.slice(0, mostLines - 1),
        words('conversation.preview.more_lines', { n: lines.length - mostLines + 1 }),
      ];
}

import type { Layout } from './summary-report.ts';

/** A line of the card: a label and the text beside it. */
export interface CardRow {
  readonly label: string;
  readonly value: string;
}

/** The card to take to the session. It contains only what the person chose. */
export interface Card {
  readonly opening?: string;
  /** Rows addressed to the therapist. */
  readonly rows: readonly CardRow[];
  /** The other side of the card, for the person alone. */
  readonly back?: { readonly title: string; readonly rows: readonly CardRow[] };
}

/** The maximum number of lines of both sides together, and of the back without its title. */
const mostLines = 9;
const mostBackLines = 2;

/**
 * Returns a card of at most nine lines, for paper, a phone, or the screen: the front, then the back if there
 * is one. To fit, cuts lines from the end of the longest texts and marks each cut with an ellipsis.
 */
export function cardText({ opening, rows, back }: Card, layout: Layout): string {
  const backLines = back === undefined ? [] : sideLines({ rows: back.rows }, mostBackLines, layout);
  const title = back === undefined ? [] : [`--- ${back.title} ---`];
  const front = sideLines({ opening, rows }, mostLines - title.length - backLines.length, layout);
  return [...front, ...title, ...backLines].join('\n');
}

function sideLines({ opening, rows }: Omit<Card, 'back'>, limit: number, layout: Layout): readonly string[] {
  const width = Math.min(layout.width, 72);
  const labelWidth = Math.max(0, ...rows.map(({ label }) => layout.widthOf(label)));
  const beside = width >= labelWidth + 24;
  const rowWidth = beside ? width - labelWidth - 3 : width - 2;
  const texts = rows.map(({ value }) => layout.wrap(value.replace(/\s+/g, ' ').trim(), rowWidth));
  const first = opening === undefined ? [] : layout.wrap(opening.replace(/\s+/g, ' ').trim(), width);
  const gap = first.length > 0 && rows.length > 0 ? 1 : 0;
  const extra = beside ? 0 : rows.length;
  const room = limit - gap - extra;
  const [head = [], ...bodies] = shorten([first, ...texts], room);
  const lines = rows.flatMap(({ label }, index) =>
    rowLines(label, bodies[index] ?? [], { labelWidth: beside ? labelWidth : undefined, layout }),
  );
  return [...head, ...(gap === 1 ? [''] : []), ...lines];
}

interface RowForm {
  /** Columns of the widest label; undefined to write each text below its label. */
  readonly labelWidth: number | undefined;
  readonly layout: Layout;
}

function rowLines(
  label: string,
  text: readonly string[],
  { labelWidth, layout }: RowForm,
): readonly string[] {
  if (labelWidth === undefined) return [label, ...text.map(line => `  ${line}`)];
  return text.map((line, index) => {
    const labelPart = index === 0 ? label : '';
    return `${labelPart}${' '.repeat(labelWidth - layout.widthOf(labelPart))}   ${line}`;
  });
}

// Drops lines from the longest text until all fit, but leaves each text at least one line.
function shorten(texts: readonly (readonly string[])[], room: number): readonly (readonly string[])[] {
  const lineCounts = texts.map(lines => lines.length);
  for (let total = lineCounts.reduce((sum, count) => sum + count, 0); total > room; total--) {
    const longest = lineCounts.indexOf(Math.max(...lineCounts));
    if ((lineCounts[longest] ?? 0) <= 1) break;
    lineCounts[longest] = (lineCounts[longest] ?? 0) - 1;
  }
  return texts.map((lines, index) => {
    const count = lineCounts[index] ?? 0;
    return count === lines.length ? lines : [...lines.slice(0, count - 1), `${lines[count - 1] ?? ''} …`];
  });
}

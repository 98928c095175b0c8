import type { Layout } from './summary-report.ts';

export interface CardRow {
  readonly label: string;
  readonly value: string;
}

/** What goes to the session: only what the person chose. */
export interface Card {
  readonly opening?: string;
  /** What is handed over beside it, said to the therapist. */
  readonly rows: readonly CardRow[];
  /** What is for the person alone: the other side of the card. */
  readonly back?: { readonly title: string; readonly rows: readonly CardRow[] };
}

/** Lines of both sides together, and of the back alone without its title. */
const mostLines = 9;
const mostBackLines = 2;

/**
 * Writes a card of nine lines at the most, for paper, a phone, or the screen; below its front stands its
 * back, if there is one. When it would be longer, the longest text is cut at its first lines, with a mark.
 */
export function cardText({ opening, rows, back }: Card, layout: Layout): string {
  const other = back === undefined ? [] : sideLines({ rows: back.rows }, mostBackLines, layout);
  const title = back === undefined ? [] : [`--- ${back.title} ---`];
  const front = sideLines({ opening, rows }, mostLines - title.length - other.length, layout);
  return [...front, ...title, ...other].join('\n');
}

function sideLines({ opening, rows }: Omit<Card, 'back'>, most: number, layout: Layout): readonly string[] {
  const width = Math.min(layout.width, 72);
  const labelWidth = Math.max(0, ...rows.map(({ label }) => layout.widthOf(label)));
  const beside = width >= labelWidth + 24;
  const rowWidth = beside ? width - labelWidth - 3 : width - 2;
  const texts = rows.map(({ value }) => layout.wrap(value.replace(/\s+/g, ' ').trim(), rowWidth));
  const first = opening === undefined ? [] : layout.wrap(opening.replace(/\s+/g, ' ').trim(), width);
  const gap = first.length > 0 && rows.length > 0 ? 1 : 0;
  const extra = beside ? 0 : rows.length;
  const room = most - gap - extra;
  const [head = [], ...bodies] = shorten([first, ...texts], room);
  const lines = rows.flatMap(({ label }, index) =>
    rowLines(label, bodies[index] ?? [], { labelWidth: beside ? labelWidth : undefined, layout }),
  );
  return [...head, ...(gap === 1 ? [''] : []), ...lines];
}

interface RowForm {
  /** Columns of the widest label; undefined where each text stands below its label. */
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
    const left = index === 0 ? label : '';
    return `${left}${' '.repeat(labelWidth - layout.widthOf(left))}   ${line}`;
  });
}

// Takes a line from the longest text until all fit; each keeps one.
function shorten(texts: readonly (readonly string[])[], room: number): readonly (readonly string[])[] {
  const kept = texts.map(lines => lines.length);
  for (let total = kept.reduce((sum, count) => sum + count, 0); total > room; total--) {
    const longest = kept.indexOf(Math.max(...kept));
    if ((kept[longest] ?? 0) <= 1) break;
    kept[longest] = (kept[longest] ?? 0) - 1;
  }
  return texts.map((lines, index) => {
    const count = kept[index] ?? 0;
    return count === lines.length ? lines : [...lines.slice(0, count - 1), `${lines[count - 1] ?? ''} …`];
  });
}

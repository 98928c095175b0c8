import { widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** The text of a list item. */
export interface Cell {
  readonly label: string;
  /** Precedes the label: `◉ `, `◯ `, or nothing. */
  readonly mark: string;
  readonly group?: string;
  /** True if the item needs its own row, because own words make it longer than its neighbours. */
  readonly isLong?: boolean;
}

/**
 * A row of a list: a group's heading, or the items side by side. `lines` has several lines if a label wraps.
 */
export interface Row {
  /** Indexes of the row's items; empty for a heading. */
  readonly items: readonly number[];
  readonly lines: readonly (readonly Piece[])[];
}

/** A piece of a line; `item` is the index of its item, if it belongs to one. */
export interface Piece {
  readonly text: string;
  readonly item?: number;
  /** True for the first piece of an item, which the pointer precedes. */
  readonly leads?: boolean;
}

/**
 * Columns between two items side by side, including the second item's pointer; `dense` if there is little
 * room.
 */
const gaps = { usual: 5, dense: 3 } as const;
/** Columns before an item: the margin of two and the pointer. */
const indent = 4;

/** Options for the layout of a list. */
export interface Layout {
  /** The greatest number of items side by side. */
  readonly columns: number;
  readonly width: number;
  /** True if the gaps between columns may shrink to fit the width. */
  readonly dense?: boolean;
}

/** Lays items into rows, up to `columns` side by side if they fit, each group under its heading. */
export function layRows(cells: readonly Cell[], layout: Layout): readonly Row[] {
  const { width } = layout;
  const { widths, gap } = columnWidths(cells, layout);
  const rows: Row[] = [];
  let group: string | undefined;
  let at = 0;
  while (at < cells.length) {
    const cell = cells[at];
    if (!cell) break;
    if (cell.group !== undefined && cell.group !== '' && cell.group !== group) {
      rows.push({ items: [], lines: wrap(cell.group, { width, first: '    ' }).map(text => [{ text }]) });
    }
    group = cell.group;
    const startsNewRow = (other: Cell): boolean => other.group !== cell.group || other.isLong === true;
    const next = cells.slice(at, at + widths.length).findIndex(startsNewRow);
    const count = next === -1 ? Math.min(widths.length, cells.length - at) : Math.max(1, next);
    const together = cells.slice(at, at + count);
    const isSingle = widths.length === 1 || cell.isLong === true;
    rows.push(
      isSingle
        ? single(cell, at, width)
        : sideBySide(
            together,
            at,
            widths.map(each => each + gap),
          ),
    );
    at += count;
  }
  return rows;
}

function single(cell: Cell, item: number, width: number): Row {
  // Without marks, indent continuation lines so that they do not look like items.
  const hang = ' '.repeat(cell.mark.length || 2);
  const lines = wrap(cell.label, { width: width - indent, first: cell.mark, rest: hang });
  return { items: [item], lines: lines.map((text, index) => [{ text, item, leads: index === 0 }]) };
}

// `steps` are the distances in columns from each item to the next.
function sideBySide(cells: readonly Cell[], first: number, steps: readonly number[]): Row {
  const pieces = cells.flatMap((cell, index): Piece[] => {
    const text = cell.mark + cell.label;
    const item = first + index;
    const isLast = index === cells.length - 1;
    const room = ' '.repeat(Math.max(0, (steps[index] ?? 0) - widthOf(text) - 2));
    return [{ text, item, leads: true }, ...(isLast ? [] : [{ text: room }])];
  });
  return { items: cells.map((_, index) => first + index), lines: [pieces] };
}

interface Columns {
  readonly widths: readonly number[];
  readonly gap: number;
}

/**
 * Returns the widths of as many columns as fit; a single one if no two fit side by side. Groups begin a new
 * row.
 */
function columnWidths(cells: readonly Cell[], { columns, width, dense = false }: Layout): Columns {
  for (let count = Math.min(columns, cells.length); count > 1; count -= 1) {
    const widths = Array.from({ length: count }, () => 0);
    let group: string | undefined;
    let column = 0;
    for (const cell of cells) {
      if (cell.group !== group || cell.isLong === true) column = 0;
      group = cell.group;
      if (cell.isLong === true) continue;
      widths[column % count] = Math.max(widths[column % count] ?? 0, widthOf(cell.mark + cell.label));
      column += 1;
    }
    const total = (gap: number): number =>
      widths.reduce((sum, each) => sum + each, 0) + indent + gap * (count - 1) + 2;
    const gap = [gaps.usual, ...(dense ? [gaps.dense] : [])].find(each => total(each) <= width);
    if (gap !== undefined) return { widths, gap };
  }
  return { widths: [width - indent], gap: gaps.usual };
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * Returns the index of the item to which an arrow moves from `focus`: up and down keep the position in the
 * row; the focus stops at the ends. Without a focus it starts at the first item, with up at the last.
 */
export function moveFocus(rows: readonly Row[], focus: number | undefined, direction: Direction): number {
  const full = rows.filter(row => row.items.length > 0);
  if (focus === undefined) return full.at(direction === 'up' ? -1 : 0)?.items[0] ?? 0;
  const at = full.findIndex(row => row.items.includes(focus));
  const row = full[at];
  if (!row) return focus;
  const place = row.items.indexOf(focus);
  if (direction === 'left') return row.items[place - 1] ?? focus;
  if (direction === 'right') return row.items[place + 1] ?? focus;
  const target = full[direction === 'up' ? at - 1 : at + 1];
  return target ? (target.items[Math.min(place, target.items.length - 1)] ?? focus) : focus;
}

interface Window {
  readonly height: number;
  /** The first row that was visible last time. */
  readonly top: number;
}

/** The visible rows: from `from` up to, but not including, `to`. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the rows that fit into `height` lines around the focus, moving as little as possible from `top`. If
 * rows are hidden on a side, reserves a line there to say so.
 */
export function windowOf(rows: readonly Row[], focus: number | undefined, { height, top }: Window): Part {
  const lines = (from: number, to: number): number =>
    rows.slice(from, to).reduce((sum, row) => sum + row.lines.length, 0);
  const isHidden = (hidden: readonly Row[]): number => (hidden.some(row => row.items.length > 0) ? 1 : 0);
  const fits = (from: number, to: number): boolean =>
    lines(from, to) + isHidden(rows.slice(0, from)) + isHidden(rows.slice(to)) <= height;
  if (fits(0, rows.length)) return { from: 0, to: rows.length };
  const at = Math.max(
    0,
    rows.findIndex(row => focus !== undefined && row.items.includes(focus)),
  );
  // The heading of a group stays with its first item.
  const wantedTop = at > 0 && rows[at - 1]?.items.length === 0 ? at - 1 : at;
  let from = Math.max(0, Math.min(top, wantedTop));
  while (from < at && !fits(from, at + 1)) from += 1;
  let to = at + 1;
  while (to < rows.length && fits(from, to + 1)) to += 1;
  while (from > 0 && fits(from - 1, to)) from -= 1;
  // Hide a heading at the lower edge: it would have no items under it.
  while (to > at + 1 && rows[to - 1]?.items.length === 0) to -= 1;
  return { from, to };
}

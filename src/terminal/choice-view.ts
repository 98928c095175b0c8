import { windowOf } from './choice-rows.ts';
import type { Piece, Row } from './choice-rows.ts';
import type { Choice } from './choice-state.ts';
import type { ScreenSize, View } from './frame.ts';
import { headLines, keyLines, margin, measureOf } from './question-lines.ts';
import type { Voice } from './question-lines.ts';
import { viewText } from './text-view.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Shows a list, or the part of it around the focus that fits, saying in words how much is out of sight. `top` is its first row. */
export function viewChoice(choice: Choice, voice: Voice, size: ScreenSize): { readonly view: View; readonly top: number } {
  const { screen, rows, state } = choice;
  const { words, style } = voice;
  const { columns } = size;
  const total = rows.reduce((sum, row) => sum + row.lines.length, 0);
  const foot = footLines(choice, voice, columns);
  const head = headLines(screen, voice, { columns, room: Math.max(2, size.rows - 1 - foot.length - Math.min(total, 6) - ownHeight(choice)) });
  const height = Math.max(3, size.rows - 1 - head.length - foot.length - ownHeight(choice));
  const { from, to } = windowOf(rows, state.focus, { height, top: state.top });

  const lines: string[] = [...head];
  let cursor = { row: lines.length, col: margin.length };
  lines.push(...edge(voice, 'terminal.more_above', rows.slice(0, from)));
  for (const row of rows.slice(from, to)) {
    const isFocused = row.items.includes(state.focus);
    for (const pieces of row.lines) {
      if (isFocused && pieces.some((piece) => piece.leads && piece.item === state.focus)) cursor = { row: lines.length, col: columnIn(pieces, state.focus) };
      lines.push(showLine(pieces, state.focus, voice));
    }
    if (isFocused && state.own) {
      const seen = viewText(state.own, { width: measureOf(columns) - 9, height: 1 });
      cursor = { row: lines.length, col: 8 + seen.cursor.col };
      lines.push(`      ${style.faint('│')} ${seen.rows[0] ?? ''}`.trimEnd());
    }
  }
  lines.push(...edge(voice, 'terminal.more_below', rows.slice(to)));
  if (state.notice !== undefined) lines.push(...wrap(state.notice, { width: measureOf(columns), first: margin }));
  else if (state.own) lines.push(...keyLines([words('terminal.keys_own')], voice, columns));
  return { view: { lines: [...lines, ...keys(choice, voice, columns)], cursor }, top: from };
}

function ownHeight({ state }: Choice): number {
  return state.own ? 1 : 0;
}

function footLines(choice: Choice, voice: Voice, columns: number): readonly string[] {
  const notice = choice.state.notice === undefined ? [] : wrap(choice.state.notice, { width: measureOf(columns), first: margin });
  const own = choice.state.own && notice.length === 0 ? [''] : [];
  return [...notice, ...own, ...keys(choice, voice, columns)];
}

function keys({ screen, state }: Choice, voice: Voice, columns: number): readonly string[] {
  if (screen.kind !== 'multi' || state.own) return [];
  const { words } = voice;
  const n = state.picks.size;
  const { limit } = screen;
  const count = limit === undefined ? words('terminal.picked', { n }) : words('terminal.picked_of', { n, limit });
  // With nothing picked, and no limit to say, there is nothing to count.
  const counts = n === 0 && limit === undefined ? [] : [count];
  return keyLines([words('terminal.keys_multi'), words('terminal.keys_go_on'), ...counts], voice, columns);
}

function edge({ words, style }: Voice, key: string, hidden: readonly Row[]): readonly string[] {
  const n = hidden.reduce((sum, row) => sum + row.items.length, 0);
  return n === 0 ? [] : [style.faint(`    ${words(key, { n })}`)];
}

function showLine(pieces: readonly Piece[], focus: number, { style }: Voice): string {
  if (pieces.every((piece) => piece.item === undefined)) return style.faint(pieces.map(({ text }) => text).join(''));
  const shown = pieces.map((piece) => {
    if (piece.item === undefined) return piece.text;
    const pointer = piece.item === focus && piece.leads ? '› ' : '  ';
    return piece.item === focus ? style.accent(pointer + piece.text) : pointer + piece.text;
  });
  return `${margin}${shown.join('')}`.trimEnd();
}

/** Where the pointer of the focused item stands. */
function columnIn(pieces: readonly Piece[], focus: number): number {
  let column = margin.length;
  for (const piece of pieces) {
    if (piece.item === focus) break;
    column += widthOf(piece.text) + (piece.item === undefined ? 0 : 2);
  }
  return column;
}

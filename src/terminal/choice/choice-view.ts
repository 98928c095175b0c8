import { asksForHelp } from '../prompt/common-keys.ts';
import { allLooseWords } from './choice-answer.ts';
import { itemsOf } from './choice-items.ts';
import { windowOf } from './choice-rows.ts';
import type { Piece, Row } from './choice-rows.ts';
import { hasWords, typedIn } from './choice-state.ts';
import type { Choice } from './choice-state.ts';
import { filterItems } from './choice-filter.ts';
import type { ScreenSize, View } from '../prompt/screen-region.ts';
import { finishParts, headLines, keyLines, margin, measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { viewText } from '../text-field/text-view.ts';
import { cutTo, widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** The most rows that typed words take; of longer text the rows around the cursor are visible. */
const maxTypedRows = 3;

/**
 * Returns the view of a list, or of the part around the focus that fits, with lines that say how many items
 * are hidden. Typed words are on lines of their own below it. `top` is the list's first visible row.
 */
export function viewChoice(
  choice: Choice,
  theme: Theme,
  size: ScreenSize,
): { readonly view: View; readonly top: number } {
  const { screen, rows, state } = choice;
  const { style } = theme;
  const { columns } = size;
  const total = rows.reduce((sum, row) => sum + row.lines.length, 0);
  const head = headFor({ screen, state, total }, theme, size);
  const height = heightFor({ screen, state, total }, theme, size);
  const { from, to } = windowOf(rows, state.focus, { height, top: state.top });

  const lines: string[] = [...head];
  let cursor = { row: lines.length, col: margin.length };
  lines.push(...edge(theme, 'terminal.more_above', rows.slice(0, from)));
  for (const row of rows.slice(from, to)) {
    const isFocused = state.focus !== undefined && row.items.includes(state.focus);
    for (const pieces of row.lines) {
      if (isFocused && pieces.some(piece => piece.leads && piece.item === state.focus))
        cursor = { row: lines.length, col: columnIn(pieces, state.focus) };
      lines.push(showLine(pieces, state.focus, theme));
    }
    if (isFocused && state.own) {
      const seen = viewText(state.own, { width: measureOf(columns) - 9, height: 1 });
      cursor = { row: lines.length, col: 8 + seen.cursor.col };
      lines.push(`      ${style.faint('│')} ${seen.rows[0] ?? ''}`.trimEnd());
    }
  }
  lines.push(...edge(theme, 'terminal.more_below', rows.slice(to)));
  const typed = typedLines(choice, theme, size);
  if (typed.cursor !== undefined) cursor = { row: lines.length + typed.cursor.row, col: typed.cursor.col };
  lines.push(...typed.lines, ...footLines(choice, theme, columns));
  return { view: { lines, cursor }, top: from };
}

/** A list whose rows take `total` lines. */
type SizedList = Pick<Choice, 'screen' | 'state'> & { readonly total: number };

/** Returns how many lines the list itself may take on a screen. */
export function heightFor(list: SizedList, theme: Theme, size: ScreenSize): number {
  return Math.max(3, size.rows - 1 - headFor(list, theme, size).length - belowHeight(list, theme, size));
}

function headFor(list: SizedList, theme: Theme, size: ScreenSize): readonly string[] {
  const room = size.rows - 1 - belowHeight(list, theme, size) - Math.min(list.total, 6);
  return headLines(list.screen, theme, { columns: size.columns, room: Math.max(2, room) });
}

function belowHeight(list: SizedList, theme: Theme, size: ScreenSize): number {
  const typed = typedLines(list, theme, size).lines.length;
  return typed + footLines(list, theme, size.columns).length + (list.state.own ? 1 : 0);
}

type Shown = Pick<Choice, 'screen' | 'state'>;

interface TypedLines {
  readonly lines: readonly string[];
  readonly cursor?: View['cursor'];
}

function typedLines({ state }: Shown, { style }: Theme, { columns, rows }: ScreenSize): TypedLines {
  const { typed } = state;
  if (typed === undefined) return { lines: [] };
  const seen = viewText(typed, { width: measureOf(columns) - 5, height: rows < 16 ? 1 : maxTypedRows });
  const lines = seen.rows.map(row => `${margin}${style.faint('│')} ${row}`.trimEnd());
  return { lines, cursor: { row: seen.cursor.row, col: margin.length + 2 + seen.cursor.col } };
}

function footLines(choice: Shown, theme: Theme, columns: number): readonly string[] {
  const { screen, state } = choice;
  const { words, style } = theme;
  const width = measureOf(columns);
  const notice = state.notice === undefined ? [] : wrap(words(...state.notice), { width, first: margin });
  const { wordsTo = '' } = screen;
  const key = wordsTo === '' ? 'terminal.words_kept' : 'terminal.words_kept_for';
  const aside = allLooseWords({ ...state, typed: undefined });
  const message = words(key, { label: escapeControls(wordsTo), words: escapeControls(oneLine(aside)) });
  const savedWords = aside === '' ? [] : [style.faint(cutTo(`${margin}${message}`, width))];
  return [...notice, ...savedWords, ...keys(choice, theme, columns)];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function keys(choice: Shown, theme: Theme, columns: number): readonly string[] {
  const { screen, state } = choice;
  const { words } = theme;
  if (state.own && state.notice !== undefined) return [];
  if (state.own) return keyLines([words('terminal.keys_own')], theme, columns);
  if (state.typed !== undefined) {
    if (state.notice?.[0] === 'terminal.takes_choice_back') return [];
    const enterKey = state.notice === undefined ? enterDoes(choice, theme) : [];
    return keyLines([...enterKey, words('terminal.words_back')], theme, columns);
  }
  // The program's own choices (outside an interview) take one answer and end there.
  const finish = screen.skippable && state.picks.size === 0 ? finishParts(screen, theme) : [];
  if (screen.kind !== 'multi') return keyLines(finish, theme, columns);
  const { limit } = screen;
  const n = state.picks.size;
  const count = words(limit === undefined ? 'terminal.picked' : 'terminal.picked_of', {
    n,
    limit: limit ?? n,
  });
  // Without picks and without a limit there is nothing to count.
  const counts = n === 0 && limit === undefined ? [] : [count];
  return keyLines(
    [words('terminal.keys_multi'), words('terminal.keys_go_on'), ...finish, ...counts],
    theme,
    columns,
  );
}

/** Returns what Enter enterKey with the typed words. */
function enterDoes({ screen, state }: Shown, { words }: Theme): readonly string[] {
  if (!hasWords(state)) return [];
  const text = typedIn(state).trim();
  if (asksForHelp(text, words)) return [words('terminal.words_help')];
  const matches = filterItems(screen, text, itemsOf(screen, state));
  const item = state.focus === undefined ? undefined : matches.items[state.focus];
  if (item?.is === 'option' && item.option.asksWords && !matches.namesOwn)
    return [words('terminal.words_own')];
  const isRefused = matches.count === 0 && screen.wordsTo === undefined;
  if (item !== undefined && !isRefused) return [words('terminal.words_take')];
  if (matches.count > 0) return [words('terminal.words_several', { n: matches.count })];
  const { wordsTo } = screen;
  if (wordsTo === undefined) return [words('terminal.words_choice')];
  return [
    words(wordsTo === '' ? 'terminal.words_keep' : 'terminal.words_for', { label: escapeControls(wordsTo) }),
  ];
}

function edge({ words, style }: Theme, key: string, hidden: readonly Row[]): readonly string[] {
  const n = hidden.reduce((sum, row) => sum + row.items.length, 0);
  return n === 0 ? [] : [style.faint(`    ${words(key, { n })}`)];
}

function showLine(pieces: readonly Piece[], focus: number | undefined, { style }: Theme): string {
  if (pieces.every(piece => piece.item === undefined))
    return style.faint(pieces.map(({ text }) => text).join(''));
  const shown = pieces.map(piece => {
    if (piece.item === undefined) return piece.text;
    const pointer = piece.item === focus && piece.leads ? '› ' : '  ';
    return piece.item === focus ? style.accent(pointer + piece.text) : pointer + piece.text;
  });
  return `${margin}${shown.join('')}`.trimEnd();
}

/** Returns the column of the focused item's pointer. */
function columnIn(pieces: readonly Piece[], focus: number | undefined): number {
  let column = margin.length;
  for (const piece of pieces) {
    if (piece.item === focus) break;
    column += widthOf(piece.text) + (piece.item === undefined ? 0 : 2);
  }
  return column;
}

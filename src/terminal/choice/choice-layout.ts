import type { Words } from '../../world/world.ts';
import type { Item } from './choice-items.ts';
import { layRows } from './choice-rows.ts';
import type { Cell, Row } from './choice-rows.ts';
import { itemsIn } from './choice-state.ts';
import type { Choice, ChoiceState } from './choice-state.ts';
import { heightFor } from './choice-view.ts';
import type { ScreenSize } from '../prompt/screen-region.ts';
import { measureOf } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';

type Shown = Pick<Choice, 'screen' | 'state'>;

/** Lays out the items of a list in rows, for a screen of this size. */
export function layOutChoice(shown: Shown, theme: Theme, size: ScreenSize): Choice {
  const items = itemsIn(shown.screen, shown.state);
  const cells = items.map(item => cellOf(item, shown, theme.words));
  return { ...shown, items, rows: rowsOf(cells, shown, theme, size) };
}

function cellOf(item: Item, { screen, state }: Shown, words: Words): Cell {
  if (item.is !== 'option') {
    const label = words(item.is === 'all' ? 'terminal.show_all' : 'terminal.skip_this');
    return { label, mark: '', group: undefined, isLong: false };
  }
  const { option, group } = item;
  const own = state.picks.get(option.key) ?? '';
  return {
    label: escapeControls(own === '' ? option.label : `${option.label}: ${own}`),
    mark: screen.kind === 'multi' ? tick(option.key, state) : '',
    group: group === undefined ? undefined : escapeControls(group),
    isLong: own !== '',
  };
}

function tick(key: string, { picks }: ChoiceState): string {
  return picks.has(key) ? '◉ ' : '◯ ';
}

/**
 * If side-by-side rows do not fit the height, drops the group headings and narrows the gaps, so that all
 * labels stay visible.
 */
function rowsOf(
  cells: readonly Cell[],
  { screen, state }: Shown,
  theme: Theme,
  size: ScreenSize,
): readonly Row[] {
  const width = measureOf(size.columns);
  const columns = state.typed === undefined ? (screen.columns ?? 1) : 1;
  const rows = layRows(cells, { columns, width });
  const height = rows.reduce((sum, row) => sum + row.lines.length, 0);
  const isWhole = columns === 1 || height <= heightFor({ screen, state, total: height }, theme, size);
  if (isWhole) return rows;
  return layRows(
    cells.map(cell => ({ ...cell, group: undefined })),
    { columns, width, dense: true },
  );
}

import { widthOf } from '../text/width.ts';

/** The content of a screen region: lines that fit the width, and the cursor's position in them. */
export interface View {
  readonly lines: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A few lines at the bottom of the terminal that change in place. Only lines that differ are rewritten, so
 * that each key is cheap and a screen reader announces only what is new. The cursor is never hidden: it is on
 * the element that the keys act on.
 */
export interface ScreenRegion {
  readonly draw: (view: View) => void;
  /** Call when the terminal's size has changed, before drawing again. */
  readonly resized: (size: ScreenSize) => void;
  /** Erases the region and writes these lines in its place; the next drawing begins under them. */
  readonly finish: (lines: readonly string[]) => void;
  /** Leaves the drawn lines on the screen and moves to a new line. */
  readonly leave: () => void;
}

/** Opens an empty region at the cursor, which has to be at the start of a line. */
export function openScreenRegion(write: (text: string) => void): ScreenRegion {
  let shown: readonly string[] = [];
  let cursor = { row: 0, col: 0 };

  const forget = (): void => {
    shown = [];
    cursor = { row: 0, col: 0 };
  };
  const toTop = (): string => `${vertical(-cursor.row)}\r`;

  return {
    draw: view => {
      let out = '';
      let at = cursor.row;
      for (const [row, line] of view.lines.entries()) {
        if (row < shown.length && shown[row] === line) continue;
        // A row below the last drawn one needs a line end, which scrolls at the bottom; moving down would
        // not.
        const reachable = Math.min(row, Math.max(0, shown.length - 1));
        if (at < reachable || row <= reachable) {
          out += vertical(Math.min(row, reachable) - at);
          at = Math.min(row, reachable);
        }
        while (at < row) {
          out += '\r\n';
          at += 1;
        }
        out += `\r${line}\u001b[K`;
        if (row >= shown.length) shown = [...shown, line];
      }
      if (shown.length > view.lines.length) {
        out += `${vertical(view.lines.length - at)}\r\u001b[J`;
        at = view.lines.length;
      }
      out += `${vertical(view.cursor.row - at)}\r${view.cursor.col > 0 ? `\u001b[${view.cursor.col}C` : ''}`;
      shown = view.lines;
      cursor = view.cursor;
      write(out);
    },
    resized: ({ columns }) => {
      // Terminals rewrap lines that became too long, so count the rows between the cursor and the region's
      // top.
      const above = shown
        .slice(0, cursor.row)
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
      const up = above + Math.floor(cursor.col / columns);
      write(`${vertical(-up)}\r\u001b[J`);
      forget();
    },
    finish: lines => {
      const text = lines.map(line => `${line}\r\n`).join('');
      write(`${toTop()}\u001b[J${text}`);
      forget();
    },
    leave: () => {
      if (shown.length === 0) return;
      write(`${vertical(shown.length - 1 - cursor.row)}\r\n`);
      forget();
    },
  };
}

function vertical(by: number): string {
  if (by === 0) return '';
  return by > 0 ? `\u001b[${by}B` : `\u001b[${-by}A`;
}

import { widthOf } from '../text/width.ts';

/** What stands on the screen: lines that fit the width, and the cursor in them. */
export interface View {
  readonly lines: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A few lines at the bottom of the terminal that change in place. Only lines that differ are written again,
 * so that a key costs little and a screen reader hears what is new. The cursor is never hidden: it stands on
 * what can be acted on.
 */
export interface ScreenRegion {
  readonly draw: (view: View) => void;
  /** Call when the terminal has another size, before drawing again. */
  readonly resized: (size: ScreenSize) => void;
  /** Takes the frame away and leaves these lines in its place; the next frame begins under them. */
  readonly finish: (lines: readonly string[]) => void;
  /** Leaves what stands there and goes to a new line. */
  readonly leave: () => void;
}

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
        // A row that is not there yet comes with a line end, which scrolls where moving down would not.
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
      // Terminals lay lines that became too long into several rows; so many rows up the frame begins.
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

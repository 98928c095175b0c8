import type { Answer } from '../../core/notes/answer.ts';
import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { RecordRow, Screen, Style, Words } from '../../world/world.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { cutTo, widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';

/** The words and the style of all prompts. */
export interface Theme {
  readonly words: Words;
  readonly style: Style;
}

/** The space between the screen's edge and text. */
export const margin = '  ';
const widest = 80;

/**
 * Returns the number of columns that a prompt may fill, at most 79. The last column stays free so that no
 * terminal wraps by itself.
 */
export function measureOf(columns: number): number {
  return Math.max(20, Math.min(columns, widest) - 1);
}

/**
 * Returns the lines above the answer: progress, question, hint and recalled answer, with a blank line around.
 * If `room` (in lines) is too small, drops the hint first, then the progress, the recalled answer, and the
 * blank lines.
 */
export function headLines(
  screen: Screen,
  { style }: Theme,
  { columns, room }: { columns: number; room: number },
): readonly string[] {
  const faint = (text: string | undefined): readonly string[] =>
    text === undefined || text === ''
      ? []
      : wrap(escapeControls(text), { width: measureOf(columns), first: margin }).map(style.faint);
  const parts = {
    before: [''],
    progress: faint(screen.progress),
    words: wrap(escapeControls(screen.words), { width: measureOf(columns), first: margin }).map(style.strong),
    hint: faint(screen.hint),
    recall: faint(screen.recall),
    after: [''],
  };
  const all = (): readonly string[] => Object.values(parts).flat();
  for (const part of ['hint', 'progress', 'recall', 'after', 'before'] as const) {
    if (all().length <= room) break;
    parts[part] = [];
  }
  return all().slice(0, Math.max(1, room));
}

/** Returns faint lines that say what the keys do, wrapped between their parts, never inside one. */
export function keyLines(parts: readonly string[], { style }: Theme, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? `${margin}${part}` : `${last} · ${part}`;
    if (last !== undefined && widthOf(longer) <= measureOf(columns)) lines[lines.length - 1] = longer;
    else lines.push(`${margin}${part}`);
  }
  return lines.map(line => style.faint(cutTo(line, measureOf(columns))));
}

/** Returns the key line's part on how to finish now; empty for a question outside an interview. */
export function finishParts({ bare }: Screen, { words }: Theme): readonly string[] {
  return bare === true ? [] : [words('terminal.keys_finish')];
}

// Separates a question from its answer in the record.
const gap = '   ';

/** Returns the faint line to which an answered question shrinks. */
export function shrunkLine(
  screen: Screen,
  answer: Answer | undefined,
  theme: Theme,
  columns: number,
): string {
  const { words } = theme;
  const label = screen.label ?? firstSentence(screen.words);
  const value = answer === undefined ? words('terminal.skipped') : sayAnswer(screen, answer, words);
  // The earlier line further up can't be changed, so mark the new one as a change.
  return recordLine({ label, value, isChanged: screen.recorded !== undefined }, theme, columns);
}

/** True if the record already shows this answer. */
export function isRecorded({ recorded }: Screen, answer: Answer | undefined): boolean {
  return recorded !== undefined && JSON.stringify(recorded) === JSON.stringify(answer ?? null);
}

/** Returns a faint line of the record, cut to the width; the mark for a changed answer is never cut. */
export function recordLine(
  { label, value, isChanged }: RecordRow,
  { words, style }: Theme,
  columns: number,
): string {
  const mark = isChanged === true ? ` ${words('terminal.changed')}` : '';
  const question = escapeControls(label);
  const valueText = escapeControls(value).replace(/\s+/g, ' ').trim();
  const room = measureOf(columns) - margin.length - gap.length - widthOf(mark);
  // However long the question, the answer gets up to half of the line.
  const questionText = cutTo(question, room - Math.min(widthOf(valueText), Math.floor(room / 2)));
  const line = cutTo(
    `${margin}${questionText}${gap}${valueText}`.trimEnd(),
    measureOf(columns) - widthOf(mark),
  );
  return style.faint(`${line}${mark}`);
}

// More rows would push the question down on a small screen.
const mostRows = 8;

/** Returns the latest rows of a long record after a row that says how many are left out. */
export function latestRows(rows: readonly RecordRow[], words: Words): readonly RecordRow[] {
  if (rows.length <= mostRows) return rows;
  const shown = rows.slice(1 - mostRows);
  return [{ label: words('terminal.earlier_more', { n: rows.length - shown.length }), value: '' }, ...shown];
}

function firstSentence(text: string): string {
  return /^.+?[.?!。？！؟](?=\s|$)/u.exec(text)?.[0] ?? text;
}

/** Returns an answer in words, on one line or several. */
export function sayAnswer(screen: Screen, answer: Answer, words: Words): string {
  if (typeof answer === 'boolean') return words(answer ? 'terminal.yes' : 'terminal.no');
  if (typeof answer === 'number') return String(answer);
  if (typeof answer !== 'string') return answer.map((pick: string) => sayPick(screen, pick)).join(' · ');
  return screen.kind === 'select' ? sayPick(screen, answer) : answer;
}

function sayPick(screen: Screen, pick: string): string {
  const option = screen.options.find(({ key }) => key === keyOf(pick));
  return option?.asksWords ? (ownWords(pick) ?? option.label) : (option?.label ?? pick);
}

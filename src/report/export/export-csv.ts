import type { FrontValue } from '../../core/notes/reflection.ts';
import { frontKeys } from '../../core/notes/reflection.ts';
import type { ExportNote } from './export-note.ts';
import { oldestFirst } from './export-note.ts';
import { fieldOf, type FieldsByHeading } from '../../core/notes/heading.ts';

/** The last column: texts under headings that belong to no question, each after its heading. */
const otherTexts = 'other_texts';

/**
 * Yields a table in the format of RFC 4180, with CRLF line ends: a row of names, then one row per note,
 * oldest first. The columns are always the same: the keys of the front matter, the path, one per question
 * with a text answer (several texts are separated by a blank line), and the other texts. `; ` joins lists. An
 * apostrophe precedes any cell that a spreadsheet would read as a formula.
 */
export function* exportCsv(notes: readonly ExportNote[], fields: FieldsByHeading): Generator<string> {
  const keys = frontKeys.filter(key => key !== 'rupture');
  const otherColumns: readonly string[] = [...keys, 'path', otherTexts];
  const texts = [...new Set(Object.values(fields))].filter(id => !otherColumns.includes(id));
  yield rowOf([...keys, 'path', ...texts, otherTexts]);
  for (const { path, head, sections } of oldestFirst(notes)) {
    const textByColumn = new Map<string, string>();
    for (const { heading, text } of sections.filter(section => section.text.trim() !== '')) {
      const id = fieldOf(heading, fields);
      const column = id !== undefined && texts.includes(id) ? id : otherTexts;
      const before = textByColumn.get(column);
      const cell = column === otherTexts ? `${heading}\n${text}` : text;
      textByColumn.set(column, before === undefined ? cell : `${before}\n\n${cell}`);
    }
    yield rowOf([
      ...keys.map(key => cellOf(head.keys[key])),
      path,
      ...[...texts, otherTexts].map(id => textByColumn.get(id) ?? ''),
    ]);
  }
}

function rowOf(cells: readonly string[]): string {
  return `${cells.map(cell => quote(escapeFormula(cell))).join(',')}\r\n`;
}

function cellOf(value: FrontValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item: FrontValue) => cellOf(item)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// Prefixes an apostrophe to whatever Excel, LibreOffice and Google Sheets would read as a formula, which may
// begin with a full-width character too (OWASP, "CSV Injection").
function escapeFormula(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

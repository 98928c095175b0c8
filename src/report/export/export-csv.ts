import type { FrontValue } from '../../core/notes/reflection.ts';
import { frontKeys } from '../../core/notes/reflection.ts';
import type { ExportNote } from './export-note.ts';
import { oldestFirst } from './export-note.ts';
import { fieldOf, type FieldsByHeading } from '../../core/notes/heading.ts';

/** The last column: texts under headings that no question has, each behind its heading. */
const others = 'other_texts';

/**
 * Writes a table as RFC 4180 says: a row of names, one row a moment, the oldest first, every line ended by
 * CRLF. The columns are always the same: the keys of the front matter, the path, one for each question that
 * is answered in words (several texts of one stand with a blank line between), and the other texts. Lists are
 * joined by `; `. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function* exportCsv(notes: readonly ExportNote[], fields: FieldsByHeading): Generator<string> {
  const keys = frontKeys.filter(key => key !== 'rupture');
  const taken: readonly string[] = [...keys, 'path', others];
  const texts = [...new Set(Object.values(fields))].filter(id => !taken.includes(id));
  yield rowOf([...keys, 'path', ...texts, others]);
  for (const { path, head, sections } of oldestFirst(notes)) {
    const of = new Map<string, string>();
    for (const { heading, text } of sections.filter(section => section.text.trim() !== '')) {
      const id = fieldOf(heading, fields);
      const column = id !== undefined && texts.includes(id) ? id : others;
      const before = of.get(column);
      const own = column === others ? `${heading}\n${text}` : text;
      of.set(column, before === undefined ? own : `${before}\n\n${own}`);
    }
    yield rowOf([
      ...keys.map(key => cellOf(head.keys[key])),
      path,
      ...[...texts, others].map(id => of.get(id) ?? ''),
    ]);
  }
}

function rowOf(cells: readonly string[]): string {
  return `${cells.map(cell => quoted(harmless(cell))).join(',')}\r\n`;
}

function cellOf(value: FrontValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item: FrontValue) => cellOf(item)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV Injection"),
// full-width signs too.
function harmless(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

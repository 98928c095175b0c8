import type { FieldsByHeading } from '../../core/notes/heading.ts';
import type { DatedHeadings } from '../pages/note-report.ts';
import { answersOf, keysOf } from '../pages/note-report.ts';
import type { ExportNote } from './export-note.ts';
import { jsonText } from '../text/json-text.ts';

/** A file whose front matter can't be read: its text is taken along as it is. */
export type UnreadNote = Pick<ExportNote, 'path' | 'text'>;

/**
 * Gives the JSON object of the contract, version 1, in pieces: `files`, each with its relative path and exact
 * text, which are all that an import reads. Beside them stand every front matter key, and the answers as
 * `show --format json` has them, for other programs.
 */
export function* exportJson(
  notes: readonly (ExportNote | UnreadNote)[],
  fields: FieldsByHeading,
  dated: DatedHeadings,
): Generator<string> {
  yield '{\n  "version": 1,\n  "files": [';
  for (const [at, note] of notes.entries())
    yield `${at === 0 ? '' : ','}\n    ${jsonText(entryOf(note, fields, dated))}`;
  yield notes.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

function entryOf(note: ExportNote | UnreadNote, fields: FieldsByHeading, dated: DatedHeadings): object {
  const { path, text } = note;
  if (!('head' in note)) return { path, text };
  const { answers, ...later } = answersOf(note.sections, fields, dated);
  const { path: _path, text: _text, answers: _answers, ...keys } = keysOf(note.head);
  return { path, text, ...keys, answers, ...later };
}

import type { FieldsByHeading } from '../../core/notes/heading.ts';
import type { DatedHeadings } from '../pages/note-report.ts';
import { answersOf, keysOf } from '../pages/note-report.ts';
import type { ExportNote } from './export-note.ts';
import { jsonText } from '../text/json-text.ts';

/** A file with unreadable front matter. The export contains its text unchanged. */
export type UnreadNote = Pick<ExportNote, 'path' | 'text'>;

/**
 * Yields the pieces of a JSON object, version 1: `files`, each with its relative path and exact text. An
 * import reads only these two. For other programs, each file also has its front matter keys, and its answers
 * as in `show --format json`.
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

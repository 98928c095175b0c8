import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Choice } from '../../core/template/choices.ts';
import type { Head, Section } from '../../core/notes/reflection.ts';
import { bigFrom } from '../../core/search/summary.ts';
import type { Words } from '../../world/world.ts';
import { answerLine, answerRows } from '../pages/answer-rows.ts';
import { fullDay, plainDay } from '../text/dates.ts';

/** One note to export. */
export interface ExportNote {
  /** Relative to the folder, with `/` as the separator. */
  readonly path: string;
  readonly head: Head;
  /** The exact text of the file (decrypted). */
  readonly text: string;
  readonly sections: readonly Section[];
}

/** Labels of statuses, kinds and feelings by key, and the questions and options of all other choices. */
export interface ExportLabels extends Readonly<
  Record<'status' | 'kinds' | 'feelings', Readonly<Record<string, string>>>
> {
  readonly choices: readonly Choice[];
}

/** Returns the title of a note (or its day, if it has none) on one line. */
export function titleOfNote({ head }: ExportNote, words: Words): string {
  return oneLine(head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) }));
}

/**
 * Returns the front matter of a note in words: first a line with day, status, size, therapist and id, then
 * one line each for the kinds, the feelings, and every other choice.
 */
export function factLines({ head }: ExportNote, labels: ExportLabels, words: Words): readonly string[] {
  const labelsOf = (picks: readonly string[], list: Readonly<Record<string, string>>): string =>
    picks
      .map(pick =>
        oneLine(ownWords(pick) ?? (Object.hasOwn(list, keyOf(pick)) ? list[keyOf(pick)] : undefined) ?? pick),
      )
      .join(words('export.list_separator'));
  const firstLine = [
    fullDay(head.session, words),
    head.status === undefined ? '' : labelsOf([head.status], labels.status),
    head.size === undefined
      ? ''
      : words(head.size >= bigFrom ? 'note.size_big' : 'note.size', { n: head.size }),
    head.with === undefined ? '' : words('note.with', { name: oneLine(head.with) }),
    head.id,
  ]
    .filter(fact => fact !== '')
    .join(words('note.separator'));
  return [
    firstLine,
    ...(head.kinds.length === 0 ? [] : [words('export.named', { list: labelsOf(head.kinds, labels.kinds) })]),
    ...(head.feelings.length === 0
      ? []
      : [words('export.felt', { list: labelsOf(head.feelings, labels.feelings) })]),
    ...answerRows(head, labels.choices, words, words('export.list_separator')).map(row =>
      answerLine(row, words),
    ),
  ];
}

/** Returns the notes in order of session, then of creation, then of id; newest last. */
export function oldestFirst<N extends Pick<ExportNote, 'head'>>(notes: readonly N[]): readonly N[] {
  return notes.toSorted(
    ({ head: a }, { head: b }) =>
      compare(a.session, b.session) || compare(a.created ?? '', b.created ?? '') || compare(a.id, b.id),
  );
}

/** Returns a sentence with the number of notes and the days of the first and last one. */
export function spanWords(notes: readonly ExportNote[], words: Words): string {
  const days = notes.map(({ head }) => head.session).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return words('export.count', { n: 0 });
  const count = words('export.count', { n: notes.length });
  if (from === to) return words('export.span_day', { count, from: fullDay(from, words) });
  return words('export.span', { count, from: fullDay(from, words), to: fullDay(to, words) });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

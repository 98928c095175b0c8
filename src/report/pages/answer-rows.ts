import type { Answer } from '../../core/notes/answer.ts';
import { answerOf, keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Choice } from '../../core/template/choices.ts';
import type { FrontValue, Head } from '../../core/notes/reflection.ts';
import type { Style, Words } from '../../world/world.ts';
import type { Layout } from './summary-report.ts';

/** One answer: what its question is called, and what was answered in words. */
export interface AnswerRow {
  readonly label: string;
  readonly value: string;
}

type Shorten = (lines: readonly string[]) => readonly string[];

/** Writes an answer as words: labels for picks, the person's own words for "Something else". */
export function answerWords(
  { kind, options }: Pick<Choice, 'kind' | 'options'>,
  answer: Answer,
  words: Words,
  separator = words('conversation.separator'),
): string {
  if (typeof answer === 'string' && kind !== 'select') return answer;
  if (typeof answer === 'boolean') return words(answer ? 'terminal.yes' : 'terminal.no');
  if (typeof answer === 'number') return String(answer);
  const picked: readonly string[] = typeof answer === 'string' ? [answer] : answer;
  return picked
    .map(pick => ownWords(pick) ?? options.find(({ key }) => key === keyOf(pick))?.label ?? pick)
    .join(separator);
}

/**
 * Gives what a front matter has of these choices, in their order, each on one line. What was not answered,
 * and keys that nothing asks for, are left out.
 */
export function answerRows(
  { keys }: Pick<Head, 'keys'>,
  choices: readonly Choice[],
  words: Words,
  separator?: string,
): readonly AnswerRow[] {
  return choices.flatMap(choice => {
    const answer = Object.hasOwn(keys, choice.id) ? answerIn(choice, keys[choice.id]) : undefined;
    const value =
      answer === undefined ? '' : answerWords(choice, answer, words, separator).replace(/\s+/g, ' ').trim();
    return value === '' ? [] : [{ label: choice.heading, value }];
  });
}

/** Writes a row as one line: for a document, and for whoever has it read aloud. */
export function answerLine({ label, value }: AnswerRow, words: Words): string {
  return words('note.answer', { label, value });
}

/**
 * Lays rows out in two columns, or one below the other where there is no room; `shorten` may take lines off a
 * value.
 */
export function rowLines(
  rows: readonly AnswerRow[],
  style: Style,
  layout: Layout,
  shorten: Shorten = lines => lines,
): readonly string[] {
  const wide = layout.width >= 60;
  const labelWidth = Math.min(26, Math.max(0, ...rows.map(({ label }) => layout.widthOf(label))));
  const page: RowPage = { ...layout, style, shorten, labelWidth };
  return rows.flatMap(row => (wide ? beside(row, page) : below(row, page)));
}

// A lone pick is a list of one, as notes apps write it; of a yes or no the file has the word.
function answerIn({ kind }: Choice, value: FrontValue | undefined): Answer | undefined {
  const answer = value === undefined ? undefined : answerOf(value);
  if (typeof answer !== 'string') return answer;
  if (kind === 'confirm' && /^(?:yes|no|true|false)$/.test(answer))
    return answer === 'yes' || answer === 'true';
  return kind === 'multi' ? [answer] : answer;
}

interface RowPage extends Layout {
  readonly style: Style;
  readonly shorten: Shorten;
  /** Columns of the widest label. */
  readonly labelWidth: number;
}

function beside({ label, value }: AnswerRow, page: RowPage): readonly string[] {
  const { style, shorten, labelWidth } = page;
  const lines = shorten(page.wrap(value, page.width - labelWidth - 5));
  const labels = page.wrap(label, labelWidth);
  const count = Math.max(lines.length, labels.length);
  return Array.from({ length: count }, (_, index) => {
    const left = labels[index] ?? '';
    return `${style.faint(left)}${' '.repeat(Math.max(0, labelWidth - page.widthOf(left)))}   ${lines[index] ?? ''}`.trimEnd();
  });
}

function below({ label, value }: AnswerRow, page: RowPage): readonly string[] {
  return [
    page.style.faint(label),
    ...page.shorten(page.wrap(value, page.width - 4)).map(line => `  ${line}`),
  ];
}

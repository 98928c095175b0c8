import type { Answer } from '../../core/notes/answer.ts';
import { answerOf, keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Choice } from '../../core/template/choices.ts';
import type { FrontValue, Head } from '../../core/notes/reflection.ts';
import type { Style, Words } from '../../world/world.ts';
import type { Layout } from './summary-report.ts';

/** One answer: the heading of its question, and the answer in words. */
export interface AnswerRow {
  readonly label: string;
  readonly value: string;
}

type Shorten = (lines: readonly string[]) => readonly string[];

/** Returns an answer in words: the labels of picks, or the person's own words for "Something else". */
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
 * Returns a row for each of `choices` that the front matter answers, in the order of `choices`, each value on
 * one line. Ignores keys that no question has.
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

/** Returns a row as one line, for documents and screen readers. */
export function answerLine({ label, value }: AnswerRow, words: Words): string {
  return words('note.answer', { label, value });
}

/**
 * Lays rows out in two columns, or each value below its label if the screen is narrower than 60 columns.
 * `shorten` may drop lines of a value.
 */
export function rowLines(
  rows: readonly AnswerRow[],
  style: Style,
  layout: Layout,
  shorten: Shorten = lines => lines,
): readonly string[] {
  const isWide = layout.width >= 60;
  const labelWidth = Math.min(26, Math.max(0, ...rows.map(({ label }) => layout.widthOf(label))));
  const page: RowPage = { ...layout, style, shorten, labelWidth };
  return rows.flatMap(row => (isWide ? beside(row, page) : below(row, page)));
}

// Notes apps write a list of one pick as a plain string, and front matter may contain yes and no as words.
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
    const labelPart = labels[index] ?? '';
    return `${style.faint(labelPart)}${' '.repeat(Math.max(0, labelWidth - page.widthOf(labelPart)))}   ${lines[index] ?? ''}`.trimEnd();
  });
}

function below({ label, value }: AnswerRow, page: RowPage): readonly string[] {
  return [
    page.style.faint(label),
    ...page.shorten(page.wrap(value, page.width - 4)).map(line => `  ${line}`),
  ];
}

import type { Answer } from '../../core/notes/answer.ts';
import type { Screen, Words } from '../../world/world.ts';
import { answerOf, givenPicks } from '../choice/choice-items.ts';
import { sayAnswer } from '../prompt/question-lines.ts';
import { escapeControls } from '../text/escape-controls.ts';
import { wrap } from '../text/wrap.ts';

/**
 * Returns a question as lines of at most `width` columns: progress, words, hint, recalled answer, numbered
 * options, and how to answer.
 */
export function questionLines(screen: Screen, words: Words, width: number): readonly string[] {
  const paragraph = (text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? [] : wrap(escapeControls(text), { width });
  return [
    '',
    ...paragraph(screen.progress),
    ...paragraph(screen.words),
    ...paragraph(screen.hint),
    ...paragraph(screen.recall),
    ...optionLines(screen, words, width),
    ...anchorLines(screen, width),
    ...paragraph(howTo(screen, words)),
    ...paragraph(givenLine(screen, words)),
  ];
}

function optionLines({ kind, options }: Screen, words: Words, width: number): readonly string[] {
  if (kind !== 'select' && kind !== 'multi') return [];
  const digits = String(options.length).length;
  let group: string | undefined;
  return options.flatMap((option, index) => {
    const isNew = option.group !== group && option.group !== undefined && option.group !== '';
    group = option.group;
    const label = option.asksWords ? `${option.label} (${words('terminal.plain.own_hint')})` : option.label;
    const line = wrap(escapeControls(label), { width, first: `  ${String(index + 1).padStart(digits)}  ` });
    return isNew ? [...wrap(escapeControls(option.group ?? ''), { width }), ...line] : line;
  });
}

function anchorLines({ kind, anchors }: Screen, width: number): readonly string[] {
  return kind === 'scale'
    ? anchors.flatMap(({ at, words }) =>
        wrap(escapeControls(words), { width, first: `  ${String(at).padStart(2)}  ` }),
      )
    : [];
}

function howTo({ kind, limit }: Screen, words: Words): string {
  return kind === 'multi' && limit !== undefined
    ? words('terminal.plain.multi_limit', { n: limit })
    : words(`terminal.plain.${kind}`);
}

/**
 * Returns the given answer if an empty line may accept it. A draft's text that does not answer the question,
 * as words typed at a question with numbers, does not count.
 */
export function givenOf(screen: Screen): Answer | undefined {
  const { kind, given } = screen;
  if (typeof given !== 'string' || kind === 'text' || kind === 'day') return given;
  if (kind !== 'select' && kind !== 'multi') return undefined;
  const picks = answerOf(screen, givenPicks(screen));
  return kind === 'multi' && picks.length > 0 ? picks : picks[0];
}

function givenLine(screen: Screen, words: Words): string | undefined {
  const given = givenOf(screen);
  if (given === undefined)
    return screen.given === undefined
      ? undefined
      : words('terminal.plain.typed_before', {
          words: sayAnswer({ ...screen, kind: 'text' }, screen.given, words).replace(/\s*\n\s*/g, ' / '),
        });
  const key = screen.skippable ? 'terminal.plain.given' : 'terminal.plain.given_fixed';
  return words(key, { words: sayAnswer(screen, given, words).replace(/\s*\n\s*/g, ' / ') });
}

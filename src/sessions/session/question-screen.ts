import type { Answer } from '../../core/notes/answer.ts';
import { keyOf } from '../../core/notes/answer.ts';
import { chosenFor, hintOf, wordsOf } from '../../core/interview/interview.ts';
import type { Fills } from '../../core/template/options.ts';
import { labelOf, offered } from '../../core/template/options.ts';
import { questionFor } from '../../core/interview/loose-words.ts';
import type { Option, QuestionKind } from '../../core/template/template.ts';
import { mostQuestions } from '../../core/interview/progress.ts';
import { progressOf } from '../../core/interview/next-step.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import type { Screen, Words } from '../../world/world.ts';
import type { NextAsk, Run } from '../../core/interview/run.ts';

/** What a screen shows beyond the question and the answers. */
export interface Framing {
  readonly words: Words;
  /** The person's word for the therapist. */
  readonly therapist?: string;
  /** The options of a question about an earlier note. */
  readonly earlier: readonly Option[];
  /** The values for the placeholders of labels. */
  readonly fills: Fills;
  /** The total number of questions shown before; undefined if none was shown yet. */
  readonly promised?: number;
  /** True if words typed at a list are saved, at least beside the answers. */
  readonly keepsWords: boolean;
}

const typedKinds: readonly QuestionKind[] = ['text', 'day'];

/** A question as a screen, and the total number of questions that it shows, if any. */
export interface Framed {
  readonly screen: Screen;
  readonly about?: number;
}

/**
 * Returns the screen of a question: its words for the answers so far, the progress, the text it starts from.
 * The total appears at the first counted question and never grows; a question beyond it shows its number
 * alone.
 */
export function screenOf(next: NextAsk, run: Run, before: Answer | undefined, framing: Framing): Framed {
  const { words, therapist, earlier, fills, promised, keepsWords } = framing;
  const { question } = next.step;
  const isTyped = typedKinds.includes(question.kind);
  const { at } = progressOf(run, next);
  const about = question.counts ? (promised ?? Math.max(at, mostQuestions(run, next))) : promised;
  const isPromised = about !== undefined && at <= about;
  const progress = isPromised
    ? words('conversation.progress', { at, about })
    : words('conversation.progress_beyond', { at });
  const all = question.from === 'earlier' ? [...earlier, ...question.options] : question.options;
  const options = offered(all, next.known, fills);
  const screen: Screen = {
    id: question.id,
    kind: question.kind,
    words: callTherapist(wordsOf(next), words, therapist),
    hint: hintOf(next),
    progress: question.counts ? progress : undefined,
    options,
    limit: question.limit,
    columns: question.columns,
    anchors: question.anchors,
    given: before ?? prefillOf(next, fills) ?? chosenFor(next, options),
    recall: recallOf(next, words),
    skippable: true,
    canGoBack: next.trail.length > 0,
    label: question.heading === '' ? undefined : question.heading,
    wordsTo: keepsWords && !isTyped ? (questionFor(run, next.key)?.question.heading ?? '') : undefined,
    oneIsEnough: question.kind === 'multi' && question.from === 'earlier' ? true : undefined,
  };
  return { screen, about };
}

/**
 * Returns the text that an answer starts from, by the first field of `prefill` that has one: for a choice the
 * label of the chosen option, else the text. Falls back to the starting text of the template.
 */
export function prefillOf({ step, known, trail }: NextAsk, fills: Fills): string | undefined {
  for (const field of step.question.prefill) {
    const chosen = trail.findLast(
      answered => answered.step.question.id === field && answered.step.question.kind === 'select',
    );
    if (chosen !== undefined) {
      const option = chosen.step.question.options.find(({ key }) => key === chosen.answer);
      const label = option === undefined || option.blank === true ? undefined : labelOf(option, fills);
      if (label !== undefined) return label;
      continue;
    }
    const answer = known.answers[field];
    if (typeof answer === 'string' && answer !== '') return answer;
  }
  return step.question.start;
}

/** Returns true if a text is exactly an option that an earlier choice offered. */
export function isOffered({ step, trail }: NextAsk, text: Answer | undefined, fills: Fills): boolean {
  const choices = trail.filter(
    ({ step: { question } }) => question.kind === 'select' && step.question.prefill.includes(question.id),
  );
  return choices.some(choice => choice.step.question.options.some(option => labelOf(option, fills) === text));
}

function recallOf({ step, known, trail }: NextAsk, words: Words): string | undefined {
  const { question } = step;
  const size = known.answers[question.id];
  // The same field, asked before in this run: "How big is it now?" after "How big is it for you right now?"
  if (question.kind === 'scale' && typeof size === 'number') return words('conversation.before', { n: size });
  const fact = question.recalls === undefined ? undefined : known.answers[question.recalls];
  if (question.kind === 'scale') return sizesBefore(fact, words);
  const recalled = trail.find(answered => answered.step.question.id === question.recalls);
  if (recalled === undefined || recalled.answer === null) return undefined;
  const { recallsOnly } = question;
  const isShown = (pick: string): boolean =>
    pick !== 'none' && (recallsOnly === undefined || recallsOnly.includes(keyOf(pick)));
  const shown = Array.isArray(recalled.answer) ? recalled.answer.filter(isShown) : recalled.answer;
  const picks = answerWords(recalled.step.question, shown, words);
  return picks === '' ? undefined : words('conversation.recalls', { picks });
}

// Shows at most this many sizes: more are hard to take in.
const mostSizes = 5;

function sizesBefore(fact: Answer | undefined, words: Words): string | undefined {
  // A field of a person's own template may have picks that are not numbers.
  const sizes = valuesIn(fact)
    .filter(value => /^\d+$/.test(String(value)))
    .slice(-mostSizes);
  const [first] = sizes;
  if (first === undefined) return undefined;
  return sizes.length === 1
    ? words('conversation.last_time', { n: first })
    : words('conversation.before_all', { sizes: sizes.join(words('conversation.before_between')) });
}

function valuesIn(fact: Answer | undefined): readonly (string | number)[] {
  if (typeof fact === 'number') return [fact];
  return typeof fact === 'object' ? fact : [];
}

/** Replaces the phrases for the therapist with the person's own word. */
export function callTherapist(text: string, words: Words, therapist: string | undefined): string {
  if (therapist === undefined) return text;
  return words('conversation.therapist_phrases')
    .split('|')
    .reduce((replaced, phrase) => replaced.replaceAll(phrase, () => therapist), text);
}

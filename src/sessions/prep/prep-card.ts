import { picks } from '../../core/notes/answer.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Question, Template } from '../../core/template/template.ts';
import { cardText } from '../../report/pages/card.ts';
import type { CardRow } from '../../report/pages/card.ts';
import type { WordsPort, OutputPort } from '../../world/world.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import type { AnsweredStep } from '../../core/interview/run.ts';

/** The fields on the front of a card, beside the opening line; `back` is for the person alone. */
const front = ['wanted', 'want'];
const back = ['if_too_much'];
const opening = 'opening_line';
/** All fields that can be on a card. */
export const cardFields = [opening, ...front, ...back];

/** The answers to "How would you like to do it?" that mean to say nothing to the therapist for now. */
const unspoken = ['keep', 'not-today', 'someone-first', 'options', 'people'];

/** The option of `on_card` for no card. */
const noCard = 'none';

/** Where the answers of a card come from. */
export interface CardNeeds {
  /** False for a file of answers: if it does not choose what goes on the card, all its answers go on it. */
  readonly isAsked: boolean;
}

type Prepared = Pick<InterviewResult, 'trail' | 'answers'>;

/**
 * Returns the card of a preparation with the fields that the person chose: the front is for the therapist,
 * the back for the person alone. Undefined if the card would be empty.
 */
export function cardOf(
  world: WordsPort & OutputPort,
  prepared: Prepared,
  needs: CardNeeds,
): string | undefined {
  const { trail, answers } = prepared;
  const how = answers['how'];
  const chosen = fieldsOnCard({
    how: typeof how === 'string' ? how : undefined,
    onCard: answeredStepOf(trail, 'on_card') === undefined ? undefined : picks(answers['on_card']),
    answered: cardFields.filter(field => answeredStepOf(trail, field) !== undefined),
  });
  const fields =
    needs.isAsked && answeredStepOf(trail, 'on_card') === undefined ? onlyOpening(chosen) : chosen;
  return cardWith(world, field => {
    const answered = answeredStepOf(trail, field);
    if (!fields.includes(field) || answered === undefined || answered.answer === null) return undefined;
    const { question } = answered.step;
    return {
      label: question.heading,
      value: answerWords(withTherapistLabels(question), answered.answer, world.words),
    };
  });
}

/** The answers of a preparation that decide what is on its card. */
export interface CardAnswers {
  /** The answer to "How would you like to do it?"; undefined without an answer. */
  readonly how: string | undefined;
  /** The options chosen for "What goes on the card?"; undefined without an answer. */
  readonly onCard: readonly string[] | undefined;
  /** The fields that have an answer. */
  readonly answered: readonly string[];
}

/**
 * Returns the fields that go on the card: the chosen ones, or without a choice all that have an answer. Empty
 * if the person decided not to say anything to the therapist for now.
 */
export function fieldsOnCard({ how, onCard, answered }: CardAnswers): readonly string[] {
  if (how !== undefined && unspoken.includes(how)) return [];
  if (onCard !== undefined) return onCard.map(fieldOfOption).filter(field => answered.includes(field));
  return answered;
}

/**
 * Answers "No card" to an `on_card` question that the person was not asked or skipped, so that the note says
 * so. Changes nothing if the opening line is all there is for a card, or for a file of answers.
 */
export function withCardChoice<T extends Prepared>(
  template: Template,
  outcome: T,
  { isAsked }: CardNeeds,
): T {
  const { trail, answers } = outcome;
  const answeredFields = cardFields.filter(field => answeredStepOf(trail, field) !== undefined);
  const step = stepOf(template, 'on_card');
  const isOpen =
    answeredStepOf(trail, 'on_card') === undefined && answeredFields.some(field => field !== opening);
  const how = typeof answers['how'] === 'string' ? answers['how'] : undefined;
  if (!isAsked || step === undefined || !isOpen) return outcome;
  if (fieldsOnCard({ how, onCard: undefined, answered: answeredFields }).length === 0) return outcome;
  const answered: AnsweredStep = { key: step.key, step, answer: [noCard] };
  const others = trail.filter(({ key }) => key !== step.key);
  return { ...outcome, trail: [...others, answered], answers: { ...answers, on_card: [noCard] } };
}

function onlyOpening(fields: readonly string[]): readonly string[] {
  return fields.every(field => field === opening) ? fields : [];
}

// Returns the last answer to a question; undefined if it was skipped or not reached.
function answeredStepOf(trail: readonly AnsweredStep[], id: string): AnsweredStep | undefined {
  return trail.findLast(({ step, answer }) => step.question.id === id && answer !== null);
}

/** Returns a card with the row that `rowFor` returns for each field; undefined if there are none. */
export function cardWith(
  { words, layout, out }: WordsPort & OutputPort,
  rowFor: (field: string) => CardRow | undefined,
): string | undefined {
  const firstWords = rowFor(opening)?.value;
  const rows = front.flatMap(field => rowFor(field) ?? []);
  const own = back.flatMap(field => rowFor(field) ?? []);
  if (firstWords === undefined && rows.length + own.length === 0) return undefined;
  const ownSide = own.length === 0 ? undefined : { title: words('prep.card_back'), rows: own };
  return cardText(
    { opening: firstWords, rows, back: ownSide },
    { width: out.isTerminal ? out.width - 4 : 60, ...layout },
  );
}

// Uses the labels that the therapist reads: "To hear you own your part", not "them".
function withTherapistLabels(question: Question): Question {
  const { options } = question;
  return {
    ...question,
    options: options.map(option => ({ ...option, label: option.toThem ?? option.label })),
  };
}

/** Returns the field of an `on_card` option: `if-too-much` → `if_too_much`. */
function fieldOfOption(key: string): string {
  return key.replaceAll('-', '_');
}

import { picks } from '../core/answer.ts';
import type { Outcome } from '../core/interview.ts';
import type { Question } from '../core/template.ts';
import { cardText } from '../report/card.ts';
import type { CardRow } from '../report/card.ts';
import type { World } from '../world.ts';
import { answerWords } from '../report/answer-rows.ts';

/** What is handed over beside the opening line, and what is for the person alone. */
const front = ['wanted', 'want'];
const back = ['if_too_much'];
/** What goes on the card where there was nothing to choose from. */
const usual = ['opening_line', ...front];

export interface CardNeeds {
  /** False for a file of answers: where it says nothing of the card, all that it answers goes on it. */
  readonly isAsked: boolean;
}

type Prepared = Pick<Outcome, 'path' | 'answers'>;

/**
 * Writes the card of a preparation with what the person chose for it: what is said to the therapist it is handed
 * to, and on its back what is for the person alone. Undefined when nothing was chosen.
 */
export function cardOf(world: World, { path, answers }: Prepared, needs: CardNeeds): string | undefined {
  // What is said to somebody else is on no card for the therapist.
  if (answers['how'] === 'someone-first') return undefined;
  const chosen = chosenFields(path, needs);
  return cardWith(world, (field) => {
    const visit = path.findLast(({ step, answer }) => step.question.id === field && answer !== null);
    if (!chosen.includes(field) || visit === undefined || visit.answer === null) return undefined;
    const { question } = visit.step;
    return { label: question.heading, value: answerWords(toThem(question), visit.answer, world.words) };
  });
}

/** Writes a card of what is given for each field that may be on it; undefined where nothing is. */
export function cardWith(
  { words, layout, out }: World, given: (field: string) => CardRow | undefined,
): string | undefined {
  const opening = given('opening_line')?.value;
  const rows = front.flatMap((field) => given(field) ?? []);
  const own = back.flatMap((field) => given(field) ?? []);
  if (opening === undefined && rows.length + own.length === 0) return undefined;
  const ownSide = own.length === 0 ? undefined : { title: words('prep.card_back'), rows: own };
  return cardText({ opening, rows, back: ownSide }, { width: out.isTerminal ? out.width - 4 : 60, ...layout });
}

// The labels as the therapist reads them: "To hear you own your part", and not "them".
function toThem(question: Question): Question {
  const { options } = question;
  return { ...question, options: options.map((option) => ({ ...option, label: option.toThem ?? option.label })) };
}

/** Gives the field that a pick of `on_card` stands for: `if-too-much` → `if_too_much`. */
export function fieldOfPick(key: string): string {
  return key.replaceAll('-', '_');
}

function chosenFields(path: Prepared['path'], { isAsked }: CardNeeds): readonly string[] {
  const visit = path.findLast(({ step }) => step.question.id === 'on_card');
  const picked = picks(visit?.answer ?? undefined).map(fieldOfPick);
  if (picked.length > 0) return picked;
  if (!isAsked) return [...usual, ...back];
  // Passed over, nothing was chosen.
  return visit === undefined ? usual : [];
}

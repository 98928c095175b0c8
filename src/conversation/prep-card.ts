import { picks } from '../core/answer.ts';
import type { Outcome } from '../core/interview.ts';
import { cardText } from '../report/card.ts';
import type { World } from '../world.ts';
import { answerWords } from '../report/answer-rows.ts';

const fields = ['opening_line', 'wanted', 'want', 'if_too_much'];
/** What goes on the card where there was nothing to choose from. */
const usual = ['opening_line', 'wanted', 'want'];

export interface CardNeeds {
  /** False for a file of answers: where it says nothing of the card, all that it answers goes on it. */
  readonly isAsked: boolean;
}

type Prepared = Pick<Outcome, 'path' | 'answers'>;

/** Writes the card of a preparation with what the person chose for it; undefined when that is nothing. */
export function cardOf(world: World, { path, answers }: Prepared, needs: CardNeeds): string | undefined {
  const { words, layout, out } = world;
  // What is said to somebody else is on no card for the therapist.
  if (answers['how'] === 'someone-first') return undefined;
  const chosen = chosenFields(path, needs);
  const given = (field: string): { readonly label: string; readonly value: string } | undefined => {
    const visit = path.findLast(({ step, answer }) => step.question.id === field && answer !== null);
    if (!chosen.includes(field) || visit === undefined || visit.answer === null) return undefined;
    const { question } = visit.step;
    return { label: question.heading, value: answerWords(question, visit.answer, words) };
  };
  const opening = given('opening_line')?.value;
  const rows = fields.filter((field) => field !== 'opening_line').flatMap((field) => given(field) ?? []);
  if (opening === undefined && rows.length === 0) return undefined;
  return cardText({ opening, rows }, { width: out.isTerminal ? out.width - 4 : 60, ...layout });
}

function chosenFields(path: Prepared['path'], { isAsked }: CardNeeds): readonly string[] {
  const visit = path.findLast(({ step }) => step.question.id === 'on_card');
  const picked = picks(visit?.answer ?? undefined).map((key) => key.replaceAll('-', '_'));
  if (picked.length > 0) return picked;
  if (!isAsked) return fields;
  // Passed over, nothing was chosen.
  return visit === undefined ? usual : [];
}

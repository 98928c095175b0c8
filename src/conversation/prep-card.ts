import type { Outcome } from '../core/interview.ts';
import { cardText } from '../report/card.ts';
import type { World } from '../world.ts';
import { answerWords } from '../report/answer-rows.ts';

const rows = ['wanted', 'want', 'if_too_much'];

/** Writes the card of a preparation: the opening line, and what the person chose beside it; undefined when nothing of it was given. */
export function cardOf({ words, layout, out }: World, { path }: Pick<Outcome, 'path'>): string | undefined {
  const given = (field: string): { readonly label: string; readonly value: string } | undefined => {
    const visit = path.findLast(({ step, answer }) => step.question.id === field && answer !== null);
    return visit === undefined || visit.answer === null ? undefined : { label: visit.step.question.heading, value: answerWords(visit.step.question, visit.answer, words) };
  };
  const opening = given('opening_line')?.value;
  const chosen = rows.flatMap((field) => given(field) ?? []);
  if (opening === undefined && chosen.length === 0) return undefined;
  return cardText({ opening, rows: chosen }, { width: out.isTerminal ? out.width - 4 : 60, ...layout });
}

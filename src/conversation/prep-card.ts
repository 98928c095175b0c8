import type { Outcome } from '../core/interview.ts';
import type { Question } from '../core/template.ts';
import { cardText } from '../report/card.ts';
import type { CardRow } from '../report/card.ts';
import type { World } from '../world.ts';
import { answerWords } from '../report/answer-rows.ts';

/** What is handed over beside the opening line, and what is for the person alone. */
const front = ['wanted', 'want'];
const back = ['if_too_much'];

/**
 * Writes the card of a preparation: the opening line and what the person chose beside it, said to the
 * therapist it is handed to; on its back what is for the person alone. Undefined when nothing of it was
 * given.
 */
export function cardOf({ words, layout, out }: World, { path }: Pick<Outcome, 'path'>): string | undefined {
  const given = (field: string): CardRow | undefined => {
    const visit = path.findLast(({ step, answer }) => step.question.id === field && answer !== null);
    if (visit === undefined || visit.answer === null) return undefined;
    const { question } = visit.step;
    return { label: question.heading, value: answerWords(toThem(question), visit.answer, words) };
  };
  const opening = given('opening_line')?.value;
  const rows = front.flatMap((field) => given(field) ?? []);
  const own = back.flatMap((field) => given(field) ?? []);
  if (opening === undefined && rows.length + own.length === 0) return undefined;
  const other = own.length === 0 ? undefined : { title: words('prep.card_back'), rows: own };
  return cardText({ opening, rows, back: other }, { width: out.isTerminal ? out.width - 4 : 60, ...layout });
}

// The labels as the therapist reads them: "To hear you own your part", and not "them".
function toThem(question: Question): Question {
  const options = question.options.map((option) => ({ ...option, label: option.toThem ?? option.label }));
  return { ...question, options };
}

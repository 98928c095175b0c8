import type { Asker } from './ask-question.ts';
import type { Answers } from '../../core/notes/answer.ts';
import type { Condition, FieldTest } from '../../core/template/condition.ts';
import type { Fills } from '../../core/template/options.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import type { WordsPort, OutputPort } from '../../world/world.ts';
import { prefillOf } from './question-screen.ts';

/** How to answer from a file. */
export interface FileNeeds {
  /** Returns the values for the placeholders of opening lines, given the answers so far. */
  readonly fills?: (known: Answers) => Fills;
  /** Collects the ids of the questions that were asked. */
  readonly asked?: Set<string>;
}

/**
 * Returns an asker that answers from a file. A question without an answer is skipped; a question that is
 * asked repeatedly takes its answers in turn; a question that only leads to others ("A little more?") is
 * answered so that the questions with answers are reached.
 */
export function askFile(answers: Answers, { fills = () => ({}), asked = new Set() }: FileNeeds = {}): Asker {
  const picksUsed = new Map<string, number>();
  return (next, { template }) => {
    const { question } = next.step;
    const answer = answers[question.id] ?? leadingTo(next.step, template, answers);
    asked.add(question.id);
    if (answer === undefined) {
      // The person chose an opening line and did not change it: use it as it is.
      const chosen = next.trail.some(
        ({ step }) =>
          step.question.kind === 'select' &&
          question.prefill.includes(step.question.id) &&
          answers[step.question.id] !== undefined,
      );
      const text = chosen ? prefillOf(next, fills(next.known.answers)) : undefined;
      if (text !== undefined) return Promise.resolve({ is: 'answer', answer: text });
      return Promise.resolve({ is: 'skip', unasked: true });
    }
    if (next.step.until === undefined || !Array.isArray(answer))
      return Promise.resolve({ is: 'answer', answer });
    const round = picksUsed.get(question.id) ?? 0;
    picksUsed.set(question.id, round + 1);
    const pick: unknown = answer[round];
    return Promise.resolve(typeof pick === 'string' ? { is: 'answer', answer: pick } : { is: 'skip' });
  };
}

/**
 * Says which answers of a file no question asked for, by id; those in `texts` are saved in the note anyway,
 * the others are not.
 */
export function tellUnasked(
  world: WordsPort & OutputPort,
  ids: readonly string[],
  texts: readonly string[] = [],
): void {
  const report = (key: string, all: readonly string[]): void => {
    if (all.length > 0) world.messages.say(world.words(key, { ids: [...new Set(all)].join(', ') }));
  };
  report(
    'answers.unasked',
    ids.filter(id => !texts.includes(id)),
  );
  report(
    'answers.unasked_kept',
    ids.filter(id => texts.includes(id)),
  );
}

// Returns the only option that leads to a question that the file answers. A question that decides more than
// that (safety, an end, another path) is never answered on behalf of the person.
function leadingTo(
  { question: { id, kind, saved, safety }, then, until }: AskStep,
  { steps }: Template,
  answers: Answers,
): string | undefined {
  const decides =
    saved ||
    safety ||
    kind !== 'select' ||
    until !== undefined ||
    then.length > 0 ||
    steps.some(step => step.is === 'go' && requiredTests(step.when).some(({ field }) => field === id));
  if (decides) return undefined;
  const tests = steps.flatMap(step =>
    step.is === 'ask' && answers[step.question.id] !== undefined ? requiredTests(step.when) : [],
  );
  return tests.find(({ field, is }) => field === id && is?.length === 1)?.is?.[0];
}

// Returns the tests that must all be true.
function requiredTests({ tests, all = [] }: Condition): readonly FieldTest[] {
  return [...tests, ...all.flatMap(requiredTests)];
}

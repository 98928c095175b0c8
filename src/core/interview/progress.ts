import type { Answer } from '../notes/answer.ts';
import type { Condition, FieldTest } from '../template/condition.ts';
import type { AskStep, Template } from '../template/template.ts';
import { progressOf } from './next-step.ts';
import type { NextAsk, Run, State } from './run.ts';

/**
 * Returns the largest estimate of the total number of counted questions at `next`: tries each answer to
 * `next` that can matter, and assumes the usual answer, or none, for the open questions after it.
 */
export function mostQuestions(run: Run, next: NextAsk): number {
  const answers = answersThatMatter(next.step, testsByField(run.template));
  const stateWith = (answer: Answer | null): State => new Map(run.state).set(next.key, answer);
  return Math.max(...answers.map(answer => progressOf({ ...run, state: stateWith(answer) }, next).about));
}

type Tests = ReadonlyMap<string, readonly FieldTest[]>;

/**
 * Returns the answers to a question that may change the total: the usual one and those that conditions test.
 */
function answersThatMatter({ question }: AskStep, tests: Tests): readonly (Answer | null)[] {
  const usual = question.usual ?? null;
  const asked = tests.get(question.id) ?? [];
  if (asked.length === 0) return [usual];
  if (question.kind === 'scale') {
    const bounds = asked.flatMap(({ atLeast, atMost }) => [atLeast, atMost]);
    const near = bounds.flatMap(bound => (typeof bound === 'number' ? [bound - 1, bound, bound + 1] : []));
    return [usual, 0, ...near.filter(number => number >= 0 && number <= 10)];
  }
  const picks = new Set(
    asked.flatMap(({ is = [], not = [], only = [], someOf }) => [
      ...is,
      ...not,
      ...only,
      ...(someOf?.picks ?? []),
    ]),
  );
  if (question.kind === 'confirm') return [usual, true, false];
  const untested = question.options.find(({ key, stores }) => stores && !picks.has(key))?.key;
  const chosen = question.options
    .filter(({ key }) => picks.has(key) || key === untested)
    .map(({ key }) => key);
  return [usual, ...chosen.map(key => (question.kind === 'multi' ? [key] : key))];
}

/** Returns all tests in the conditions of a template's steps and jumps, by field. */
function testsByField({ steps, offers }: Template): Tests {
  const byField = new Map<string, FieldTest[]>();
  const addTests = ({ tests, any, not, all = [] }: Condition): void => {
    for (const test of tests) byField.set(test.field, [...(byField.get(test.field) ?? []), test]);
    for (const inner of [...any, ...all, ...(not === undefined ? [] : [not])]) addTests(inner);
  };
  for (const step of [...steps, ...offers]) {
    addTests(step.when);
    if (step.is === 'ask') for (const { when } of step.then) addTests(when);
  }
  return byField;
}

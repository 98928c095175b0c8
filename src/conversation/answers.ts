import type { Answers } from '../core/answer.ts';
import { askables, checkAnswers } from '../core/check-answers.ts';
import type { AskStep, Option, Target, Template } from '../core/template.ts';
import { Exit, Problem } from '../errors.ts';
import type { World } from '../world.ts';
import { readDay } from './asking.ts';

/**
 * Reads the answers that `--answers` names (`-` is standard input) and checks them against the sequence and those it can open.
 * The first fault is thrown (exit 2) with its place, before anything is written.
 */
export async function readAnswers(world: World, file: string, template: Template, earlier: () => Promise<readonly Option[]>): Promise<Answers> {
  const place = file === '-' ? world.words('answers.standard-input') : file;
  const text = file === '-' ? await world.readInput() : await world.readFile(file);
  const at = await world.parseData(text, place);
  const opened = await Promise.all(opens(template).map((name) => world.templates.sequence(name)));
  const steps = [template, ...opened].flatMap((one) => [...one.steps.filter((step): step is AskStep => step.is === 'ask'), ...one.offers]);
  const named = at.is === 'map' && at.entries.some(({ key }) => key === 'repeat_of');
  const { answers, faults } = checkAnswers(at, askables(steps), named ? await earlier() : []);
  const [fault] = faults;
  if (fault !== undefined) throw new Problem(fault.key, { place, line: fault.line, ...fault.params }, { exit: Exit.misused });
  return withDays(answers, steps, place, world);
}

function opens(template: Template): readonly string[] {
  const targets = template.steps.flatMap((step): readonly Target[] => {
    if (step.is === 'ask') return step.then.map(({ to }) => to);
    return step.is === 'go' ? [step.to] : [];
  });
  return [...new Set(targets.flatMap((to) => (to.is === 'open' ? [to.template] : [])))];
}

// Days may be written as people say them; what is stored is the day.
function withDays(answers: Answers, steps: readonly AskStep[], place: string, world: World): Answers {
  const days = steps.filter(({ question }) => question.kind === 'day' && answers[question.id] !== undefined);
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => {
    if (!days.some(({ question }) => question.id === id)) return [id, answer];
    const day = readDay(id, String(answer), world.now().day);
    if (day === undefined) throw new Problem(id === 'rest_until' ? 'answers.expected-day-ahead' : 'answers.expected-day', { place, line: 1, id }, { exit: Exit.misused });
    return [id, day];
  }));
}

import type { Answers } from '../../core/notes/answer.ts';
import { askables, checkAnswers } from '../../core/template-check/check-answers.ts';
import type { Fault, YamlNode } from '../../core/template/located.ts';
import type { AskStep, Option, Target, Template } from '../../core/template/template.ts';
import { Exit, Problem } from '../../errors.ts';
import type {
  WordsPort,
  InputPort,
  FilesPort,
  StorePort,
  ClockPort,
  TemplatesPort,
} from '../../world/world.ts';
import { readDay } from '../../cli/options/day-flags.ts';

/** Returns the YAML nodes of what `--answers` names, with their lines; `place` is its name in errors. */
export type GivenAnswers = () => Promise<{ readonly at: YamlNode; readonly place: string }>;

/**
 * Reads the file that `--answers` names immediately, so that an unreadable or broken file is reported before
 * anything is asked. Standard input (`-`) is read only when the returned function is called. Throws a Problem
 * that names the file.
 */
export async function openAnswers(
  world: WordsPort & InputPort & FilesPort & StorePort,
  file: string,
): Promise<GivenAnswers> {
  const read = file === '-' ? undefined : await readLocated(world, file);
  return async () => read ?? readLocated(world, file);
}

/**
 * Checks the answers of a file against the sequence and the sequences it can open, and returns them. Throws
 * the first fault as a Problem with its line (exit 2), before anything is written. `earlier` returns the
 * options of questions about earlier notes.
 */
export async function readAnswers(
  world: ClockPort & WordsPort & TemplatesPort,
  given: GivenAnswers,
  template: Template,
  earlier: () => Promise<readonly Option[]>,
): Promise<Answers> {
  const { at, place } = await given();
  const steps = await stepsOf(world, template);
  const earlierFields = steps
    .filter(({ question }) => question.from === 'earlier')
    .map(({ question }) => question.id);
  const named = at.is === 'map' && at.entries.some(({ key }) => earlierFields.includes(key));
  const { answers, faults } = checkAnswers(at, askables(steps), named ? await earlier() : []);
  throwFirst(faults, place);
  return withDays(answers, steps, place, world);
}

/** The answers of a file, and the keys that name a note. */
export interface AnswersFor {
  readonly answers: Answers;
  readonly named: Readonly<Record<string, string>>;
}

/**
 * Checks the answers of a file for a sequence about an existing note. The values of the keys in `aside`,
 * which name the note, are returned as text in `named`. Throws like `readAnswers`.
 */
export async function readAnswersFor(
  world: ClockPort & WordsPort & TemplatesPort,
  given: GivenAnswers,
  sequence: string,
  aside: readonly string[],
): Promise<AnswersFor> {
  const { at, place } = await given();
  const steps = await stepsOf(world, await world.templates.sequence(sequence));
  const entries = at.is === 'map' ? at.entries : [];
  const { answers, faults } = checkAnswers(
    at.is === 'map' ? { ...at, entries: entries.filter(({ key }) => !aside.includes(key)) } : at,
    askables(steps),
    [],
  );
  throwFirst(faults, place);
  const named = entries.flatMap(({ key, value }) =>
    aside.includes(key) && value.is === 'scalar' ? [[key, value.source] as const] : [],
  );
  return { answers: withDays(answers, steps, place, world), named: Object.fromEntries(named) };
}

/** Reads and parses the file, or standard input. */
async function readLocated(
  world: WordsPort & InputPort & FilesPort & StorePort,
  file: string,
): ReturnType<GivenAnswers> {
  const place = file === '-' ? world.words('answers.standard-input') : file;
  const text = file === '-' ? await world.readInput() : await world.readFile(file);
  world.unsaved.texts.set('answers', text);
  return { at: await world.parseData(text, place), place };
}

/** Returns the questions of a sequence and of the sequences it can open. */
export async function stepsOf(world: TemplatesPort, template: Template): Promise<readonly AskStep[]> {
  const opened = await Promise.all(openedBy(template).map(name => world.templates.sequence(name)));
  return [template, ...opened].flatMap(sequence => [
    ...sequence.steps.filter((step): step is AskStep => step.is === 'ask'),
    ...sequence.offers,
  ]);
}

/** Throws the first fault as a Problem (exit 2) with its place. */
export function throwFirst([fault]: readonly Fault[], place: string): void {
  if (fault !== undefined)
    throw new Problem(fault.key, { place, line: fault.line, ...fault.params }, { exit: Exit.misused });
}

function openedBy(template: Template): readonly string[] {
  const targets = template.steps.flatMap((step): readonly Target[] => {
    if (step.is === 'ask') return step.then.map(({ to }) => to);
    return step.is === 'go' ? [step.to] : [];
  });
  return [...new Set(targets.flatMap(to => (to.is === 'open' ? [to.template] : [])))];
}

/**
 * Returns the answers with each day as `YYYY-MM-DD`: in a file, days may be written the way people say them.
 * Throws a Problem (exit 2) if one is not a day.
 */
export function withDays(
  answers: Answers,
  steps: readonly AskStep[],
  place: string,
  world: ClockPort & WordsPort,
): Answers {
  const days = steps.filter(({ question }) => question.kind === 'day' && answers[question.id] !== undefined);
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      if (!days.some(({ question }) => question.id === id)) return [id, answer];
      const day = readDay(world, id, String(answer));
      if (day === undefined)
        throw new Problem(
          id === 'rest_until' ? 'answers.expected-day-ahead' : 'answers.expected-day',
          { place, line: 1, id },
          { exit: Exit.misused },
        );
      return [id, day];
    }),
  );
}

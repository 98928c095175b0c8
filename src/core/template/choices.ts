import { frontKeys } from '../notes/reflection.ts';
import type { AskStep, Option, Question, Template } from './template.ts';

/** What it takes to say an answer in words that stands in the front matter under `id`. */
export interface Choice extends Pick<Question, 'id' | 'kind' | 'heading'> {
  readonly options: readonly Pick<Option, 'key' | 'label'>[];
}

// The facts under a title have their newest values, in words of their own; what was to come next is the
// status, which has moved on since.
const inFacts: readonly string[] = ['status', 'size', 'kinds', 'feelings', 'next'];

/**
 * Gives the choices and scales of a sequence that are kept in the front matter, in the order in which they
 * are asked, without those that the facts under a title say.
 */
export function choicesIn({ steps }: Template): readonly Choice[] {
  const asked = steps.filter((step): step is AskStep => step.is === 'ask').map(({ question }) => question);
  return asked
    .filter(question => question.saved && !inFacts.includes(question.id) && isInFront(question))
    .map(({ id, kind, heading, options }) => ({
      id,
      kind: kind === 'text' ? 'scale' : kind,
      heading,
      options: options.map(({ key, label }) => ({ key, label })),
    }));
}

// A text whose id is a front matter key was a number once (`outside`): the number in an older note is still
// shown.
function isInFront({ id, kind }: Question): boolean {
  const keys: readonly string[] = frontKeys;
  return kind === 'text' ? keys.includes(id) : kind !== 'day';
}

/**
 * Makes one of those that have the same id, in the place of the first and with its heading: options that only
 * a later one has come behind its own.
 */
export function mergeChoices(choices: readonly Choice[]): readonly Choice[] {
  const merged = new Map<string, Choice>();
  for (const choice of choices) {
    const before = merged.get(choice.id);
    const more = choice.options.filter(({ key }) => before?.options.every(one => one.key !== key));
    merged.set(
      choice.id,
      before === undefined ? choice : { ...before, options: [...before.options, ...more] },
    );
  }
  return [...merged.values()];
}

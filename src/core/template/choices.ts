import { frontKeys } from '../notes/reflection.ts';
import type { AskStep, Option, Question, Template } from './template.ts';

/** The parts of a question that turn its answer, a front matter value under `id`, into words. */
export interface Choice extends Pick<Question, 'id' | 'kind' | 'heading'> {
  readonly options: readonly Pick<Option, 'key' | 'label'>[];
}

// The facts under a title already show the newest values of these fields. `next` is out of date: the status
// shows how things went on.
const shownAsFacts: readonly string[] = ['status', 'size', 'kinds', 'feelings', 'next'];

/**
 * Returns the choices and scales of a sequence whose answers are in the front matter, in the order of the
 * questions. Leaves out the fields that the facts under a title show.
 */
export function choicesIn({ steps }: Template): readonly Choice[] {
  const asked = steps.filter((step): step is AskStep => step.is === 'ask').map(({ question }) => question);
  return asked
    .filter(question => question.saved && !shownAsFacts.includes(question.id) && isFrontMatter(question))
    .map(({ id, kind, heading, options }) => ({
      id,
      kind: kind === 'text' ? 'scale' : kind,
      heading,
      options: options.map(({ key, label }) => ({ key, label })),
    }));
}

// A text question whose id is a front matter key was once a scale (`outside`): older notes have a number
// there, which is still shown.
function isFrontMatter({ id, kind }: Question): boolean {
  const keys: readonly string[] = frontKeys;
  return kind === 'text' ? keys.includes(id) : kind !== 'day';
}

/**
 * Merges choices that have the same id: the result has the position and the heading of the first choice, and
 * its options followed by the options that only later choices have.
 */
export function mergeChoices(choices: readonly Choice[]): readonly Choice[] {
  const merged = new Map<string, Choice>();
  for (const choice of choices) {
    const first = merged.get(choice.id);
    const added = choice.options.filter(({ key }) => first?.options.every(option => option.key !== key));
    merged.set(choice.id, first === undefined ? choice : { ...first, options: [...first.options, ...added] });
  }
  return [...merged.values()];
}

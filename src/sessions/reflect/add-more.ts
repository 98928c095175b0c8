import type { Answer } from '../../core/notes/answer.ts';
import { chosenStatus, formatChange } from '../../core/interview/compose.ts';
import { textsByField } from '../../core/template/moment-facts.ts';
import { safetyKeys } from '../../core/notes/not-safe.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import type { FrontValue, Section } from '../../core/notes/reflection.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import type { NoteFile, Revision, TemplatesPort, ClockPort } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

/** The ids of questions whose answers set a status. */
const statusFields = ['next', 'status'];

/** Returns the answers that a note contains, as the state of an interview. */
export async function stateOfNote(world: TemplatesPort, template: Template, note: NoteFile): Promise<State> {
  const texts = textsByField(note.sections, await world.templates.fields());
  const state = new Map<string, Answer | null>();
  for (const step of template.steps) {
    if (step.is !== 'ask' || !step.question.saved || state.has(step.key)) continue;
    const answer =
      step.question.kind === 'text'
        ? texts[step.question.id]
        : answerFrom(step, note.head.keys[step.question.id]);
    if (answer !== undefined) state.set(step.key, answer);
  }
  return state;
}

/** The new answers, and texts that answer no question. */
export type Added = Pick<InterviewResult, 'trail' | 'answers'> & { readonly left: readonly Section[] };

/**
 * Returns a revision with the new keys, the new texts and a line of history; undefined if nothing was added.
 * Existing content stays as it is, and a text that the note contains is not added again. `before` is the
 * state before the interview.
 */
export function addedTo(
  world: ClockPort,
  note: NoteFile,
  before: State,
  { trail, answers, left }: Added,
): Revision | undefined {
  const isThere = (text: string): boolean =>
    note.sections.some(section => section.text.includes(text.trim()));
  const extraTexts = left.filter(({ text }) => !isThere(text));
  const added = trail.filter(
    ({ key, step, answer }) =>
      step.question.saved &&
      answer !== null &&
      before.get(key) !== answer &&
      !sameList(before.get(key), answer),
  );
  const { day } = world.now();
  const changes = Object.entries(safetyKeys(answers, day));
  const safety = changes.filter(([key, value]) => value !== undefined || Object.hasOwn(note.head.keys, key));
  if (added.length + safety.length + extraTexts.length === 0) return undefined;
  const texts = added.flatMap(({ step: { question }, answer }): Section[] =>
    question.kind === 'text' && typeof answer === 'string' && answer.trim() !== ''
      ? [{ level: 2, heading: question.heading, text: answer }]
      : [],
  );
  const append = [...texts, ...extraTexts];
  const front: Record<string, string | number | readonly string[] | undefined> = Object.fromEntries(safety);
  for (const {
    step: { question },
    answer,
  } of added) {
    if (question.kind !== 'text' && answer !== null)
      front[question.id] = typeof answer === 'boolean' ? String(answer) : answer;
  }
  const { size } = note.head;
  const asksStatus = added.some(({ step }) => statusFields.includes(step.question.id));
  const status = note.head.status ?? (asksStatus ? chosenStatus(answers) : undefined);
  // A note that was not a hard moment becomes one through these answers.
  if (status !== note.head.status) front['status'] = status;
  const sizeNow = typeof front['size'] === 'number' ? front['size'] : size;
  const history = status === undefined ? undefined : formatChange({ day, status, size: sizeNow });
  return { front, append, history };
}

/** Returns how often a note changed today, according to its history. */
export function timesToday(world: ClockPort, { head }: NoteFile): number {
  const { history } = head.keys;
  const { day } = world.now();
  return Array.isArray(history)
    ? history.filter(line => typeof line === 'string' && line.startsWith(day)).length
    : 0;
}

function answerFrom({ question }: AskStep, value: FrontValue | undefined): Answer | undefined {
  if (question.kind === 'scale') return typeof value === 'number' ? value : undefined;
  if (question.kind === 'multi')
    return Array.isArray(value)
      ? value.filter((item): item is string => typeof item === 'string')
      : undefined;
  return typeof value === 'string' ? value : undefined;
}

function sameList(a: Answer | null | undefined, b: Answer | null): boolean {
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((item, index) => item === b[index])
  );
}

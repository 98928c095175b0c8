import type { Answer, Answers } from '../notes/answer.ts';
import { formatChange, frontValue } from './compose.ts';
import type { Day } from '../dates/day.ts';
import { safetyKeys } from '../notes/not-safe.ts';
import type { Head, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { parseStatus } from '../notes/status.ts';
import type { Question } from '../template/template.ts';
import type { AnsweredStep } from './run.ts';

/** A dated part of a file: what was answered in one sequence goes under its heading. */
export interface DatedPart {
  /** The sequence whose questions belong into it. */
  readonly of: string;
  /** `Prepared on 2026-03-19` */
  readonly heading: string;
}

export interface Continuation {
  readonly head: Head;
  readonly today: Day;
  readonly path: readonly AnsweredStep[];
  readonly answers: Answers;
  readonly parts: readonly DatedPart[];
  /** What was written beside the answers. */
  readonly extra: readonly Section[];
  /** Writes an answer as words. */
  readonly say: (question: Question, answer: Answer) => string;
}

/** What changes in a moment that is gone on with. Nothing that is not named here is touched. */
export interface Continued {
  readonly status?: Status;
  readonly front: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly history?: string;
  readonly append: readonly Section[];
}

/**
 * Makes of the answers what changes: keys, a line of history, and dated parts at the end; undefined when
 * nothing was answered.
 */
export function continueMoment(continuation: Continuation): Continued | undefined {
  const { head, today, path, answers, parts, extra, say } = continuation;
  const saved = path.filter(({ step, answer }) => step.question.saved && answer !== null);
  const status = nextStatus(head.status, answers) ?? head.status;
  const dated = parts.flatMap(part => datedSections(part, saved, say));
  const append = [...dated, ...ownSections(saved, parts), ...extra];
  const known: readonly string[] = frontKeys;
  // A choice of a sequence that has no dated part (one added to let-go) is a key, as all of that sequence
  // are.
  const isKey = ({
    step: {
      question: { id },
      of,
    },
  }: AnsweredStep): boolean => (known.includes(id) ? id !== 'status' : !parts.some(part => part.of === of));
  const front: Record<string, string | number | readonly string[] | undefined> = {};
  for (const {
    step: { question },
    answer,
  } of saved.filter(isKey)) {
    const value = frontValue(question, answer);
    if (value !== undefined) front[question.id] = value;
  }
  if (status !== head.status && status !== undefined) front['status'] = status;
  // What is worked on again is in sight again.
  if (front['rest_until'] === undefined && head.restUntil !== undefined && status !== head.status)
    front['rest_until'] = undefined;
  for (const [key, day] of Object.entries(safetyKeys(answers, today))) {
    if (day !== undefined || Object.hasOwn(head.keys, key)) front[key] = day;
  }
  if (append.length === 0 && Object.keys(front).length === 0) return undefined;
  const size = typeof front['size'] === 'number' ? front['size'] : head.size;
  return {
    status,
    front,
    append,
    history: status === undefined ? undefined : formatChange({ day: today, status, size }),
  };
}

/** Answers to "What would you like now?" that take a moment off the list to bring up. */
const keptHere: readonly string[] = ['open', 'someone-first', 'options', 'people'];

/** What stays as it is when it rests after it came up. */
const broughtUp: readonly Status[] = ['raised', 'eased', 'not-addressed'];

/** What the answers make of a status; undefined when they leave it. */
export function nextStatus(before: Status | undefined, answers: Answers): Status | undefined {
  const cameUp = ['i-said-it', 'they-did', 'part'].includes(String(answers['came_up']));
  if (isLetGo(answers)) {
    const stays =
      answers['rest_or_go'] === 'rest' ||
      answers['still_big'] === 'keep' ||
      answers['safe_now_then'] === 'stop';
    if (!stays) return 'let-go';
    // What rests keeps its status; what came up is no longer only kept, or planned, and nothing rests that is
    // settled.
    return cameUp && !(before !== undefined && broughtUp.includes(before)) ? 'raised' : before;
  }
  if (answers['put_on_list'] === true) return 'planned';
  // Kept here, it is on no list to bring up.
  if (answers['how'] === 'keep' && before === 'planned') return 'open';
  const told = typeof answers['status'] === 'string' ? parseStatus(answers['status']) : undefined;
  if (told !== undefined) return told;
  if (answers['try_next'] === 'next-time') return 'planned';
  return keptHere.includes(String(answers['try_next'])) ? 'open' : undefined;
}

function isLetGo(answers: Answers): boolean {
  return (
    answers['ready'] === true ||
    answers['small_next'] === 'let-go' ||
    answers['status'] === 'let-go' ||
    answers['try_next'] === 'let-go' ||
    answers['in_the_way'] === 'not-matter'
  );
}

function datedSections(
  { of, heading }: DatedPart,
  saved: readonly AnsweredStep[],
  say: Continuation['say'],
): readonly Section[] {
  const known: readonly string[] = frontKeys;
  const inner = saved
    .filter(
      ({ step }) => step.of === of && (step.question.kind === 'text' || !known.includes(step.question.id)),
    )
    .flatMap(({ step: { question }, answer }): Section[] =>
      answer === null || answer === ''
        ? []
        : [{ level: 3, heading: question.heading, text: say(question, answer) }],
    );
  return inner.length === 0 ? [] : [{ level: 2, heading, text: '' }, ...inner];
}

// A text that belongs to no dated part (a last word) stands by itself.
function ownSections(saved: readonly AnsweredStep[], parts: readonly DatedPart[]): readonly Section[] {
  return saved.flatMap(({ step: { question, of }, answer }): Section[] =>
    question.kind === 'text' &&
    typeof answer === 'string' &&
    answer.trim() !== '' &&
    !parts.some(part => part.of === of)
      ? [{ level: 2, heading: question.heading, text: answer }]
      : [],
  );
}

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

/** A dated part of a note: the answers of one sequence, under a heading with the date. */
export interface DatedPart {
  /** The name of the sequence whose answers belong in this part. */
  readonly of: string;
  /** For example `Prepared on 2026-03-19`. */
  readonly heading: string;
}

/** The input for a change to an existing moment: its head, and the answers of one interview. */
export interface Continuation {
  readonly head: Head;
  readonly today: Day;
  readonly path: readonly AnsweredStep[];
  readonly answers: Answers;
  readonly parts: readonly DatedPart[];
  /** Further sections to append after the answers. */
  readonly extra: readonly Section[];
  /** Returns an answer as words. */
  readonly say: (question: Question, answer: Answer) => string;
}

/** The changes to an existing moment. Everything not listed here stays as it is. */
export interface Continued {
  readonly status?: Status;
  /** Front matter keys to set; undefined removes a key. */
  readonly front: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** A line to add to the history. */
  readonly history?: string;
  /** Sections to append to the note. */
  readonly append: readonly Section[];
}

/**
 * Returns the changes that the answers make to a moment: front matter keys, a line of history, and dated
 * parts at the end. Returns undefined if no answer changes anything.
 */
export function continueMoment(continuation: Continuation): Continued | undefined {
  const { head, today, path, answers, parts, extra, say } = continuation;
  const saved = path.filter(({ step, answer }) => step.question.saved && answer !== null);
  const status = nextStatus(head.status, answers) ?? head.status;
  const dated = parts.flatMap(part => datedSections(part, saved, say));
  const append = [...dated, ...ownSections(saved, parts), ...extra];
  const known: readonly string[] = frontKeys;
  // Without a dated part (as for questions added to let-go), a sequence's choices become front matter keys.
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
  // A moment whose status changes no longer rests.
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
const notToBringUp: readonly string[] = ['open', 'someone-first', 'options', 'people'];

/** Statuses that stay unchanged if the moment came up and now rests. */
const statusesAfterTalk: readonly Status[] = ['raised', 'eased', 'not-addressed'];

/** Returns the status that the answers lead to; undefined if they do not change it. */
export function nextStatus(before: Status | undefined, answers: Answers): Status | undefined {
  const cameUp = ['i-said-it', 'they-did', 'part'].includes(String(answers['came_up']));
  if (isLetGo(answers)) {
    const stays =
      answers['rest_or_go'] === 'rest' ||
      answers['still_big'] === 'keep' ||
      answers['safe_now_then'] === 'stop';
    if (!stays) return 'let-go';
    // A moment that rests keeps its status, but becomes `raised` if it came up and its status is an earlier
    // one.
    return cameUp && !(before !== undefined && statusesAfterTalk.includes(before)) ? 'raised' : before;
  }
  if (answers['put_on_list'] === true) return 'planned';
  // A moment that is only kept leaves the list to bring up.
  if (answers['how'] === 'keep' && before === 'planned') return 'open';
  const explicit = typeof answers['status'] === 'string' ? parseStatus(answers['status']) : undefined;
  if (explicit !== undefined) return explicit;
  if (answers['try_next'] === 'next-time') return 'planned';
  return notToBringUp.includes(String(answers['try_next'])) ? 'open' : undefined;
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

// A text that belongs to no dated part (such as a last word) gets a section with its own heading.
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

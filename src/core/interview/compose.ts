import type { Answer, Answers } from '../notes/answer.ts';
import { keyOf, ownWords } from '../notes/answer.ts';
import type { Day, Instant } from '../dates/day.ts';
import { safetyFront } from '../notes/not-safe.ts';
import type { Change, NewReflection, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { parseStatus } from '../notes/status.ts';
import type { Question } from '../template/template.ts';
import { titleOf } from '../text/title.ts';
import type { AnsweredStep } from './run.ts';

/** The input for a new note: its dates, and the answers of one interview. */
export interface Composition {
  readonly id: string;
  readonly session: Day;
  readonly today: Day;
  readonly created: Instant;
  readonly with?: string;
  /** The name of the person's own sequence; absent for a built-in one. */
  readonly template?: string;
  readonly path: readonly AnsweredStep[];
  readonly answers: Answers;
  /** The fallback title if there is neither a text nor a kind: "A moment on 12 March". */
  readonly otherwise: string;
  /** Texts of questions that are no longer part of the trail. The note keeps them all the same. */
  readonly extra?: readonly Section[];
  /** Overrides the status from the answers (for a set-aside note). */
  readonly status?: Status;
  /** False for a sequence with `unresolved: false`: the note has a status only if the answers set one. */
  readonly isHardMoment?: boolean;
}

/** Returns the new note for the answers on the trail. Leaves out answers that are not saved. */
export function compose(composition: Composition): NewReflection {
  const { id, session, created, path, answers } = composition;
  const saved = path.filter(({ step, answer }) => step.question.saved && answer !== null);
  const answeredStatus = composition.isHardMoment === false ? chosenStatus(answers) : statusOf(answers);
  const status = composition.status ?? answeredStatus;
  const size = typeof answers['size'] === 'number' ? answers['size'] : undefined;
  const title = titleFor(composition);
  const values: Record<string, string | number | readonly string[]> = { id, session, created, title };
  for (const {
    step: { question },
    answer,
  } of saved) {
    const value = frontValue(question, answer);
    if (value !== undefined) values[question.id] = value;
  }
  if (status !== undefined) values['status'] = status;
  else delete values['status'];
  // `--with ''` means nobody, even if the setting names someone.
  if (composition.with !== undefined && composition.with.trim() !== '') values['with'] = composition.with;
  if (composition.template !== undefined) values['template'] = composition.template;
  // For a set-aside note, the status alone records that speaking up may not be safe.
  if (status !== 'set-aside') Object.assign(values, safetyFront(answers, composition.today));
  if (status !== undefined) values['history'] = [formatChange({ day: composition.today, status, size })];
  const known: readonly string[] = frontKeys;
  const ordered = [
    ...frontKeys.filter(key => key !== 'history'),
    ...Object.keys(values).filter(key => !known.includes(key)),
    'history',
  ];
  const front = Object.fromEntries(
    ordered.flatMap(key => {
      const value = values[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  return { id, session, title, front, sections: [...sectionsOf(saved), ...(composition.extra ?? [])] };
}

/** Returns a line of the history: `2026-03-19 planned 5`. */
export function formatChange({ day, status, size }: Change): string {
  return size === undefined ? `${day} ${status}` : `${day} ${status} ${size}`;
}

/** Returns the status of a new moment from its answers; undefined for a session without a hard moment. */
export function statusOf(answers: Answers): Status | undefined {
  const chosen = chosenStatus(answers);
  if (chosen !== undefined) return chosen;
  const heldBack = answers['held_back'] === 'a-bit' || answers['held_back'] === 'yes';
  return answers['sit'] === 'fine' && !heldBack ? undefined : 'open';
}

/** Returns the status that the answers ask for; undefined if they ask for none. */
export function chosenStatus(answers: Answers): Status | undefined {
  const given = answers['status'];
  const explicit = typeof given === 'string' ? parseStatus(given) : undefined;
  const next = answers['next'];
  const chosen = explicit ?? (typeof next === 'string' ? parseStatus(next) : undefined);
  // A choice to rest the moment, or to keep it because it is still big, cancels "let it go".
  const stays =
    answers['rest_or_go'] === 'rest' ||
    answers['still_big'] === 'keep' ||
    answers['ready'] === false ||
    answers['safe_now_then'] === 'stop';
  if (chosen === 'let-go' && stays) return next === 'raised' ? 'raised' : 'open';
  return chosen;
}

function titleFor(composition: Composition): string {
  const { answers, path, otherwise } = composition;
  // A note that is not a hard moment takes its title from the first answer, unless it is set aside: the title
  // of a set-aside note must not show a pick.
  const isOther = composition.isHardMoment === false && composition.status === undefined;
  const firstAnswer = isOther ? firstInWords(path) : undefined;
  if (firstAnswer !== undefined) return firstAnswer;
  const what = answers['what'];
  const fromText = typeof what === 'string' ? titleOf(what) : undefined;
  if (fromText !== undefined) return fromText;
  const good = answers['good_moment'];
  const last = (typeof good === 'string' ? titleOf(good) : undefined) ?? otherwise;
  const kinds = path.find(({ step }) => step.question.id === 'kinds');
  const first = Array.isArray(kinds?.answer) ? String(kinds.answer[0]) : undefined;
  if (kinds === undefined || first === undefined) return last;
  const own = ownWords(first);
  return (
    (own === undefined ? undefined : titleOf(own)) ??
    kinds.step.question.options.find(({ key }) => key === keyOf(first))?.label ??
    last
  );
}

/** Returns a title from the first answer that has words (a text, or the label of a pick). */
function firstInWords(path: readonly AnsweredStep[]): string | undefined {
  for (const {
    step: { question },
    answer,
  } of path) {
    if (!question.saved) continue;
    const pick = Array.isArray(answer) ? String(answer[0] ?? '') : answer;
    if (typeof pick !== 'string') continue;
    const label = question.options.find(({ key }) => key === keyOf(pick))?.label;
    const words = question.kind === 'text' ? pick : (ownWords(pick) ?? label);
    const title = words === undefined ? undefined : titleOf(words);
    if (title !== undefined) return title;
  }
  return undefined;
}

/** Returns the front matter value of an answer; undefined for a text question or a skipped one. */
export function frontValue(
  question: Question,
  answer: Answer | null,
): string | number | readonly string[] | undefined {
  if (question.kind === 'text' || answer === null) return undefined;
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  return answer;
}

// If a field was answered twice (in two rounds), its section has both texts, or only the later one if that
// contains the earlier.
function sectionsOf(saved: readonly AnsweredStep[]): readonly Section[] {
  const sections = new Map<string, Section>();
  for (const {
    step: { question },
    answer,
  } of saved) {
    if (question.kind === 'text' && typeof answer === 'string' && answer.trim() !== '') {
      const earlier = sections.get(question.id)?.text ?? '';
      const text = answer.includes(earlier.trim()) ? answer : `${earlier.trimEnd()}\n\n${answer}`;
      sections.set(question.id, { level: 2, heading: question.heading, text });
    }
  }
  return [...sections.values()];
}

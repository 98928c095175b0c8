import type { Answer, Answers } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';

/**
 * A condition as data, evaluated against the answers and facts known so far. It holds if all of its tests
 * hold; an empty condition always holds. A test can ask about an answered field or about one of these facts:
 * `mode` (quick, full), `session_is` (today, before), `earlier` (the number of earlier moments), `status`.
 */
export interface Condition {
  readonly tests: readonly FieldTest[];
  readonly any: readonly Condition[];
  readonly not?: Condition;
  readonly all?: readonly Condition[];
}

export interface FieldTest {
  readonly field: string;
  /** The answer has at least one of these picks. */
  readonly is?: readonly string[];
  /** The answer has none of these picks; a missing answer passes. */
  readonly not?: readonly string[];
  /** The answer has picks, and all of them are in this list. */
  readonly only?: readonly string[];
  /** The answer has at least `count` of these picks. */
  readonly someOf?: { readonly picks: readonly string[]; readonly count: number };
  /** Whether the field has an answer. */
  readonly answered?: boolean;
  /** Whether the question was asked in this run, answered or not. */
  readonly asked?: boolean;
  readonly atLeast?: Bound;
  readonly atMost?: Bound;
}

/** A number, or the number in another field plus `plus`. */
export type Bound = number | { readonly field: string; readonly plus: number };

export const always: Condition = { tests: [], any: [] };

export interface Known {
  readonly answers: Answers;
  /** The fields whose questions were asked in this run. */
  readonly asked: ReadonlySet<string>;
}

/** Returns true if a condition holds for the answers and facts known so far. */
export function holds(condition: Condition, known: Known): boolean {
  return (
    condition.tests.every(test => passes(test, known)) &&
    (condition.any.length === 0 || condition.any.some(inner => holds(inner, known))) &&
    (condition.all ?? []).every(inner => holds(inner, known)) &&
    !(condition.not !== undefined && holds(condition.not, known))
  );
}

function passes(test: FieldTest, known: Known): boolean {
  const answer = known.answers[test.field];
  const picked = pickedKeys(answer);
  return (
    (test.is === undefined || test.is.some(key => picked.includes(key))) &&
    (test.not === undefined || !test.not.some(key => picked.includes(key))) &&
    (test.only === undefined || (picked.length > 0 && picked.every(key => test.only?.includes(key)))) &&
    (test.someOf === undefined ||
      picked.filter(key => test.someOf?.picks.includes(key)).length >= test.someOf.count) &&
    (test.answered === undefined || test.answered === (answer !== undefined)) &&
    (test.asked === undefined || test.asked === known.asked.has(test.field)) &&
    (test.atLeast === undefined || compares(answer, test.atLeast, known, (a, b) => a >= b)) &&
    (test.atMost === undefined || compares(answer, test.atMost, known, (a, b) => a <= b))
  );
}

// Conditions write the answer to a confirm as `yes` or `no`, and a number as its digits.
function pickedKeys(answer: Answer | undefined): readonly string[] {
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  return typeof answer === 'number' ? [String(answer)] : picks(answer);
}

function compares(
  answer: Answer | undefined,
  bound: Bound,
  known: Known,
  test: (a: number, b: number) => boolean,
): boolean {
  if (typeof answer !== 'number') return false;
  if (typeof bound === 'number') return test(answer, bound);
  const base = known.answers[bound.field];
  return typeof base === 'number' && test(answer, base + bound.plus);
}

/** Returns every field that a condition asks about; a field may come more than once. */
export function fieldsOf(condition: Condition): readonly string[] {
  const bounds = condition.tests.flatMap(({ field, atLeast, atMost }) => [
    field,
    ...[atLeast, atMost].flatMap(bound => (typeof bound === 'object' ? [bound.field] : [])),
  ]);
  const inner = [
    ...condition.any,
    ...(condition.all ?? []),
    ...(condition.not === undefined ? [] : [condition.not]),
  ];
  return [...bounds, ...inner.flatMap(fieldsOf)];
}

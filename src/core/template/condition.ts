import type { Answer, Answers } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';

/**
 * Structured data that is true or false of what is known so far. All of its tests must hold; an empty one
 * always does. Besides the fields answered, these facts can be asked about: `mode` (quick, full),
 * `session_is` (today, before),
 * `earlier` (how many earlier moments there are), `status`.
 */
export interface Condition {
  readonly tests: readonly FieldTest[];
  readonly any: readonly Condition[];
  readonly not?: Condition;
  readonly all?: readonly Condition[];
}

export interface FieldTest {
  readonly field: string;
  /** Has one of these picks. */
  readonly is?: readonly string[];
  /** Has none of these picks (an answer that is not there has none). */
  readonly not?: readonly string[];
  /** Has these picks and no other. */
  readonly only?: readonly string[];
  /** Has at least so many of these picks. */
  readonly someOf?: { readonly picks: readonly string[]; readonly count: number };
  readonly answered?: boolean;
  /** It was put to the person in this run, whatever came of it. */
  readonly asked?: boolean;
  readonly atLeast?: Bound;
  readonly atMost?: Bound;
}

/** A number, or another field's number with something added. */
export type Bound = number | { readonly field: string; readonly plus: number };

export const always: Condition = { tests: [], any: [] };

export interface Known {
  readonly answers: Answers;
  /** Fields that were put to the person in this run. */
  readonly asked: ReadonlySet<string>;
}

/** Says whether all of a condition's tests hold of what is known so far. */
export function holds(condition: Condition, known: Known): boolean {
  return (
    condition.tests.every(test => passes(test, known)) &&
    (condition.any.length === 0 || condition.any.some(one => holds(one, known))) &&
    (condition.all ?? []).every(one => holds(one, known)) &&
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

// A confirm is asked about as yes and no; a number by its digits.
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
  const other = known.answers[bound.field];
  return typeof other === 'number' && test(answer, other + bound.plus);
}

/** Names every field that a condition asks about. */
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

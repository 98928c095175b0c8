import type { Condition } from '../template/condition.ts';
import { fieldsOf } from '../template/condition.ts';
import type { Fault } from '../template/located.ts';
import { unknown } from '../template/schema-reader.ts';
import type { Offer, Step } from '../template/template.ts';

/** All modes of a run. */
export const modes: readonly string[] = ['quick', 'full'];
/** The values of facts that have a fixed set of them. */
const factPicks: ReadonlyMap<string, readonly string[]> = new Map([
  ['mode', modes],
  ['session_is', ['today', 'before']],
  ['not_safe', ['yes']],
  ['safety_unknown', ['yes']],
]);

interface Fields {
  readonly steps: readonly Step[];
  /** Every condition in the file, with its line. */
  readonly conditions: readonly { readonly when: Condition; readonly line: number }[];
  /** Names that conditions may ask about besides the questions' fields. */
  readonly facts: readonly string[];
  readonly faults: Fault[];
}

/**
 * Adds a fault for each condition that asks about an unknown field, or about a pick that its field cannot
 * have.
 */
export function checkFields({ steps, conditions, faults, facts }: Fields, offers: readonly Offer[]): void {
  const fields = new Set([
    ...facts,
    ...[...steps, ...offers].flatMap(step => (step.is === 'ask' ? [step.question.id] : [])),
  ]);
  const names = [...fields];
  const picks = picksOf(steps);
  for (const { when, line } of conditions) {
    for (const field of fieldsOf(when)) {
      if (!fields.has(field)) faults.push(unknown(field, 'when', names, line));
    }
    checkPicks(when, line, picks, faults);
  }
}

// Returns the possible picks of each field. Computed once, because there may be as many conditions as steps.
function picksOf(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const picks = new Map([...factPicks].map(([field, keys]) => [field, new Set(keys)]));
  for (const step of steps) {
    if (step.is !== 'ask') continue;
    const { id, kind, options } = step.question;
    const possible = picks.get(id) ?? new Set();
    picks.set(id, possible);
    for (const key of kind === 'confirm' ? ['yes', 'no'] : options.map(option => option.key))
      possible.add(key);
  }
  return picks;
}

// A misspelt pick (`kinds: misred`) would make a condition that never holds, and nobody would notice.
function checkPicks(
  when: Condition,
  line: number,
  picks: ReadonlyMap<string, ReadonlySet<string>>,
  faults: Fault[],
): void {
  for (const test of when.tests) {
    const known = picks.get(test.field);
    if (known === undefined || known.size === 0) continue;
    for (const key of [
      ...(test.is ?? []),
      ...(test.not ?? []),
      ...(test.only ?? []),
      ...(test.someOf?.picks ?? []),
    ]) {
      if (!known.has(key))
        faults.push({ line, key: 'templates.unknown-option', params: { field: test.field, key } });
    }
  }
  for (const inner of [...when.any, ...(when.all ?? []), ...(when.not === undefined ? [] : [when.not])])
    checkPicks(inner, line, picks, faults);
}

import type { Condition } from './condition.ts';
import { fieldsOf } from './condition.ts';
import type { Fault } from './located.ts';
import { unknown } from './shape.ts';
import type { Offer, Step } from './template.ts';

/** The modes there are. */
export const modes: readonly string[] = ['quick', 'full'];
/** What facts can be compared with. */
const factPicks: ReadonlyMap<string, readonly string[]> = new Map([['mode', modes], ['session_is', ['today', 'before']]]);

interface Fields {
  readonly steps: readonly Step[];
  /** All that stand in the file, with their lines. */
  readonly conditions: readonly { readonly when: Condition; readonly line: number }[];
  /** What can be asked about beside the questions. */
  readonly facts: readonly string[];
  readonly faults: Fault[];
}

/** Checks that every condition asks about a field that is filled, and about picks that it can have. */
export function checkFields({ steps, conditions, faults, facts }: Fields, offers: readonly Offer[]): void {
  const fields = [...facts, ...[...steps, ...offers].flatMap((step) => (step.is === 'ask' ? [step.question.id] : []))];
  for (const { when, line } of conditions) {
    for (const field of fieldsOf(when)) {
      if (!fields.includes(field)) faults.push(unknown(field, 'when', [...new Set(fields)], line));
    }
    checkPicks(when, line, steps, faults);
  }
}

// `kinds: misred` would never hold, and nobody would notice.
function checkPicks(when: Condition, line: number, steps: readonly Step[], faults: Fault[]): void {
  for (const test of when.tests) {
    const asked = steps.flatMap((step) => (step.is === 'ask' && step.question.id === test.field ? [step.question] : []));
    const known = [...factPicks.get(test.field) ?? [], ...asked.flatMap(({ kind, options }) => (kind === 'confirm' ? ['yes', 'no'] : options.map(({ key }) => key)))];
    if (known.length === 0) continue;
    for (const key of [...test.is ?? [], ...test.not ?? [], ...test.only ?? [], ...test.someOf?.picks ?? []]) {
      if (!known.includes(key)) faults.push({ line, key: 'templates.unknown-option', params: { field: test.field, key } });
    }
  }
  for (const inner of [...when.any, ...when.all ?? [], ...(when.not === undefined ? [] : [when.not])]) checkPicks(inner, line, steps, faults);
}

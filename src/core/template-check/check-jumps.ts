import type { Fault } from '../template/located.ts';
import { nearest } from '../text/nearest-words.ts';
import type { Step } from '../template/template.ts';

/** A jump to the step `key`. `after` is the index of the step it starts from; -1 allows any target. */
export interface StepJump {
  readonly key: string;
  readonly after: number;
  readonly line: number;
}

/** Adds a fault for each jump that does not lead to a later step. */
export function checkJumps({
  jumps,
  steps,
  faults,
}: {
  readonly jumps: readonly StepJump[];
  readonly steps: readonly Step[];
  readonly faults: Fault[];
}): void {
  // If several steps have the same key, a jump is checked against the first of them.
  const places = new Map<string, number>();
  let last = '';
  for (const [at, step] of steps.entries()) {
    if (step.is !== 'ask') continue;
    if (!places.has(step.key)) places.set(step.key, at);
    last = step.key;
  }
  const known = [...places.keys()];
  const suggestions = new Map<string, string>();
  for (const { key, after, line } of jumps) {
    const index = places.get(key.slice(key.indexOf('/') + 1));
    if (index === undefined) {
      const near = suggestions.get(key) ?? nearest(key, known) ?? last;
      suggestions.set(key, near);
      faults.push({ line, key: 'templates.jump-nowhere', params: { key, near } });
    } else if (index <= after) faults.push({ line, key: 'templates.jump-back', params: { key } });
  }
}

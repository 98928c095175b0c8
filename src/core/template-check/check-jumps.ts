import type { Fault } from '../template/located.ts';
import { nearest } from '../text/nearest-words.ts';
import type { Step } from '../template/template.ts';

/** A jump to a step, with the index of the step it starts from: its target has to stand after it. */
export interface StepJump {
  readonly key: string;
  readonly after: number;
  readonly line: number;
}

/** Checks that every jump leads to a step that comes later. */
export function checkJumps({
  jumps,
  steps,
  faults,
}: {
  readonly jumps: readonly StepJump[];
  readonly steps: readonly Step[];
  readonly faults: Fault[];
}): void {
  // Of two steps with the same key the first one is meant.
  const places = new Map<string, number>();
  let last = '';
  for (const [at, step] of steps.entries()) {
    if (step.is !== 'ask') continue;
    if (!places.has(step.key)) places.set(step.key, at);
    last = step.key;
  }
  const known = [...places.keys()];
  const nears = new Map<string, string>();
  for (const { key, after, line } of jumps) {
    const index = places.get(key.slice(key.indexOf('/') + 1));
    if (index === undefined) {
      const near = nears.get(key) ?? nearest(key, known) ?? last;
      nears.set(key, near);
      faults.push({ line, key: 'templates.jump-nowhere', params: { key, near } });
    } else if (index <= after) faults.push({ line, key: 'templates.jump-back', params: { key } });
  }
}

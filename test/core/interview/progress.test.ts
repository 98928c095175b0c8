import { describe, expect, it } from 'vitest';
import { mostQuestions } from '../../../src/core/interview/progress.ts';
import { nextStep } from '../../../src/core/interview/next-step.ts';
import { sequence } from '../support.ts';
import type { Run } from '../../../src/core/interview/run.ts';

const most = (steps: string, facts: Run['facts'] = {}): number => {
  const run: Run = { template: sequence(steps), facts, state: new Map(), minutes: 0, hidden: [] };
  const next = nextStep(run);
  return next.is === 'ask' ? mostQuestions(run, next) : 0;
};
const text = (id: string, more = ''): string =>
  `  - {ask: ${id}, kind: text, words: What?, heading: ${id}${more}}\n`;

describe('the number of questions', () => {
  it('is the maximum over the answers to the first question', () => {
    const choice =
      '  - {ask: sit, kind: select, words: How?, heading: Sit, options: [{key: fine, label: Fine}, {key: hard, label: Hard}]}\n';
    expect(most(choice + text('one') + text('two', ', when: {sit: hard}'))).toBe(3);
    expect(most(choice + text('one') + text('two', ', when: {sit: {not: hard}}'))).toBe(3);
  });
  it('is also the maximum for a scale, a confirm and several picks', () => {
    const size = '  - {ask: size, kind: scale, words: How big?, heading: Size}\n';
    expect(most(size + text('big', ', when: {size: {at_least: 7}}') + text('one'))).toBe(3);
    expect(most(size + text('small', ', when: {size: {at_most: 2}}'))).toBe(2);
    const yes = '  - {ask: ready, kind: confirm, words: Ready?, heading: Ready}\n';
    expect(most(yes + text('one', ', when: {ready: yes}') + text('two', ', when: {ready: yes}'))).toBe(3);
    const kinds =
      '  - {ask: kinds, kind: multi, words: Which?, heading: Kinds, options: [{key: a, label: A}, {key: b, label: B}]}\n';
    expect(most(kinds + text('one', ', when: {kinds: b}'))).toBe(2);
  });
  it('is that of the usual path if nothing depends on the answer', () => {
    expect(most(text('one') + text('two', ', when: {mode: full}'))).toBe(1);
    expect(most(text('one') + text('two', ', when: {mode: full}'), { mode: 'full' })).toBe(2);
  });
});

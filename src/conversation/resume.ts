import type { Answer } from '../core/answer.ts';
import type { AskStep, Template } from '../core/template.ts';
import type { State } from '../core/walk.ts';
import { elsewhere } from './composing.ts';
import type { Draft } from '../world.ts';

/**
 * Gives the state that a draft holds. An answer that its question can't have any more (the template changed meanwhile) is asked
 * anew. A text that was half typed is not an answer yet: `halfOf` gives it as the starting text of its question.
 */
export function resumeState(draft: Draft, template: Template): State {
  const state = new Map<string, Answer | null>();
  for (const [key, answer] of Object.entries(draft.answers)) {
    // Typed in another sequence, and taken back with it.
    if (key.includes(elsewhere) && typeof answer === 'string') state.set(key, answer);
    const step = stepOf(template, key);
    if (step !== undefined && (answer === null || fits(step, answer))) state.set(key, answer);
  }
  return state;
}

function stepOf(template: Template, key: string): AskStep | undefined {
  const plain = key.replace(/#\d+$/, '');
  return template.steps.find((step): step is AskStep => step.is === 'ask' && step.key === plain);
}

function fits({ question }: AskStep, answer: Answer): boolean {
  if (question.kind === 'multi') return Array.isArray(answer);
  if (question.kind === 'scale') return typeof answer === 'number' && answer >= 0 && answer <= 10;
  if (question.kind === 'confirm') return typeof answer === 'boolean';
  return typeof answer === 'string';
}

import type { Answers } from '../core/answer.ts';
import type { World } from '../world.ts';
import type { Going } from './continuing.ts';

/** What a follow-up asks about beyond the moment's own keys: how often it was said and not heard before. */
export function followUpFacts({ note }: Going): Answers {
  const { history } = note.head.keys;
  const lines: readonly unknown[] = Array.isArray(history) ? history : [];
  return { rounds_not_heard: lines.filter((line) => typeof line === 'string' && / not-addressed( |$)/.test(line)).length };
}

/** F1 in words: which moment is come back to. */
export async function momentWords({ templates }: World): Promise<string> {
  const step = (await templates.ours('follow-up')).steps.find((one) => one.is === 'ask' && one.question.id === 'moment');
  return step?.is === 'ask' ? step.question.words : '';
}

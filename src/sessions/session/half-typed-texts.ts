import { hasLetters, keyOf } from '../../core/notes/answer.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';

/** Marks the key of a text that was typed in another sequence and taken back with it. */
export const elsewhere = '/';

/**
 * Adds the texts that were begun and left by going back, by the keys of their questions, where those were not
 * asked again. A text is the answer where there is none; else it stands under a key of its own, and goes into
 * the note, or beside it, as it is.
 */
export function withBegun(
  template: Template,
  outcome: InterviewResult,
  begun: ReadonlyMap<string, string>,
): InterviewResult {
  const state = new Map(outcome.state);
  for (const [key, text] of begun) {
    const before = state.get(key) ?? undefined;
    const told = Array.isArray(before) ? before.join('\n') : String(before ?? '');
    const question = stepOf(template, key)?.question;
    const keys = question?.options.map(one => one.key) ?? [];
    // What is ticked stands there one a line, by its key.
    const isTick = (line: string): boolean => keys.includes(keyOf(line)) && !line.includes(': ');
    const isTyped = question?.kind === 'text' || !text.split('\n').every(isTick);
    if (!isTyped || !hasLetters(text) || told.includes(text.trim())) continue;
    const isAnswer = question?.kind === 'text' && before === undefined;
    state.set(isAnswer ? key : `${template.name}${elsewhere}${key}`, text);
  }
  return { ...outcome, state };
}

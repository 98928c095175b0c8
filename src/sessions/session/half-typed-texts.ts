import { hasLetters, keyOf } from '../../core/notes/answer.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';

/**
 * Separates a sequence from a key, in the key of a text that was typed in another sequence and taken back
 * with it.
 */
export const elsewhere = '/';

/**
 * Adds half-typed texts that the person left by going back and did not return to; `halfTyped` has them by the
 * keys of their questions. A text becomes the answer if its question has none; else it gets a key of its own
 * and is saved as it is, in the note or beside it.
 */
export function withHalfTypedTexts(
  template: Template,
  outcome: InterviewResult,
  halfTyped: ReadonlyMap<string, string>,
): InterviewResult {
  const state = new Map(outcome.state);
  for (const [key, text] of halfTyped) {
    const before = state.get(key) ?? undefined;
    const answerText = Array.isArray(before) ? before.join('\n') : String(before ?? '');
    const question = stepOf(template, key)?.question;
    const keys = question?.options.map(({ key: option }) => option) ?? [];
    // A list shows its ticked options one per line, by key.
    const isTickedOption = (line: string): boolean => keys.includes(keyOf(line)) && !line.includes(': ');
    const isTyped = question?.kind === 'text' || !text.split('\n').every(isTickedOption);
    if (!isTyped || !hasLetters(text) || answerText.includes(text.trim())) continue;
    const isAnswer = question?.kind === 'text' && before === undefined;
    state.set(isAnswer ? key : `${template.name}${elsewhere}${key}`, text);
  }
  return { ...outcome, state };
}

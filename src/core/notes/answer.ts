import type { FrontValue } from './reflection.ts';

/**
 * The answer to one question. By kind of question:
 * text → the text; select → an option's key; multi → option keys in the order in which they were picked;
 * scale → a whole number 0–10; confirm → true or false; day → YYYY-MM-DD.
 * The person's own words for "Something else" are the key, a colon and the words: `other: the fan was loud`.
 */
export type Answer = string | number | boolean | readonly string[];

/** Answers by question id (the field). Skipped questions have no entry. */
export type Answers = Readonly<Record<string, Answer>>;

/** Returns the option's key in a pick: `other: the fan was loud` → `other`. */
export function keyOf(pick: string): string {
  const colon = pick.indexOf(': ');
  return colon > 0 ? pick.slice(0, colon) : pick;
}

/** Returns the person's own words in a pick, if it has any. */
export function ownWords(pick: string): string | undefined {
  const colon = pick.indexOf(': ');
  return colon > 0 ? pick.slice(colon + 2) : undefined;
}

/** Returns the option keys of an answer: of a string, its key; of a list, one for each pick; else none. */
export function picks(answer: Answer | undefined): readonly string[] {
  if (typeof answer === 'string') return [keyOf(answer)];
  return Array.isArray(answer) ? answer.map((pick: string) => keyOf(pick)) : [];
}

/** Converts a front matter value to an answer; returns undefined if it can't be one. */
export function answerOf(value: FrontValue): Answer | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** Whether a text has a letter of any script or an emoji, not only numbers and punctuation. */
export function hasLetters(text: string): boolean {
  return /[\p{L}\p{So}]/u.test(text);
}

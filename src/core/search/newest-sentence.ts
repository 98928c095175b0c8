import { headingKey } from '../notes/heading.ts';
import type { Section } from '../notes/reflection.ts';

/**
 * Returns the newest sentence to say: the text of the last non-empty section under one of the headings. Dated
 * parts are appended, so the last one is the newest.
 */
export function sentenceOf(sections: readonly Section[], headings: readonly string[]): string | undefined {
  const keys = new Set(headings.map(headingKey));
  return sections
    .findLast(({ heading, text }) => text.trim() !== '' && keys.has(headingKey(heading)))
    ?.text.trim();
}

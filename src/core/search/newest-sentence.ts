import { headingKey } from '../notes/heading.ts';
import type { Section } from '../notes/reflection.ts';

/**
 * Finds the newest sentence to say: the last section under one of the headings that hold one. Dated parts are
 * appended, so the last is the newest.
 */
export function sentenceOf(sections: readonly Section[], headings: readonly string[]): string | undefined {
  const wanted = new Set(headings.map(headingKey));
  return sections
    .findLast(({ heading, text }) => text.trim() !== '' && wanted.has(headingKey(heading)))
    ?.text.trim();
}

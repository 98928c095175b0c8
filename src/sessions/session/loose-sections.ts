import { isLooseKey } from '../../core/interview/loose-words.ts';
import type { Section } from '../../core/notes/reflection.ts';
import type { WordsPort } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

/**
 * Returns words typed at lists that are no answers, as sections of a note. Skips words that a text in `all`
 * contains.
 */
export function looseSections({ words }: WordsPort, state: State, all: State = state): readonly Section[] {
  const isSaid = (text: string): boolean =>
    [...all].some(([key, answer]) => !isLooseKey(key) && typeof answer === 'string' && answer.includes(text));
  return [...state].flatMap(([key, text]): Section[] => {
    if (!isLooseKey(key) || typeof text !== 'string' || text.trim() === '' || isSaid(text)) return [];
    return [{ level: 2, heading: words('conversation.also_written'), text }];
  });
}

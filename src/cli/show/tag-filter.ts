import { bodyOf } from '../../core/notes/body.ts';
import { hasTag, tagsIn, tagsInText } from '../../core/notes/tags.ts';
import type { NoteSummary, Store, WordsPort, OutputPort, SettingsPort } from '../../world/world.ts';
import { readBody } from './read-body.ts';

/**
 * Returns the notes that have one of these tags (separated by commas) among their properties or in their
 * text.
 */
export async function withTag(
  world: WordsPort & OutputPort & SettingsPort,
  store: Pick<Store, 'read'>,
  moments: readonly NoteSummary[],
  wanted: string | undefined,
): Promise<readonly NoteSummary[]> {
  if (wanted === undefined) return moments;
  const tags = wanted
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '');
  const hasWanted = (found: readonly string[]): boolean => tags.some(tag => hasTag(found, tag));
  const matching: NoteSummary[] = [];
  for (const moment of moments) {
    if (hasWanted(tagsIn(moment.head.keys))) {
      matching.push(moment);
      continue;
    }
    const note = await readBody(world, store, moment.path);
    if (note !== undefined && hasWanted(tagsInText(bodyOf(note.text)))) matching.push(moment);
  }
  return matching;
}

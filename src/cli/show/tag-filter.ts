import { bodyOf } from '../../core/notes/body.ts';
import { hasTag, tagsIn, tagsInText } from '../../core/notes/tags.ts';
import type { NoteSummary, Store, World } from '../../world/world.ts';
import { readBody } from './read-body.ts';

/**
 * Gives the moments that have one of these tags (with commas between them) among their properties or in their
 * text.
 */
export async function withTag(
  world: World,
  store: Pick<Store, 'read'>,
  moments: readonly NoteSummary[],
  wanted: string | undefined,
): Promise<readonly NoteSummary[]> {
  if (wanted === undefined) return moments;
  const tags = wanted
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '');
  const isMeant = (found: readonly string[]): boolean => tags.some(tag => hasTag(found, tag));
  const meant: NoteSummary[] = [];
  for (const moment of moments) {
    if (isMeant(tagsIn(moment.head.keys))) {
      meant.push(moment);
      continue;
    }
    const note = await readBody(world, store, moment.path);
    if (note !== undefined && isMeant(tagsInText(bodyOf(note.text)))) meant.push(moment);
  }
  return meant;
}

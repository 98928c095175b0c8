import { detachSlice } from '../../core/text/detach-slice.ts';
import { sentenceOf } from '../../core/search/newest-sentence.ts';
import type { Store, WordsPort, OutputPort, SettingsPort, TemplatesPort } from '../../world/world.ts';
import { readBody } from './read-body.ts';

/**
 * Returns the newest sentence to say in each of the files, by path. Reads the whole files, so call it only
 * for notes that are shown.
 */
export async function sentencesOf(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: Pick<Store, 'read'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (paths.length === 0) return found;
  const headings = await sentenceHeadings(world);
  for (const path of paths) {
    const note = await readBody(world, store, path);
    const sentence = note && sentenceOf(note.sections, headings);
    if (sentence !== undefined) found.set(path, detachSlice(sentence));
  }
  return found;
}

async function sentenceHeadings(world: TemplatesPort): Promise<readonly string[]> {
  const sentences = ['one_line', 'opening_line'];
  return Object.entries(await world.templates.fields()).flatMap(([heading, id]) =>
    sentences.includes(id) ? [heading] : [],
  );
}

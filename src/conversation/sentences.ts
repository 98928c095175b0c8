import { sentenceOf } from '../core/sentence.ts';
import type { Shelved, Store, World } from '../world.ts';
import { readBody } from './read-body.ts';

/**
 * Finds the newest sentence to say in each of the files, by path. Reads them whole, so it is to be asked for what is shown only; those whose texts are among
 * `shelved` are not read again.
 */
export async function sentencesOf(world: World, store: Store, paths: readonly string[], shelved: readonly Shelved[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (paths.length === 0) return found;
  const headings = await sentenceHeadings(world);
  const known = new Map(shelved.flatMap(({ path, texts }) => (typeof texts === 'object' ? [[path, texts.sections]] : [])));
  for (const path of paths) {
    const sections = known.get(path) ?? (await readBody(world, store, path))?.sections;
    const sentence = sections && sentenceOf(sections, headings);
    if (sentence !== undefined) found.set(path, sentence);
  }
  return found;
}

async function sentenceHeadings(world: World): Promise<readonly string[]> {
  const sentences = ['one_line', 'opening_line'];
  return Object.entries(await world.templates.fields()).flatMap(([heading, id]) => (sentences.includes(id) ? [heading] : []));
}

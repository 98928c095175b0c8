import { findReadable } from './our-files.ts';
import { summarize } from '../core/summary.ts';
import type { SummaryItem } from '../core/summary.ts';
import { Exit, Problem } from '../errors.ts';
import type { Prompter, Shelf, Shelved, World } from '../world.ts';
import { choice } from './preview.ts';
import { momentOptions } from './sitting.ts';

/**
 * Gives the moment that a command goes on with: the one named; the only one there is; else the person chooses, the most urgent first. Undefined when
 * there is none, or none was chosen. Without a person it has to be named when there is more than one.
 */
export async function chooseMoment(world: World, shelf: Shelf, id: string | undefined, words: string, prompter: Prompter | undefined, only?: (item: SummaryItem) => boolean): Promise<Shelved | undefined> {
  if (id !== undefined) return findReadable(shelf, id);
  const all = summarize(shelf.moments, world.now().day, { includeResting: true }).items;
  const items = only === undefined ? all : all.filter(only);
  if (items.length <= 1 || prompter === undefined) {
    if (items.length > 1) throw new Problem('cli.which-moment', { near: items.map(({ head }) => `${head.id} (${head.session})`).join(', ') }, { exit: Exit.misused });
    return items[0];
  }
  const reply = await prompter.ask({ ...choice('moment', words, momentOptions(world, items)), skippable: true });
  return reply.is === 'answer' ? items.find(({ head }) => head.id === reply.answer) : undefined;
}

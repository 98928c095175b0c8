import { picks } from '../core/answer.ts';
import { summarize } from '../core/summary.ts';
import type { Prompter, Shelf, Shelved, Store, World } from '../world.ts';
import { askPerson } from './asking.ts';
import { hold, momentOptions } from './sitting.ts';

/** Asks which of the unresolved moments to bring, two at the most. None, when the person wants none today. */
export async function choosePicked(world: World, store: Store, prompter: Prompter, shelf: Shelf): Promise<readonly Shelved[]> {
  const { items } = summarize(shelf.moments, world.now().day);
  const { answers } = await hold({
    world, store, template: await world.templates.sequence('prep-choice'), id: '', session: world.now().day, mode: 'full', timed: false, startedMs: world.now().ms,
    ask: askPerson(world, prompter, { earlier: () => Promise.resolve(momentOptions(world, items)) }),
    say: prompter.say,
  }, new Map());
  const picked = picks(answers['picked']);
  return shelf.moments.filter(({ head }) => picked.includes(head.id));
}

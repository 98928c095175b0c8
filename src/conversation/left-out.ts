import type { Shelf, World } from '../world.ts';

/** Names, on standard error, the files that could not be read and those that carry an id twice. */
export function tellLeftOut(world: World, { unreadable, copies }: Shelf): void {
  const { words, talk } = world;
  for (const { path, line, key, params } of unreadable) {
    const why = words(`${key}.says`, { path, line: line ?? 1, ...params });
    talk.say(why);
  }
  for (const { path, of } of copies) talk.say(words('summary.copy', { path, of }));
}

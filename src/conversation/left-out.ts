import type { Shelf, World } from '../world.ts';

/** Names, on standard error, the files that could not be read and those that carry an id twice. */
export function tellLeftOut(world: World, { unreadable, copies }: Shelf): void {
  const { words, talk } = world;
  for (const { path, line, key, params } of unreadable) {
    const why = words(`${key}.says`, { path, line: line ?? 1, ...params });
    talk.say(why);
  }
  if (copies.length === 0) return;
  const folder = world.folder();
  for (const { path, of } of copies) talk.say(words('summary.copy', { path: toldIn(folder, path), of: toldIn(folder, of) }));
}

/** Names a file by its path within the folder; the whole path when it lies elsewhere. */
export function toldIn(folder: string, path: string): string {
  return path.startsWith(folder) ? path.slice(folder.length).replace(/^[/\\]+/, '').replaceAll('\\', '/') : path;
}

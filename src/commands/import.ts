import { parseExported } from '../core/exported.ts';
import { Exit, Problem } from '../errors.ts';
import { adoptAll } from '../conversation/adopting.ts';
import type { Arrival } from '../conversation/taking-in.ts';
import { openTally, takeIn } from '../conversation/taking-in.ts';
import type { World } from '../world.ts';

export interface ImportOptions {
  readonly dryRun?: boolean;
}

/** Takes in an export, a Markdown file or a folder of them; never overwrites. 1 when something could not be taken in. */
export async function importNotes(world: World, path: string, { dryRun = false }: ImportOptions): Promise<Exit> {
  const tally = openTally(world);
  const store = await world.openStore();
  const shelf = await store.shelf();
  const arrivals = await arrivalsAt(world, path, tally.refuse);
  if (!dryRun && arrivals.length > 0) store.prepare();
  try {
    await takeIn(world, store, shelf, arrivals, tally, dryRun);
  } finally {
    // Also when the disk is full in the middle: so many are there.
    tally.tell(dryRun);
  }
  return tally.refused() > 0 ? Exit.failed : Exit.done;
}

async function arrivalsAt(world: World, path: string, refuse: (line: string) => void): Promise<readonly Arrival[]> {
  const { words } = world;
  const incoming = path === '-' ? { is: 'text' as const, text: await world.readInput() } : await world.openIncoming(path);
  if (incoming.is === 'notes') {
    if (incoming.paths.length + incoming.unreadable.length === 0) throw new Problem('import.nothing', { path });
    return adoptAll(world, incoming, refuse);
  }
  const files = parseExported(incoming.text);
  if (files === undefined) throw new Problem('import.not_ours', { path: path === '-' ? words('answers.standard-input') : path });
  return files.flatMap((file, at): readonly Arrival[] => {
    if (file === undefined) refuse(words('import.no_entry', { n: at + 1 }));
    return file === undefined ? [] : [file];
  });
}

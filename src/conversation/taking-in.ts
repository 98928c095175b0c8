import type { DayFrom } from '../core/adopt.ts';
import { pathFault } from '../core/exported.ts';
import { placeKey } from '../core/file-name.ts';
import type { Shelf, Store, World } from '../world.ts';

/** A file as it would lie in the folder: relative path, exact text. */
export interface Arrival {
  readonly path: string;
  readonly text: string;
  /** The file that it was made of, and where its session day came from; absent for a file of ours. */
  readonly source?: string;
  readonly from?: DayFrom;
  /** There was nothing in it to keep. */
  readonly isEmpty?: boolean;
}

/** Counts what becomes of arrivals, and names those that are left out. */
export interface Tally {
  readonly add: (from: DayFrom | undefined) => void;
  readonly same: () => void;
  /** It is here already, in another form. */
  readonly skip: (line: string) => void;
  /** It can't be taken in. */
  readonly refuse: (line: string) => void;
  readonly note: (line: string) => void;
  readonly refused: () => number;
  readonly tell: (dryRun: boolean) => void;
}

/** Opens a tally that talks to standard error. */
export function openTally({ words, talk }: World): Tally {
  const counts = { added: 0, same: 0, skipped: 0, refused: 0 };
  const days: Record<DayFrom, number> = { front: 0, name: 0, modified: 0 };
  const lines = { added: 'import.added', same: 'import.same', skipped: 'import.skipped', refused: 'import.refused' } as const;
  return {
    add: (from) => {
      counts.added++;
      if (from !== undefined) days[from]++;
    },
    same: () => {
      counts.same++;
    },
    skip: (line) => {
      counts.skipped++;
      talk.say(line);
    },
    refuse: (line) => {
      counts.refused++;
      talk.say(line);
    },
    note: talk.say,
    refused: () => counts.refused,
    tell: (dryRun) => {
      talk.say(words(dryRun ? 'import.would_add' : lines.added, { n: counts.added }));
      for (const from of ['front', 'name', 'modified'] as const) if (days[from] > 0) talk.say(words(`import.day_${from}`, { n: days[from] }));
      for (const what of ['same', 'skipped', 'refused'] as const) if (counts[what] > 0) talk.say(words(lines[what], { n: counts[what] }));
    },
  };
}

const reasons = { outside: 'import.outside', own: 'import.own', odd: 'import.odd', 'not-markdown': 'import.not_markdown', 'too-large': 'import.too_large' } as const;

/** Adds what is not here yet; with `dryRun` it only looks. What is here already, as a file or by its id, stays as it is and is named. */
export async function takeIn(world: World, store: Store, shelf: Shelf, arrivals: readonly Arrival[], tally: Tally, dryRun: boolean): Promise<void> {
  const { words } = world;
  const here = new Map(shelf.moments.map(({ head, path }) => [head.id, path.slice(store.folder.length + 1).replaceAll('\\', '/')]));
  const come = new Map<string, string>();
  const planned = new Map<string, string>();
  const look = async (path: string, text: string): ReturnType<Store['compare']> => {
    const plan = planned.get(placeKey(path));
    if (plan !== undefined) return plan === text ? 'same' : 'taken';
    return store.compare(path, text);
  };
  const progress = await world.openProgress();
  /** Says a line of its own, not behind the one that is drawn over. */
  const on = (say: (line: string) => void) => (line: string): void => {
    progress.end();
    say(line);
  };
  const [skip, refuse, note] = [on(tally.skip), on(tally.refuse), on(tally.note)];
  for (const [at, arrival] of arrivals.entries()) {
    progress.show(() => words('import.progress', { done: at, of: arrivals.length }));
    const { path, text } = arrival;
    const shown = { path: (arrival.source ?? path).replace(/\s+/g, ' ').slice(0, 200) };
    if (arrival.isEmpty === true) {
      skip(words('import.empty', shown));
      continue;
    }
    const wrong = pathFault(path);
    const found = wrong ?? await look(path, text);
    if (found !== 'free' && found !== 'same' && found !== 'taken') {
      refuse(words(reasons[found], shown));
      continue;
    }
    const id = store.idOf(path, text);
    const of = here.get(id);
    if (found === 'same' || (of !== undefined && await store.compare(of, text) === 'same')) tally.same();
    else if (of !== undefined) skip(words('import.id_taken', { ...shown, id, of }));
    else if (found === 'taken') skip(words('import.taken', shown));
    else {
      const first = come.get(id);
      if (first !== undefined) note(words('import.twice', { ...shown, of: first }));
      const became = dryRun ? 'free' : await store.addFile(path, text);
      if (became === 'free') tally.add(arrival.from);
      else skip(words('import.taken', shown));
      come.set(id, first ?? path);
      planned.set(placeKey(path), text);
    }
  }
  progress.end();
}

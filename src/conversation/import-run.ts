import { pathFault } from '../core/exported.ts';
import { placeKey } from '../core/file-name.ts';
import type { Shelf, Store, World } from '../world.ts';
import type { Addition, Change, ImportPlan } from './import-plan.ts';
import type { LeftBehind, OwnFile } from './import-reading.ts';

/** An import while it goes on: what was done stands in it, also when the disk is full in the middle. */
export interface ImportProgress {
  readonly added: (OwnFile | Addition)[];
  readonly changed: Change[];
  readonly left: LeftBehind[];
  /** Sentences about what came in. */
  readonly remarks: string[];
  same: number;
}

export interface ImportNeeds {
  readonly store: Store;
  readonly shelf: Shelf;
  readonly own: readonly OwnFile[];
  readonly plan: ImportPlan;
  /** Takes the changes of the source. */
  readonly updates: boolean;
  /** Only looks. */
  readonly dryRun: boolean;
}

const reasons = {
  outside: 'outside', own: 'own', odd: 'odd', 'not-markdown': 'not_markdown', 'too-large': 'too_large',
} as const;

/** Begins an import, with what is known of it before anything is written. */
export function startImport({ same, left }: ImportPlan): ImportProgress {
  return { added: [], changed: [], left: [...left], remarks: [], same };
}

/**
 * Adds what is not here yet, and never overwrites. What is here already, as a file or by its id, stays as it
 * is and is named.
 */
export async function carryOutImport(world: World, needs: ImportNeeds, done: ImportProgress): Promise<void> {
  const { words } = world;
  const { store, own, plan, updates, dryRun } = needs;
  const progress = await world.openProgress();
  const add = openAdding(world, needs, done);
  const of = own.length + plan.additions.length + plan.changes.length;
  let at = 0;
  const show = (): void => {
    at += 1;
    progress.show(() => words('import.progress', { done: at, of }));
  };
  try {
    for (const file of [...own, ...plan.additions]) {
      show();
      await add(file);
    }
    for (const change of plan.changes) {
      show();
      if (!updates) done.left.push({ path: change.where, key: 'changed_there', params: { id: change.id } });
      else if (!dryRun) await store.rewrite(change.path, change.text, change.seen);
      if (updates) done.changed.push(change);
    }
    for (const { where, id } of plan.edited) {
      done.left.push({ path: where, key: 'changed_both', params: { id } });
    }
  } finally {
    progress.end();
  }
}

function openAdding(
  { words }: World, { store, shelf, dryRun }: ImportNeeds, done: ImportProgress,
): (file: OwnFile | Addition) => Promise<void> {
  const relative = (path: string): string => path.slice(store.folder.length + 1).replaceAll('\\', '/');
  const here = new Map(shelf.moments.map(({ head, path }) => [head.id, relative(path)]));
  const come = new Map<string, string>();
  const planned = new Map<string, string>();
  const look = async (path: string, text: string): ReturnType<Store['compare']> => {
    const plan = planned.get(placeKey(path));
    if (plan !== undefined) return plan === text ? 'same' : 'taken';
    return store.compare(path, text);
  };
  return async (file) => {
    const { path, text } = file;
    const shown = 'where' in file ? file.where : path;
    const found = pathFault(path) ?? await look(path, text);
    if (found !== 'free' && found !== 'same' && found !== 'taken') {
      done.left.push({ path: shown, key: reasons[found], isRefused: true });
      return;
    }
    const id = store.idOf(path, text);
    const of = here.get(id);
    if (found === 'same' || (of !== undefined && await store.compare(of, text) === 'same')) {
      done.same += 1;
    } else if (of !== undefined) {
      done.left.push({ path: shown, key: 'id_taken', params: { id, of } });
    } else if (found === 'taken' || (!dryRun && await store.addFile(path, text) !== 'free')) {
      done.left.push({ path: shown, key: 'taken' });
    } else {
      const first = come.get(id);
      if (first !== undefined) done.remarks.push(words('import.twice', { path: shown, of: first }));
      done.added.push(file);
      come.set(id, first ?? path);
      planned.set(placeKey(path), text);
    }
  };
}

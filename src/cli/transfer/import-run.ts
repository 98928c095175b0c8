import { pathFault } from '../../core/notes/export-file.ts';
import { placeKey } from '../../core/text/portable-file-name.ts';
import type { NoteIndex, Store, WordsPort, PromptsPort } from '../../world/world.ts';
import type { Addition, Change, ImportPlan } from './import-plan.ts';
import type { LeftOut, OwnFile } from './import-reading.ts';

/** The result of an import so far. It is also reported if the disk fills up halfway. */
export interface ImportProgress {
  readonly added: (OwnFile | Addition)[];
  readonly changed: Change[];
  readonly left: LeftOut[];
  /** Remarks about notes that were added. */
  readonly remarks: string[];
  same: number;
}

/** What to import into which notes, and how. */
export interface ImportNeeds {
  readonly store: Store;
  readonly index: NoteIndex;
  readonly own: readonly OwnFile[];
  readonly plan: ImportPlan;
  /** Whether to update notes that changed in their source. */
  readonly updates: boolean;
  /** Whether to write nothing. */
  readonly dryRun: boolean;
}

const reasons = {
  outside: 'outside',
  own: 'own',
  odd: 'odd',
  'not-markdown': 'not_markdown',
  'too-large': 'too_large',
} as const;

/** Starts a result with what is known before anything is written. */
export function startImport({ same, left }: ImportPlan): ImportProgress {
  return { added: [], changed: [], left: [...left], remarks: [], same };
}

/**
 * Adds new notes and, with `updates`, changes unedited ones. Never overwrites anything else; records what is
 * left out.
 */
export async function carryOutImport(
  world: WordsPort & PromptsPort,
  needs: ImportNeeds,
  done: ImportProgress,
): Promise<void> {
  const { words } = world;
  const { store, own, plan, updates, dryRun } = needs;
  const progress = await world.openProgress();
  const add = makeAdder(world, needs, done);
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

function makeAdder(
  { words }: WordsPort,
  { store, index, dryRun }: ImportNeeds,
  done: ImportProgress,
): (file: OwnFile | Addition) => Promise<void> {
  const relative = (path: string): string => path.slice(store.folder.length + 1).replaceAll('\\', '/');
  const existing = new Map(index.moments.map(({ head, path }) => [head.id, relative(path)]));
  const firstPaths = new Map<string, string>();
  const planned = new Map<string, string>();
  const compareWith = async (path: string, text: string): ReturnType<Store['compare']> => {
    const plan = planned.get(placeKey(path));
    if (plan !== undefined) return plan === text ? 'same' : 'taken';
    return store.compare(path, text);
  };
  return async file => {
    const { path, text } = file;
    const shown = 'where' in file ? file.where : path;
    const found = pathFault(path) ?? (await compareWith(path, text));
    if (found !== 'free' && found !== 'same' && found !== 'taken') {
      done.left.push({ path: shown, key: reasons[found], isRefused: true });
      return;
    }
    const id = store.idOf(path, text);
    const of = existing.get(id);
    if (found === 'same' || (of !== undefined && (await store.compare(of, text)) === 'same')) {
      done.same += 1;
    } else if (of !== undefined) {
      done.left.push({ path: shown, key: 'id_taken', params: { id, of } });
    } else if (found === 'taken' || (!dryRun && (await store.addFile(path, text)) !== 'free')) {
      done.left.push({ path: shown, key: 'taken' });
    } else {
      const first = firstPaths.get(id);
      if (first !== undefined) done.remarks.push(words('import.twice', { path: shown, of: first }));
      done.added.push(file);
      firstPaths.set(id, first ?? path);
      planned.set(placeKey(path), text);
    }
  };
}

import type { Undone } from '../../world/world.ts';
import { Exit, Problem } from '../../errors.ts';
import { findFront } from '../format/front-span.ts';
import { openNoteLocations } from './note-locations.ts';
import { relativePath, noteInside } from '../fs/relative-path.ts';
import type { Transaction, UndoLog, Operation, UndoDirection } from './undo-log.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { isThere, readIfThere, encryptedLimit, tryReadBytes } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import type { Data, Writer } from '../fs/write-file.ts';
import type { TrashFolder, TrashItem } from './trash.ts';

export interface UndoNeeds {
  readonly folder: string;
  readonly undoLog: UndoLog;
  readonly trash: TrashFolder;
  readonly writer: Writer;
}

type Plan = { readonly id: string; readonly path: string } & (
  | { readonly is: 'removed' }
  | { readonly is: 'changed'; readonly before: Data; readonly now: Data }
  | { readonly is: 'back'; readonly item: TrashItem }
);

type PlaceOf = ReturnType<typeof openNoteLocations>;

/** What is in the trash, by its file's name there, and by the id and path of the note that it was. */
interface Trashed {
  readonly byName: ReadonlyMap<string, TrashItem>;
  readonly byNote: ReadonlyMap<string, TrashItem>;
}

/**
 * Takes back what the newest entry says (or with `redo` does again what was taken back last), all of it or
 * nothing, and drops it; an entry whose files are all so already is passed over. Undefined when there is
 * none. What was written since is in the trash then. How to reverse it is on disk before anything is changed:
 * a run that is ended in the middle is finished by the same command. Throws a Problem (exit 5) when a file
 * was changed since. Wants the lock.
 */
export function undoLast(needs: UndoNeeds, way: UndoDirection = 'undo'): Undone | undefined {
  try {
    return applyLast(needs, way);
  } catch (error) {
    if (way === 'undo' || !(error instanceof Problem) || error.key !== 'storage.undo-changed') throw error;
    throw refusal(fault('storage.redo-changed', { path: error.params['path'] ?? '' }));
  }
}

function applyLast(needs: UndoNeeds, way: UndoDirection): Undone | undefined {
  const placeOf = openNoteLocations(needs.folder);
  for (const entry of needs.undoLog.entries(way)) {
    // What it holds can't be told, so nothing older is taken back in its place.
    if (entry.unread !== undefined) throw problemOf(entry.unread);
    const plans = plansFor(entry, needs, placeOf);
    if (plans.length > 0) {
      // What is done again is kept in the journal as it was before, as for the command that did it first.
      const files = plans.map(plan => ({
        is: plan.is,
        id: plan.id,
        path: plan.path,
        kept: way === 'undo' && losesWords(plan),
      }));
      applyReverse(plans, entry, { ...needs, keeps: way === 'undo' });
      needs.undoLog.drop(entry);
      return { command: entry.command, at: entry.at, files };
    }
    needs.undoLog.drop(entry);
  }
  return undefined;
}

/** What there is to do for each file, the last change first. */
function plansFor({ steps }: Transaction, { folder, trash }: UndoNeeds, placeOf: PlaceOf): readonly Plan[] {
  const files = new Map<string, Operation[]>();
  for (const step of steps) {
    const of = files.get(step.path);
    if (of === undefined) files.set(step.path, [step]);
    else of.push(step);
  }
  const trashed = trashedOf(steps.some(({ is }) => is === 'trashed') ? trash.list() : []);
  return [...files.values()].toReversed().flatMap(of => planFor(of, trashed, { folder, placeOf }) ?? []);
}

function trashedOf(items: readonly TrashItem[]): Trashed {
  const byNote = new Map<string, TrashItem>();
  // Of several the newest, which stands first. An earlier version is not the note that was deleted.
  for (const item of items.toReversed()) if (item.isVersion !== true) byNote.set(noteKey(item), item);
  return { byName: new Map(items.map(item => [item.name, item])), byNote };
}

function noteKey({ id, path }: { readonly id: string; readonly path: string }): string {
  return JSON.stringify([id, path]);
}

function planFor(
  steps: readonly Operation[],
  trashed: Trashed,
  { folder, placeOf }: { readonly folder: string; readonly placeOf: PlaceOf },
): Plan | undefined {
  const [first] = steps;
  const path = first && noteInside(folder, first.path);
  if (first === undefined || path === undefined) return undefined;
  const { id, path: shownPath } = first;
  if (first.is === 'trashed') {
    // One that was brought back and taken away again lies there under another name.
    const item = trashed.byName.get(first.trash) ?? trashed.byNote.get(noteKey(first));
    if (item === undefined) {
      if (isThere(path)) return undefined;
      throw refusal(fault('storage.undo-erased', { path: shownPath }));
    }
    if (isThere(path)) throw refusal(fault('storage.undo-changed', { path: shownPath }));
    return { is: 'back', id, path, item };
  }
  const there = readData(path);
  const isOurs = there !== undefined && ownMarks(steps).has(contentFingerprint(there));
  if (first.is === 'added') {
    if (isOurs) return { is: 'removed', id, path };
    if (there !== undefined) throw refusal(fault('storage.undo-changed', { path: shownPath }));
    const other = placeOf(id);
    if (other !== undefined)
      throw refusal(fault('storage.undo-moved', { path: shownPath, other: relativePath(folder, other) }));
    return undefined;
  }
  // The beginning of what that run did is not known any more.
  if (first.is === 'again') throw refusal(fault('storage.undo-changed', { path: shownPath }));
  if (there !== undefined && contentFingerprint(there) === contentFingerprint(first.before)) return undefined;
  if (there === undefined || !isOurs) throw refusal(fault('storage.undo-changed', { path: shownPath }));
  return { is: 'changed', id, path, before: first.before, now: there };
}

/**
 * The marks of all that this run wrote into a file; none when another wrote into it in between, whose words
 * would go with it.
 */
function ownMarks(steps: readonly Operation[]): ReadonlySet<string> {
  const marks = new Set<string>();
  for (const step of steps) {
    if (step.is === 'trashed') continue;
    if (step.is === 'changed') marks.add(contentFingerprint(step.before));
    if (step.is === 'again' && !marks.has(step.from)) return new Set();
    marks.add(step.after);
  }
  return marks;
}

interface CarryOutNeeds extends UndoNeeds {
  /** Whether words that go are kept in the trash. */
  readonly keeps: boolean;
}

function applyReverse(
  plans: readonly Plan[],
  entry: Transaction,
  { folder, undoLog, trash, writer, keeps }: CarryOutNeeds,
): void {
  const removed = plans.filter(({ is }) => is === 'removed');
  const announced = removed.length > 0 ? trash.announce(removed) : [];
  undoLog.recordReverse(entry, [
    ...announced.map(({ name, id, path }): Operation => ({ is: 'trashed', id, path, trash: name })),
    ...plans.flatMap(plan => reverseOf(plan, folder, trash)),
  ]);
  for (const plan of plans) {
    if (plan.is !== 'changed') continue;
    if (keeps && losesWords(plan)) trash.keep(plan, plan.now);
    if (!writer.replace(plan.path, plan.before, plan.now))
      throw refusal(fault('storage.undo-changed', { path: relativePath(folder, plan.path) }));
  }
  if (announced.length > 0) trash.take(announced);
  const [stayed] = trash.giveBack(plans.flatMap(plan => (plan.is === 'back' ? [plan.item] : [])));
  if (stayed !== undefined) throw refusal(fault('storage.undo-changed', { path: stayed.path }));
}

/**
 * The step that a command would note for the same; a note that goes to the trash is noted as it is announced.
 */
function reverseOf(plan: Plan, folder: string, trash: TrashFolder): readonly Operation[] {
  const { id } = plan;
  const path = relativePath(folder, plan.path);
  if (plan.is === 'changed')
    return [{ is: 'changed', id, path, before: plan.now, after: contentFingerprint(plan.before) }];
  if (plan.is === 'removed') return [];
  const there = readData(trash.pathOf(plan.item));
  return [{ is: 'added', id, path, after: there === undefined ? '' : contentFingerprint(there) }];
}

/** Marks can be set again; words can't. */
function losesWords(plan: Plan): boolean {
  if (plan.is !== 'changed') return false;
  // Sealed, it can't be told, and nobody is asked for it.
  if (typeof plan.now !== 'string' || typeof plan.before !== 'string') return true;
  return bodyOf(plan.now) !== bodyOf(plan.before);
}

function readData(path: string): Data | undefined {
  if (!isEncryptedName(path)) return readIfThere(path);
  const read = tryReadBytes(path, { limit: encryptedLimit });
  if (read.is === 'fault' && read.fault.key !== 'storage.read-missing') throw problemOf(read.fault);
  return read.is === 'bytes' ? read.bytes : undefined;
}

function bodyOf(text: string): string {
  const span = findFront(text);
  return typeof span === 'object' ? text.slice(span.body) : text;
}

function refusal(found: StorageFault): Error {
  return problemOf(found, { exit: Exit.changedElsewhere });
}

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

/** The items in the trash, by file name and by the id and path of the deleted note. */
interface Trashed {
  readonly byName: ReadonlyMap<string, TrashItem>;
  readonly byNote: ReadonlyMap<string, TrashItem>;
}

/**
 * Undoes the newest transaction (or with `redo` repeats the last one undone), entirely or not at all, and
 * drops it from the log. Skips transactions whose files are already as they would be afterwards; returns
 * undefined if none remains. Saves the text that an undo replaces in the trash. Records how to reverse the
 * change before changing anything, so that running the same command again finishes an interrupted run. Throws
 * a Problem (exit 5) if a file was changed since. Needs the lock.
 */
export function undoLast(needs: UndoNeeds, direction: UndoDirection = 'undo'): Undone | undefined {
  try {
    return applyLast(needs, direction);
  } catch (error) {
    if (direction === 'undo' || !(error instanceof Problem) || error.key !== 'storage.undo-changed')
      throw error;
    throw refusal(fault('storage.redo-changed', { path: error.params['path'] ?? '' }));
  }
}

function applyLast(needs: UndoNeeds, direction: UndoDirection): Undone | undefined {
  const placeOf = openNoteLocations(needs.folder);
  for (const transaction of needs.undoLog.transactions(direction)) {
    // Its operations are unknown, so never undo an older transaction instead.
    if (transaction.unread !== undefined) throw problemOf(transaction.unread);
    const plans = plansFor(transaction, needs, placeOf);
    if (plans.length > 0) {
      // A redo saves nothing in the trash: the undo log has the previous text, as after the original command.
      const files = plans.map(plan => ({
        is: plan.is,
        id: plan.id,
        path: plan.path,
        kept: direction === 'undo' && losesWords(plan),
      }));
      applyReverse(plans, transaction, { ...needs, savesVersions: direction === 'undo' });
      needs.undoLog.drop(transaction);
      return { command: transaction.command, at: transaction.at, files };
    }
    needs.undoLog.drop(transaction);
  }
  return undefined;
}

/** Returns what to do with each file, the last changed file first. */
function plansFor(
  { operations }: Transaction,
  { folder, trash }: UndoNeeds,
  placeOf: PlaceOf,
): readonly Plan[] {
  const files = new Map<string, Operation[]>();
  for (const operation of operations) {
    const sameFile = files.get(operation.path);
    if (sameFile === undefined) files.set(operation.path, [operation]);
    else sameFile.push(operation);
  }
  const trashed = trashedOf(operations.some(({ is }) => is === 'trashed') ? trash.list() : []);
  return [...files.values()]
    .toReversed()
    .flatMap(ofFile => planFor(ofFile, trashed, { folder, placeOf }) ?? []);
}

function trashedOf(items: readonly TrashItem[]): Trashed {
  const byNote = new Map<string, TrashItem>();
  // The newest item, listed first, wins. An earlier version is not the deleted note.
  for (const item of items.toReversed()) if (item.isVersion !== true) byNote.set(noteKey(item), item);
  return { byName: new Map(items.map(item => [item.name, item])), byNote };
}

function noteKey({ id, path }: { readonly id: string; readonly path: string }): string {
  return JSON.stringify([id, path]);
}

function planFor(
  operations: readonly Operation[],
  trashed: Trashed,
  { folder, placeOf }: { readonly folder: string; readonly placeOf: PlaceOf },
): Plan | undefined {
  const [first] = operations;
  const path = first && noteInside(folder, first.path);
  if (first === undefined || path === undefined) return undefined;
  const { id, path: shownPath } = first;
  if (first.is === 'trashed') {
    // A note that was restored and deleted again has another name in the trash.
    const item = trashed.byName.get(first.trash) ?? trashed.byNote.get(noteKey(first));
    if (item === undefined) {
      if (isThere(path)) return undefined;
      throw refusal(fault('storage.undo-erased', { path: shownPath }));
    }
    if (isThere(path)) throw refusal(fault('storage.undo-changed', { path: shownPath }));
    return { is: 'back', id, path, item };
  }
  const current = readData(path);
  const isOwnContent = current !== undefined && ownFingerprints(operations).has(contentFingerprint(current));
  if (first.is === 'added') {
    if (isOwnContent) return { is: 'removed', id, path };
    if (current !== undefined) throw refusal(fault('storage.undo-changed', { path: shownPath }));
    const movedTo = placeOf(id);
    if (movedTo !== undefined)
      throw refusal(fault('storage.undo-moved', { path: shownPath, other: relativePath(folder, movedTo) }));
    return undefined;
  }
  // The log has lost the first change of that run, and with it the original text.
  if (first.is === 'again') throw refusal(fault('storage.undo-changed', { path: shownPath }));
  if (current !== undefined && contentFingerprint(current) === contentFingerprint(first.before))
    return undefined;
  if (current === undefined || !isOwnContent)
    throw refusal(fault('storage.undo-changed', { path: shownPath }));
  return { is: 'changed', id, path, before: first.before, now: current };
}

/**
 * Returns the fingerprints of every content that this run read or wrote at a file. Empty if another program
 * changed the file in between: undoing would discard that change.
 */
function ownFingerprints(operations: readonly Operation[]): ReadonlySet<string> {
  const fingerprints = new Set<string>();
  for (const operation of operations) {
    if (operation.is === 'trashed') continue;
    if (operation.is === 'changed') fingerprints.add(contentFingerprint(operation.before));
    if (operation.is === 'again' && !fingerprints.has(operation.from)) return new Set();
    fingerprints.add(operation.after);
  }
  return fingerprints;
}

interface ReverseNeeds extends UndoNeeds {
  /** Whether to save replaced texts in the trash. */
  readonly savesVersions: boolean;
}

function applyReverse(
  plans: readonly Plan[],
  transaction: Transaction,
  { folder, undoLog, trash, writer, savesVersions }: ReverseNeeds,
): void {
  const removed = plans.filter(({ is }) => is === 'removed');
  const recorded = removed.length > 0 ? trash.record(removed) : [];
  undoLog.recordReverse(transaction, [
    ...recorded.map(({ name, id, path }): Operation => ({ is: 'trashed', id, path, trash: name })),
    ...plans.flatMap(plan => reverseOf(plan, folder, trash)),
  ]);
  for (const plan of plans) {
    if (plan.is !== 'changed') continue;
    if (savesVersions && losesWords(plan)) trash.saveVersion(plan, plan.now);
    if (!writer.replace(plan.path, plan.before, plan.now))
      throw refusal(fault('storage.undo-changed', { path: relativePath(folder, plan.path) }));
  }
  if (recorded.length > 0) trash.moveToTrash(recorded);
  const [stayed] = trash.restore(plans.flatMap(plan => (plan.is === 'back' ? [plan.item] : [])));
  if (stayed !== undefined) throw refusal(fault('storage.undo-changed', { path: stayed.path }));
}

/**
 * Returns the operation that reverses a plan. Empty for a removed note: the caller records it with its name
 * in the trash.
 */
function reverseOf(plan: Plan, folder: string, trash: TrashFolder): readonly Operation[] {
  const { id } = plan;
  const path = relativePath(folder, plan.path);
  if (plan.is === 'changed')
    return [{ is: 'changed', id, path, before: plan.now, after: contentFingerprint(plan.before) }];
  if (plan.is === 'removed') return [];
  const data = readData(trash.pathOf(plan.item));
  return [{ is: 'added', id, path, after: data === undefined ? '' : contentFingerprint(data) }];
}

/** Whether a plan discards words from a note's body. Front matter can be set again; words can't. */
function losesWords(plan: Plan): boolean {
  if (plan.is !== 'changed') return false;
  // Comparing encrypted texts would need the passphrase; assume that words are lost.
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

import { join } from 'node:path';
import { isRecord } from '../format/is-record.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { namesInOwnFolder } from '../folder/own-folders.ts';
import { fault, mayHoldAnything, type StorageFault } from '../fs/problems.ts';
import { removeIgnoringErrors } from '../fs/ignore-errors.ts';
import { isThere, tryReadLines } from '../fs/read-file.ts';
import type { Data, Writer } from '../fs/write-file.ts';

/**
 * What a command is about to do to one file. `path` is relative to the folder of the notes; `after` is the
 * fingerprint of the new content.
 */
export type Operation =
  /** Creates the file. */
  | { readonly is: 'added'; readonly id: string; readonly path: string; readonly after: string }
  /** Replaces the content `before`. */
  | {
      readonly is: 'changed';
      readonly id: string;
      readonly path: string;
      readonly before: Data;
      readonly after: string;
    }
  /** Changes the file once more in the same run; `from` is the fingerprint of the previous content. */
  | {
      readonly is: 'again';
      readonly id: string;
      readonly path: string;
      readonly from: string;
      readonly after: string;
    }
  /** Moves the file to the trash under the name `trash`. */
  | { readonly is: 'trashed'; readonly id: string; readonly path: string; readonly trash: string };

/** The operations of one run of a command, in order. */
export interface Transaction {
  /** The absolute path of its file in the log. */
  readonly path: string;
  readonly command: string;
  /** The instant of the first operation. */
  readonly at: string;
  readonly operations: readonly Operation[];
  /** Why the file could not be read; `operations` is empty then. */
  readonly unread?: StorageFault;
}

export interface UndoLogNeeds {
  /** `.rupture/undo`; created with the first operation. */
  readonly folder: string;
  readonly pid: number;
  /** The name of the running command. */
  readonly command: string;
  /** Returns the current instant. */
  readonly now: () => string;
  readonly writer: Writer;
}

/** Which transactions to take from the log: those that a command did, or those that `undo` reversed. */
export type UndoDirection = 'undo' | 'redo';

/**
 * The log of what commands did, for undo, and of what was undone, for redo. Each run of a command has one
 * file, with one line for each operation.
 */
export interface UndoLog {
  /**
   * Records operations that are about to be done; they are on disk when it returns. An operation that was
   * recorded but never done does no harm, since undo checks the file first. The first call with operations
   * discards everything that could be redone.
   */
  readonly record: (operations: readonly Operation[]) => void;
  readonly isEmpty: (direction: UndoDirection) => boolean;
  /** Yields transactions in the order in which to undo or redo them. Reads each file only when needed. */
  readonly transactions: (direction: UndoDirection) => Iterable<Transaction>;
  /**
   * Records how to reverse the undo (or redo) of a transaction that is about to happen; on disk when it
   * returns. Operations that an interrupted run recorded for the same transaction remain, except for the
   * files that `operations` name.
   */
  readonly recordReverse: (transaction: Transaction, operations: readonly Operation[]) => void;
  readonly drop: (transaction: Transaction) => void;
  /** Removes the matching operations, with the texts they contain, from all transactions. */
  readonly forget: (matches: (operation: Operation) => boolean) => void;
}

/** The number of runs that can be undone. */
export const maxRuns = 20;
/**
 * The largest file of the log that is read, in bytes. A run that deletes or imports 200,000 notes writes
 * about 40 MB; the operations of a file over the limit might not fit into memory.
 */
export const largestFile = 128 * 1024 * 1024;
/**
 * The most characters that the lines with earlier texts may have in one file. A run changes a few notes of at
 * most 2 MB each; a file with more was not written by this program.
 */
const mostEarlierText = 16 * 1024 * 1024;

/** Opens the undo log of a folder. Reads and creates nothing until a method is called. */
export function openUndoLog({ folder, pid, command, now, writer }: UndoLogNeeds): UndoLog {
  let own: string | undefined;
  const changedPaths = new Set<string>();
  const pathOf = (name: string): string => join(folder, name);

  const begin = (): string => {
    const names = namesIn(folder);
    const last = Number.parseInt(names.at(-1) ?? '0', 10);
    // Ignore errors, and do not sync: a file that reappears after a power cut is removed by the next run.
    for (const name of names.slice(0, Math.max(0, names.length - maxRuns + 1)))
      removeIgnoringErrors(pathOf(name));
    return pathOf(`${String(last + 1).padStart(6, '0')}-${pid}.jsonl`);
  };

  return {
    record: operations => {
      const isFirst = own === undefined && operations.length > 0;
      own ??= begin();
      // Record the original text only with the first change of a file in this run.
      const lines = operations.map((operation): Operation =>
        operation.is === 'changed' && changedPaths.has(operation.path)
          ? {
              is: 'again',
              id: operation.id,
              path: operation.path,
              from: contentFingerprint(operation.before),
              after: operation.after,
            }
          : operation,
      );
      writer.append(own, lines.map(operation => lineOf(operation, now(), command)).join(''));
      for (const { path } of operations) changedPaths.add(path);
      if (isFirst) for (const name of namesIn(folder, 'redo')) writer.remove(pathOf(name));
    },
    isEmpty: direction => namesIn(folder, direction).length === 0,
    transactions: function* transactions(direction) {
      const names = namesIn(folder, direction);
      // Undo goes back in time, so the last transaction undone has the lowest number.
      for (const name of direction === 'undo' ? names.toReversed() : names)
        yield readTransaction(pathOf(name));
    },
    recordReverse: ({ path, at, command: by }, operations) => {
      const reverse = reversePath(path);
      const paths = new Set(operations.map(operation => operation.path));
      const before = isThere(reverse)
        ? readTransaction(reverse).operations.filter(operation => !paths.has(operation.path))
        : [];
      writer.put(reverse, [...before, ...operations].map(operation => lineOf(operation, at, by)).join(''));
    },
    drop: ({ path }) => {
      writer.remove(path);
    },
    forget: matches => {
      for (const name of [...namesIn(folder), ...namesIn(folder, 'redo')]) {
        const { path, operations, command: by, at } = readTransaction(pathOf(name));
        const remaining = operations.filter(operation => !matches(operation));
        if (remaining.length === 0) writer.remove(path);
        else if (remaining.length < operations.length)
          writer.put(path, remaining.map(operation => lineOf(operation, at, by)).join(''));
      }
    },
  };
}

function lineOf(operation: Operation, at: string, command: string): string {
  // Keep encrypted content byte for byte, so that undo needs no passphrase.
  const fields =
    operation.is === 'changed' && typeof operation.before !== 'string'
      ? { ...operation, before: undefined, sealed: Buffer.from(operation.before).toString('base64') }
      : operation;
  return `${JSON.stringify({ undo: 1, at, command, ...fields })}\n`;
}

const nameOf: Readonly<Record<UndoDirection, RegExp>> = {
  undo: /^\d{6,}-\d+\.jsonl$/,
  redo: /^\d{6,}-\d+\.redo\.jsonl$/,
};

function namesIn(folder: string, direction: UndoDirection = 'undo'): string[] {
  return namesInOwnFolder(folder).filter(name => nameOf[direction].test(name));
}

/** Returns the path of the reverse transaction: `000007-123.redo.jsonl` for `000007-123.jsonl`, and back. */
function reversePath(path: string): string {
  return path.endsWith('.redo.jsonl')
    ? path.replace(/\.redo\.jsonl$/, '.jsonl')
    : path.replace(/\.jsonl$/, '.redo.jsonl');
}

function readTransaction(path: string): Transaction {
  let first: { readonly at: string; readonly command: string } | undefined;
  const operations: Operation[] = [];
  let earlier = 0;
  const found = tryReadLines(path, largestFile, line => {
    // Ignore a truncated line: its run was interrupted before it made the change.
    const read = parseLine(line);
    if (read === undefined) return;
    first ??= read;
    if (read.operation.is === 'changed') earlier += line.length;
    if (earlier <= mostEarlierText) operations.push(read.operation);
  });
  if (found === undefined && earlier <= mostEarlierText) {
    return { path, command: first?.command ?? '', at: first?.at ?? '', operations };
  }
  const unread = found === undefined ? fault('storage.undo-too-large', { path }) : unreadFault(path, found);
  return { path, command: '', at: '', operations: [], ...(unread === undefined ? {} : { unread }) };
}

/**
 * Returns why nothing older may be undone before this transaction, or undefined if its file can't contain any
 * operations, for example because it is not text.
 */
function unreadFault(path: string, found: StorageFault): StorageFault | undefined {
  if (found.key === 'storage.read-too-large') return fault('storage.undo-too-large', { path });
  return mayHoldAnything(found) ? found : undefined;
}

function parseLine(
  line: string,
): { readonly at: string; readonly command: string; readonly operation: Operation } | undefined {
  if (line === '') return undefined;
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(read) || read['undo'] !== 1) return undefined;
  const { at, command, is, id, path, before, sealed: encrypted, from, after, trash } = read;
  if (
    typeof at !== 'string' ||
    typeof command !== 'string' ||
    typeof id !== 'string' ||
    typeof path !== 'string'
  )
    return undefined;
  if (is === 'added' && typeof after === 'string') return { at, command, operation: { is, id, path, after } };
  if (is === 'again' && typeof from === 'string' && typeof after === 'string')
    return { at, command, operation: { is, id, path, from, after } };
  if (is === 'changed' && typeof before === 'string' && typeof after === 'string')
    return { at, command, operation: { is, id, path, before, after } };
  if (is === 'changed' && typeof encrypted === 'string' && typeof after === 'string')
    return { at, command, operation: { is, id, path, before: Buffer.from(encrypted, 'base64'), after } };
  if (is === 'trashed' && typeof trash === 'string')
    return { at, command, operation: { is, id, path, trash } };
  return undefined;
}

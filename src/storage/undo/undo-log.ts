import { join } from 'node:path';
import { isRecord } from '../format/is-record.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { namesInOwnFolder } from '../folder/own-folders.ts';
import { fault, mayHoldAnything, type StorageFault } from '../fs/problems.ts';
import { removeIgnoringErrors } from '../fs/ignore-errors.ts';
import { isThere, tryReadLines } from '../fs/read-file.ts';
import type { Data, Writer } from '../fs/write-file.ts';

/** What a command is about to do to one file. `path` is relative to the folder of the notes. */
export type Operation =
  /** The file comes: it was not there. `after` is the mark of its text. */
  | { readonly is: 'added'; readonly id: string; readonly path: string; readonly after: string }
  | {
      readonly is: 'changed';
      readonly id: string;
      readonly path: string;
      readonly before: Data;
      readonly after: string;
    }
  /** It changes once more in the same run; `from` is the mark of what it read before. */
  | {
      readonly is: 'again';
      readonly id: string;
      readonly path: string;
      readonly from: string;
      readonly after: string;
    }
  /** The file goes to the trash under this name. */
  | { readonly is: 'trashed'; readonly id: string; readonly path: string; readonly trash: string };

/** What one run of a command has done, in order. */
export interface Transaction {
  /** Its file. */
  readonly path: string;
  readonly command: string;
  /** An instant; that of its first step. */
  readonly at: string;
  readonly steps: readonly Operation[];
  /** Why its file could not be read; then there are no steps. */
  readonly unread?: StorageFault;
}

export interface UndoLogNeeds {
  /** `.rupture/undo`; made with the first step. */
  readonly folder: string;
  readonly pid: number;
  /** The command that runs. */
  readonly command: string;
  /** As an instant. */
  readonly now: () => string;
  readonly writer: Writer;
}

/** What is taken from the journal: what a command did, or what `undo` took back of it. */
export type UndoDirection = 'undo' | 'redo';

/**
 * What commands have done, so that it can be taken back, and what was taken back, so that it can be done
 * again: one file a run of a command, one line a step.
 */
export interface UndoLog {
  /**
   * Notes what is about to be done; on disk when it returns. A step that was noted and then not done does no
   * harm: whoever takes it back looks at the file first. What was taken back before can't be done again from
   * then on.
   */
  readonly record: (steps: readonly Operation[]) => void;
  readonly isEmpty: (way: UndoDirection) => boolean;
  /** In the order in which they are to be taken back or done again, each read when it is asked for. */
  readonly entries: (way: UndoDirection) => Iterable<Transaction>;
  /**
   * Notes how to reverse what is about to be done with an entry: of one that is taken back, how to do it
   * again, and the other way round. On disk when it returns. What a run that was ended in the middle noted
   * for the same entry stays, but for the files of these steps.
   */
  readonly recordReverse: (entry: Transaction, steps: readonly Operation[]) => void;
  readonly drop: (entry: Transaction) => void;
  /** Takes steps out of all entries, their texts with them. */
  readonly forget: (isMeant: (step: Operation) => boolean) => void;
}

/** So many runs can be taken back. */
export const kept = 20;
/**
 * In bytes. A run that deletes or imports 200,000 notes writes about 40 MB; the steps of a larger file
 * might not fit into memory.
 */
export const longest = 128 * 1024 * 1024;
/**
 * In characters: of the lines that carry a note's earlier text. One run changes a few notes of at most 2
 * MB; more came from elsewhere.
 */
const mostEarlierText = 16 * 1024 * 1024;

/** Opens the journal of a folder. Nothing is made or read before it is used. */
export function openUndoLog({ folder, pid, command, now, writer }: UndoLogNeeds): UndoLog {
  let own: string | undefined;
  const known = new Set<string>();
  const pathOf = (name: string): string => join(folder, name);

  const begin = (): string => {
    const names = namesIn(folder);
    const last = Number.parseInt(names.at(-1) ?? '0', 10);
    // What a lost power brings back is removed the next time.
    for (const name of names.slice(0, Math.max(0, names.length - kept + 1)))
      removeIgnoringErrors(pathOf(name));
    return pathOf(`${String(last + 1).padStart(6, '0')}-${pid}.jsonl`);
  };

  return {
    record: steps => {
      const isFirst = own === undefined && steps.length > 0;
      own ??= begin();
      // What was there before its own first change is known already.
      const lines = steps.map((step): Operation =>
        step.is === 'changed' && known.has(step.path)
          ? {
              is: 'again',
              id: step.id,
              path: step.path,
              from: contentFingerprint(step.before),
              after: step.after,
            }
          : step,
      );
      writer.append(own, lines.map(step => lineOf(step, now(), command)).join(''));
      for (const { path } of steps) known.add(path);
      if (isFirst) for (const name of namesIn(folder, 'redo')) writer.remove(pathOf(name));
    },
    isEmpty: way => namesIn(folder, way).length === 0,
    entries: function* entries(way) {
      const names = namesIn(folder, way);
      // What was taken back last is the oldest of all that was.
      for (const name of way === 'undo' ? names.toReversed() : names) yield readEntry(pathOf(name));
    },
    recordReverse: ({ path, at, command: by }, steps) => {
      const other = reversePath(path);
      const paths = new Set(steps.map(step => step.path));
      const before = isThere(other) ? readEntry(other).steps.filter(step => !paths.has(step.path)) : [];
      writer.put(other, [...before, ...steps].map(step => lineOf(step, at, by)).join(''));
    },
    drop: ({ path }) => {
      writer.remove(path);
    },
    forget: isMeant => {
      for (const name of [...namesIn(folder), ...namesIn(folder, 'redo')]) {
        const { path, steps, command: by, at } = readEntry(pathOf(name));
        const left = steps.filter(step => !isMeant(step));
        if (left.length === 0) writer.remove(path);
        else if (left.length < steps.length)
          writer.put(path, left.map(step => lineOf(step, at, by)).join(''));
      }
    },
  };
}

function lineOf(step: Operation, at: string, command: string): string {
  // What was sealed stays as it was, byte for byte: nothing has to be opened to be put back.
  const said =
    step.is === 'changed' && typeof step.before !== 'string'
      ? { ...step, before: undefined, sealed: Buffer.from(step.before).toString('base64') }
      : step;
  return `${JSON.stringify({ undo: 1, at, command, ...said })}\n`;
}

const nameOf: Readonly<Record<UndoDirection, RegExp>> = {
  undo: /^\d{6,}-\d+\.jsonl$/,
  redo: /^\d{6,}-\d+\.redo\.jsonl$/,
};

function namesIn(folder: string, way: UndoDirection = 'undo'): string[] {
  return namesInOwnFolder(folder).filter(name => nameOf[way].test(name));
}

/**
 * The file that says how to reverse what is done with an entry: `000007-123.jsonl` and
 * `000007-123.redo.jsonl`.
 */
function reversePath(path: string): string {
  return path.endsWith('.redo.jsonl')
    ? path.replace(/\.redo\.jsonl$/, '.jsonl')
    : path.replace(/\.jsonl$/, '.redo.jsonl');
}

function readEntry(path: string): Transaction {
  let first: { readonly at: string; readonly command: string } | undefined;
  const steps: Operation[] = [];
  let earlier = 0;
  const found = tryReadLines(path, longest, line => {
    // A line that is cut off belongs to a run that ended before it made the change.
    const read = parseLine(line);
    if (read === undefined) return;
    first ??= read;
    if (read.step.is === 'changed') earlier += line.length;
    if (earlier <= mostEarlierText) steps.push(read.step);
  });
  if (found === undefined && earlier <= mostEarlierText) {
    return { path, command: first?.command ?? '', at: first?.at ?? '', steps };
  }
  const unread = found === undefined ? fault('storage.undo-too-large', { path }) : unreadFault(path, found);
  return { path, command: '', at: '', steps: [], ...(unread === undefined ? {} : { unread }) };
}

/**
 * Why nothing older may be undone before this entry; undefined where the entry can hold no steps, as when
 * it is no text.
 */
function unreadFault(path: string, found: StorageFault): StorageFault | undefined {
  if (found.key === 'storage.read-too-large') return fault('storage.undo-too-large', { path });
  return mayHoldAnything(found) ? found : undefined;
}

function parseLine(
  line: string,
): { readonly at: string; readonly command: string; readonly step: Operation } | undefined {
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
  if (is === 'added' && typeof after === 'string') return { at, command, step: { is, id, path, after } };
  if (is === 'again' && typeof from === 'string' && typeof after === 'string')
    return { at, command, step: { is, id, path, from, after } };
  if (is === 'changed' && typeof before === 'string' && typeof after === 'string')
    return { at, command, step: { is, id, path, before, after } };
  if (is === 'changed' && typeof encrypted === 'string' && typeof after === 'string')
    return { at, command, step: { is, id, path, before: Buffer.from(encrypted, 'base64'), after } };
  if (is === 'trashed' && typeof trash === 'string') return { at, command, step: { is, id, path, trash } };
  return undefined;
}

import { statSync } from 'node:fs';
import { tryReadWhole } from './read-file.ts';

export interface LockNeeds {
  /** The folder of the lock file, such as `.rupture`; must exist. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** The current time in milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
  /** Whether a process on this machine is still running. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
  /** Waits for `ms` milliseconds. Defaults to a timer; tests pass their own. */
  readonly pause?: (ms: number) => void | Promise<void>;
}

/** Returns for how many milliseconds of waiting this run has seen `text` in the file at `path`. */
export type Watch = (path: string, text: string) => number;

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: number;
}

/** The age in milliseconds at which a lock from another machine is stale. */
const staleAfterElsewhere = 30_000;
/**
 * The same for a lock of this machine whose process is alive. Locks are held for milliseconds, so a live PID
 * with a lock this old has been reused.
 */
const staleAfterHere = 600_000;
/** The same for a lock that names no holder. */
export const staleAfterUnreadable = 5000;
/**
 * Clocks differ between machines. A start time that is more than this many milliseconds in the future says
 * nothing about a lock's age.
 */
const maxClockSkew = 5 * 60_000;
/** A lock whose age is unknown is stale once a run has seen it unchanged for this many milliseconds. */
const staleAfterUnchanged = 10_000;
/** The texts of locks that this process released; removing the file may fail, as on a read-only disk. */
export const released = new Set<string>();

/** Whether the lock at `path` with this text has lost its holder. */
export function isStale(path: string, text: string | undefined, needs: LockNeeds, watch: Watch): boolean {
  if (text === undefined) return false;
  if (released.has(text)) return true;
  const unchanged = watch(path, text);
  const holder = parseHolder(text);
  const isHere = holder?.host === needs.host();
  if (holder !== undefined && isHere && holder.pid !== needs.pid && !needs.isAlive(holder.pid)) return true;
  const age = ageOf(path, holder?.start, needs.now());
  if (age === undefined) return unchanged >= staleAfterUnchanged;
  // A lock file is empty for a moment between its creation and the write of its text.
  if (holder === undefined) return age > staleAfterUnreadable;
  return age > (isHere && holder.pid !== needs.pid ? staleAfterHere : staleAfterElsewhere);
}

/**
 * Returns a lock's age in milliseconds: by the start time in its text, or by the file's modification time if
 * the start time is in the future (another machine's clock differs, or this machine's clock was set back).
 * Returns undefined if both times are in the future.
 */
function ageOf(path: string, start: number | undefined, now: number): number | undefined {
  const isPlausible = (time: number): boolean => time <= now + maxClockSkew;
  if (start !== undefined && isPlausible(start)) return now - start;
  const changed = changedAt(path, now);
  return isPlausible(changed) ? now - changed : undefined;
}

/** Returns a watch that counts by `waited`, the total milliseconds that this run has waited. */
export function openWatch(waited: () => number): Watch {
  const firstSeen = new Map<string, number>();
  return (path, text) => {
    const key = `${path}\n${text}`;
    const first = firstSeen.get(key) ?? waited();
    firstSeen.set(key, first);
    return waited() - first;
  };
}

/** The watch for a check that does not wait: every lock counts as unchanged for long enough. */
export const alwaysUnchanged: Watch = () => Number.POSITIVE_INFINITY;

/** Reads the holder from the text of a lock; returns undefined when the text names none. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (
      typeof read !== 'object' ||
      read === null ||
      !('pid' in read) ||
      !('host' in read) ||
      !('start' in read)
    )
      return undefined;
    const { pid, host, start } = read;
    return typeof pid === 'number' && typeof host === 'string' && typeof start === 'number'
      ? { pid, host, start }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the text of a lock; undefined when there is no lock, or it can't be read. */
export function textOf(path: string): string | undefined {
  const read = tryReadWhole(path);
  return read.is === 'text' ? read.text : undefined;
}

/**
 * Whether something other than a lock file has its path: a folder, a pipe, a link, a huge or a binary file.
 */
export function isNotLockFile(path: string): boolean {
  const read = tryReadWhole(path);
  return (
    read.is === 'fault' &&
    [
      'storage.read-link',
      'storage.read-not-file',
      'storage.read-too-large',
      'storage.read-not-text',
    ].includes(read.fault.key)
  );
}

function changedAt(path: string, otherwise: number): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return otherwise;
  }
}

import { statSync } from 'node:fs';
import { tryReadWhole } from './read-file.ts';

export interface LockNeeds {
  /** `.rupture`; must exist. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
  /** Waits for some milliseconds; a timer, unless a test hands in another way. */
  readonly pause?: (ms: number) => void | Promise<void>;
}

/** Gives the milliseconds for which this run has seen `text` in the file at `path` while it waited. */
export type Watch = (path: string, text: string) => number;

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: number;
}

const oldElsewhere = 30_000;
/** Locks are held for milliseconds, so a living PID with one this old has been reused. */
const oldHere = 600_000;
/** For a lock that names no holder, in milliseconds. */
export const oldUnreadable = 5000;
/** Clocks of machines differ a little. A start further ahead than this says nothing about a lock's age. */
const mayBeAhead = 5 * 60_000;
/** Where no clock can tell a lock's age, a run that sees it unchanged for this long takes it for dead. */
const longestUnchanged = 10_000;
/** Locks that this process released and could not remove, as on a disk that became read-only. */
export const released = new Set<string>();

/** Says whether the holder of a lock with this text is gone. */
export function isStale(path: string, text: string | undefined, needs: LockNeeds, watch: Watch): boolean {
  if (text === undefined) return false;
  if (released.has(text)) return true;
  const unchanged = watch(path, text);
  const holder = parseHolder(text);
  const isHere = holder?.host === needs.host();
  if (holder !== undefined && isHere && holder.pid !== needs.pid && !needs.isAlive(holder.pid)) return true;
  const age = ageOf(path, holder?.start, needs.now());
  if (age === undefined) return unchanged >= longestUnchanged;
  // Between making the file and filling it lies a moment in which it is empty.
  if (holder === undefined) return age > oldUnreadable;
  return age > (isHere && holder.pid !== needs.pid ? oldHere : oldElsewhere);
}

/**
 * Gives a lock's age in milliseconds: by its own start, or by the time of its file where that start
 * lies ahead (the clock of another machine, or one that was set back here). Undefined where both lie ahead.
 */
function ageOf(path: string, start: number | undefined, now: number): number | undefined {
  const isTelling = (time: number): boolean => time <= now + mayBeAhead;
  if (start !== undefined && isTelling(start)) return now - start;
  const changed = changedAt(path, now);
  return isTelling(changed) ? now - changed : undefined;
}

/** Opens a watch that counts by `waited`, the milliseconds that this run has waited in all. */
export function openWatch(waited: () => number): Watch {
  const firstSeen = new Map<string, number>();
  return (path, text) => {
    const key = `${path}\n${text}`;
    const first = firstSeen.get(key) ?? waited();
    firstSeen.set(key, first);
    return waited() - first;
  };
}

/** For a look that does not wait: whatever is there counts as unchanged long enough. */
export const alwaysUnchanged: Watch = () => Number.POSITIVE_INFINITY;

/** Reads the text of a lock; undefined when it names no holder. */
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

/** The text of a lock; undefined when there is none, or it can't be read. */
export function textOf(path: string): string | undefined {
  const read = tryReadWhole(path);
  return read.is === 'text' ? read.text : undefined;
}

/** Whether something is there that is no lock: a folder, a pipe, a link or a file past all bounds. */
export function isOdd(path: string): boolean {
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

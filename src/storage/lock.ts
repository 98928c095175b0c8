import { closeSync, linkSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pause as sleep } from './pause.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { patiently, renamePatiently } from './patiently.ts';
import { removeQuietly } from './quietly.ts';
import { tryReadWhole } from './safe-read.ts';

export interface LockNeeds {
  /** `.rupture`; must exist. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly chance: (count: number) => Uint8Array;
  /** Whether a process of this machine still runs. */
  readonly isAlive: (pid: number) => boolean;
  /** True on Windows, where a file can be busy for a moment. */
  readonly windows?: boolean;
  /** Waits for some milliseconds; the whole process sleeps unless a test hands in another way. */
  readonly pause?: (ms: number) => void;
}

/** Gives for how many milliseconds this run has seen `text` in the file at `path`, while it waited. */
type Watch = (path: string, text: string) => number;

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: number;
}

const longestWait = 15_000;
const oldElsewhere = 30_000;
/**
 * A lock is held for milliseconds; a living pid that has held one for so long is another program that was
 * given the number.
 */
const oldHere = 600_000;
const oldUnreadable = 5000;
/** Clocks of machines differ a little. A time further ahead than this says nothing of how old a lock is. */
const mayBeAhead = 5 * 60_000;
/**
 * Where no clock can tell the age of a lock, a run that has seen it unchanged for so long takes it for left
 * behind.
 */
const longestUnchanged = 10_000;
/**
 * Locks that this process has let go of: one that could not be removed (a disk that takes nothing any more)
 * is nobody's.
 */
const left = new Set<string>();

/**
 * Does `work` while no other process that asks for the same lock does. Waits up to 15 s, then throws a
 * Problem that names the file. `work` is synchronous: a lock held while this process does something else
 * would make it wait for itself.
 */
export function underLock<T>(needs: LockNeeds, work: () => T): T {
  const path = join(needs.folder, 'lock');
  const mine = JSON.stringify({
    pid: needs.pid,
    host: needs.host(),
    start: needs.now(),
    mark: hex(needs.chance(8)),
  });
  let waited = 0;
  const watch = openWatch(() => waited);
  while (!take(path, mine, needs)) {
    if (breakStale(path, mine, needs, watch)) continue;
    // Nobody will let go of what nobody of ours has put there.
    if (waited >= longestWait || isOdd(path)) throw problemOf(fault('storage.locked', { path }));
    const ms = 1 + ((needs.chance(1)[0] ?? 0) % 15);
    pauseOf(needs)(ms);
    waited += ms;
  }
  try {
    return work();
  } finally {
    if (textOf(path) === mine) {
      removeQuietly(path, needs.windows);
      left.add(mine);
    }
  }
}

/**
 * Says whether a lock lies there whose holder is gone: `dead` on this machine, `old` on another or of nobody;
 * `odd` is something that is no lock.
 */
export function lookAtLock(needs: LockNeeds): 'free' | 'held' | 'dead' | 'old' | 'odd' {
  const path = join(needs.folder, 'lock');
  const read = tryReadWhole(path);
  if (read.is === 'fault') return read.fault.key === 'storage.read-missing' ? 'free' : 'odd';
  const { text } = read;
  if (!isStale(path, text, needs, alwaysUnchanged)) return 'held';
  const holder = parseHolder(text);
  return holder?.host === needs.host() && !needs.isAlive(holder.pid) ? 'dead' : 'old';
}

/**
 * Removes a lock whose holder is gone, as whoever waits for it would. False when it was not to be removed.
 */
export function clearLock(needs: LockNeeds): boolean {
  const mine = JSON.stringify({
    pid: needs.pid,
    host: needs.host(),
    start: needs.now(),
    mark: hex(needs.chance(8)),
  });
  const path = join(needs.folder, 'lock');
  // Another run may have been ended while it broke the lock: what it left goes first, and has to be old where
  // it says nothing of its holder.
  for (let waited = 0; !breakStale(path, mine, needs, alwaysUnchanged); waited += 100) {
    if (!['dead', 'old'].includes(lookAtLock(needs)) || waited > oldUnreadable + 1000) break;
    pauseOf(needs)(100);
  }
  return lookAtLock(needs) === 'free';
}

function pauseOf(needs: LockNeeds): (ms: number) => void {
  return needs.pause ?? sleep;
}

/** Takes the lock when there is none. */
function take(path: string, mine: string, needs: LockNeeds): boolean {
  let handle: number | undefined;
  try {
    // On Windows one that was removed a moment ago may still have its name, and can't be opened.
    handle = patiently(() => openSync(path, 'wx', 0o600), needs.windows === true);
    writeSync(handle, mine);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (handle !== undefined) removeQuietly(path, needs.windows);
    throw writeProblem(path, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * Removes a lock whose holder is gone. Two may see the same stale lock; the second would remove the lock the
 * first has taken since. So whoever breaks one holds `lock.break` meanwhile and looks again: a dead holder's
 * lock can't change then.
 */
function breakStale(path: string, mine: string, needs: LockNeeds, watch: Watch): boolean {
  const breaking = `${path}.break`;
  // Looked at each time, so that it has been watched for as long as the lock.
  const isBreakStale = isStale(breaking, textOf(breaking), needs, watch);
  if (!isStale(path, textOf(path), needs, watch)) return false;
  if (!take(breaking, mine, needs)) {
    const other = textOf(breaking);
    if (isBreakStale && isStale(breaking, other, needs, watch)) moveAway(breaking, other, needs);
    return false;
  }
  try {
    const seen = textOf(path);
    if (isStale(path, seen, needs, watch)) moveAway(path, seen, needs);
    return true;
  } finally {
    removeQuietly(breaking, needs.windows);
  }
}

/** Renames a stale lock away and makes sure that it was the one that was read; another one is given back. */
function moveAway(path: string, seen: string | undefined, needs: LockNeeds): void {
  const away = `${path}.stale-${needs.pid}-${hex(needs.chance(4))}`;
  try {
    renamePatiently(path, away, needs.windows === true);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw writeProblem(path, error);
  }
  try {
    if (textOf(away) !== seen) linkSync(away, path);
  } catch {
    // Somebody holds the lock by now, and will let go of it.
  } finally {
    removeQuietly(away, needs.windows);
  }
}

function isStale(path: string, text: string | undefined, needs: LockNeeds, watch: Watch): boolean {
  if (text === undefined) return false;
  if (left.has(text)) return true;
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
 * Gives how old a lock is, in milliseconds: by its own start, or by the time of its file where that start
 * lies ahead (the clock of another machine, or one that was set back here). Undefined where both lie ahead.
 */
function ageOf(path: string, start: number | undefined, now: number): number | undefined {
  const isTelling = (time: number): boolean => time <= now + mayBeAhead;
  if (start !== undefined && isTelling(start)) return now - start;
  const changed = changedAt(path, now);
  return isTelling(changed) ? now - changed : undefined;
}

function openWatch(waited: () => number): Watch {
  const firstSeen = new Map<string, number>();
  return (path, text) => {
    const key = `${path}\n${text}`;
    const first = firstSeen.get(key) ?? waited();
    firstSeen.set(key, first);
    return waited() - first;
  };
}

/** For those who look once and do not wait. */
const alwaysUnchanged: Watch = () => Number.POSITIVE_INFINITY;

function parseHolder(text: string): Holder | undefined {
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

function textOf(path: string): string | undefined {
  const read = tryReadWhole(path);
  return read.is === 'text' ? read.text : undefined;
}

/** A folder, a pipe, a link or a file past all bounds. */
function isOdd(path: string): boolean {
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

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

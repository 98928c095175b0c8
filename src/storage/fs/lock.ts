import { closeSync, linkSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../system/pause.ts';
import { retryWhileBusy, renameRetrying } from './retry-busy.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { removeIgnoringErrors } from './ignore-errors.ts';
import { tryReadWhole } from './read-file.ts';
import {
  alwaysUnchanged,
  isOdd,
  isStale,
  oldUnreadable,
  openWatch,
  parseHolder,
  released,
  textOf,
  type LockNeeds,
  type Watch,
} from './stale-lock.ts';

/** Does `work` under one certain lock. */
export type Locked = <T>(work: () => T | Promise<T>) => Promise<T>;

const longestWait = 15_000;

/** By a lock's path, when the last of this process's holders, or of those that wait, is done. */
const queues = new Map<string, Promise<void>>();

/** For each lock that this process holds, when it is released. */
const held = new Set<Promise<void>>();

/**
 * Does `work` while nobody else who asks for the same lock works, in this process or another. Waits up to
 * 15 s for another process, then rejects with a Problem that names the file. `work` must not take the same
 * lock again: it would wait for itself. A free lock is taken, and `work` begun, before this returns.
 */
export function underLock<T>(needs: LockNeeds, work: () => T | Promise<T>): Promise<T> {
  const path = join(needs.folder, 'lock');
  const before = queues.get(path);
  const hold = (): Promise<T> => holdLock(path, needs, work);
  const done = before === undefined ? hold() : before.then(hold);
  const ended = done.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, ended);
  void ended.then(() => {
    if (queues.get(path) === ended) queues.delete(path);
  });
  return done;
}

/** Resolves when this process holds no lock. */
export async function whenUnlocked(): Promise<void> {
  while (held.size > 0) await Promise.all(held);
}

async function holdLock<T>(path: string, needs: LockNeeds, work: () => T | Promise<T>): Promise<T> {
  const mine = newHolder(needs);
  let waited = 0;
  const watch = openWatch(() => waited);
  while (!take(path, mine, needs)) {
    if (breakStale(path, mine, needs, watch)) continue;
    // Nobody releases what is no lock of ours.
    if (waited >= longestWait || isOdd(path)) throw problemOf(fault('storage.locked', { path }));
    const ms = 1 + ((needs.random(1)[0] ?? 0) % 15);
    await (needs.pause ?? wait)(ms);
    waited += ms;
  }
  let release = (): void => undefined;
  const ended = new Promise<void>(resolve => (release = resolve));
  held.add(ended);
  try {
    return await work();
  } finally {
    if (textOf(path) === mine) {
      removeIgnoringErrors(path, needs.windows);
      released.add(mine);
    }
    held.delete(ended);
    release();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** The text of a new lock. */
function newHolder(needs: LockNeeds): string {
  return JSON.stringify({
    pid: needs.pid,
    host: needs.host(),
    start: needs.now(),
    mark: hex(needs.random(8)),
  });
}

/**
 * Says whether a lock lies there whose holder is gone: `dead` on this machine, `old` on another or of nobody;
 * `odd` is something that is no lock.
 */
export function checkLock(needs: LockNeeds): 'free' | 'held' | 'dead' | 'old' | 'odd' {
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
  const mine = newHolder(needs);
  const path = join(needs.folder, 'lock');
  // Another run may have been ended while it broke the lock: what it left goes first, and has to be old where
  // it says nothing of its holder.
  for (let waited = 0; !breakStale(path, mine, needs, alwaysUnchanged); waited += 100) {
    if (!['dead', 'old'].includes(checkLock(needs)) || waited > oldUnreadable + 1000) break;
    pause(100);
  }
  return checkLock(needs) === 'free';
}

/** Takes the lock when there is none. */
function take(path: string, mine: string, needs: LockNeeds): boolean {
  let handle: number | undefined;
  try {
    // On Windows one that was removed a moment ago may still have its name, and can't be opened.
    handle = retryWhileBusy(() => openSync(path, 'wx', 0o600), needs.windows === true);
    writeSync(handle, mine);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (handle !== undefined) removeIgnoringErrors(path, needs.windows);
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
    removeIgnoringErrors(breaking, needs.windows);
  }
}

/** Renames a stale lock away and makes sure that it was the one that was read; another one is given back. */
function moveAway(path: string, seen: string | undefined, needs: LockNeeds): void {
  const away = `${path}.stale-${needs.pid}-${hex(needs.random(4))}`;
  try {
    renameRetrying(path, away, needs.windows === true);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw writeProblem(path, error);
  }
  try {
    if (textOf(away) !== seen) linkSync(away, path);
  } catch {
    // Somebody holds the lock by now, and will let go of it.
  } finally {
    removeIgnoringErrors(away, needs.windows);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

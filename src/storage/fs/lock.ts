import { closeSync, linkSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../system/pause.ts';
import { retryWhileBusy, renameRetrying } from './retry-busy.ts';
import { codeOf, fault, problemOf, writeProblem } from './problems.ts';
import { removeIgnoringErrors } from './ignore-errors.ts';
import { tryReadWhole } from './read-file.ts';
import {
  alwaysUnchanged,
  isNotLockFile,
  isStale,
  staleAfterUnreadable,
  openWatch,
  parseHolder,
  released,
  textOf,
  type LockNeeds,
  type Watch,
} from './stale-lock.ts';

/** Runs `work` while holding one particular lock. */
export type Locked = <T>(work: () => T | Promise<T>) => Promise<T>;

const longestWait = 15_000;

/** For each lock's path, a promise that resolves when this process's last holder or waiter is done. */
const queues = new Map<string, Promise<void>>();

/** For each lock that this process holds, a promise that resolves when it is released. */
const heldLocks = new Set<Promise<void>>();

/**
 * Runs `work` while holding the lock file `lock` in `needs.folder`, so that no other holder, in this process
 * or another, runs at the same time. Waits up to 15 s for another process, then rejects with a Problem that
 * names the file. `work` must not take the same lock again: it would wait for itself. If the lock is free,
 * takes it and starts `work` synchronously.
 */
export function underLock<T>(needs: LockNeeds, work: () => T | Promise<T>): Promise<T> {
  const path = join(needs.folder, 'lock');
  const before = queues.get(path);
  const start = (): Promise<T> => holdLock(path, needs, work);
  const done = before === undefined ? start() : before.then(start);
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

/** Resolves once this process holds no lock. */
export async function whenUnlocked(): Promise<void> {
  while (heldLocks.size > 0) await Promise.all(heldLocks);
}

async function holdLock<T>(path: string, needs: LockNeeds, work: () => T | Promise<T>): Promise<T> {
  const ownText = newHolder(needs);
  let waited = 0;
  const watch = openWatch(() => waited);
  while (!take(path, ownText, needs)) {
    if (breakStale(path, ownText, needs, watch)) continue;
    // Something that is not a lock file will never be released, so waiting is useless.
    if (waited >= longestWait || isNotLockFile(path)) throw problemOf(fault('storage.locked', { path }));
    const ms = 1 + ((needs.random(1)[0] ?? 0) % 15);
    await (needs.pause ?? wait)(ms);
    waited += ms;
  }
  let release = (): void => undefined;
  const ended = new Promise<void>(resolve => (release = resolve));
  heldLocks.add(ended);
  try {
    return await work();
  } finally {
    if (textOf(path) === ownText) {
      removeIgnoringErrors(path, needs.windows);
      released.add(ownText);
    }
    heldLocks.delete(ended);
    release();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** Returns the text of a new lock file. */
function newHolder(needs: LockNeeds): string {
  return JSON.stringify({
    pid: needs.pid,
    host: needs.host(),
    start: needs.now(),
    mark: hex(needs.random(8)),
  });
}

/**
 * Returns the state of the lock, without waiting for it. `dead`: stale, and its process on this machine has
 * ended. `old`: stale by its age, from another machine or without a readable holder. `odd`: something that is
 * not a lock file has its name.
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
 * Removes a stale lock, in the same way as a command that waits for it. Returns false if the lock could not
 * be removed.
 */
export function clearLock(needs: LockNeeds): boolean {
  const ownText = newHolder(needs);
  const path = join(needs.folder, 'lock');
  // A killed run may have left `lock.break` behind. That file has to be removed first, and if it names no
  // holder, it counts as stale only after `staleAfterUnreadable`.
  for (let waited = 0; !breakStale(path, ownText, needs, alwaysUnchanged); waited += 100) {
    if (!['dead', 'old'].includes(checkLock(needs)) || waited > staleAfterUnreadable + 1000) break;
    pause(100);
  }
  return checkLock(needs) === 'free';
}

/** Creates the lock file with the text `ownText`. Returns false if there is one already. */
function take(path: string, ownText: string, needs: LockNeeds): boolean {
  let handle: number | undefined;
  try {
    // On Windows a lock that was just removed may keep its name for a moment, and opening it fails.
    handle = retryWhileBusy(() => openSync(path, 'wx', 0o600), needs.windows === true);
    writeSync(handle, ownText);
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
 * Removes a stale lock. Returns true if the caller should try to take the lock again.
 *
 * Two processes may see the same stale lock; without care the second would remove the lock that the first has
 * just taken. So a process takes `lock.break` before it removes a lock, and checks the lock again: nobody
 * else can replace a stale lock while it holds `lock.break`.
 */
function breakStale(path: string, ownText: string, needs: LockNeeds, watch: Watch): boolean {
  const breaking = `${path}.break`;
  // Checked on every call, so that the watch has seen `lock.break` for as long as the lock.
  const isBreakStale = isStale(breaking, textOf(breaking), needs, watch);
  if (!isStale(path, textOf(path), needs, watch)) return false;
  if (!take(breaking, ownText, needs)) {
    const breakText = textOf(breaking);
    if (isBreakStale && isStale(breaking, breakText, needs, watch)) removeStale(breaking, breakText, needs);
    return false;
  }
  try {
    const seen = textOf(path);
    if (isStale(path, seen, needs, watch)) removeStale(path, seen, needs);
    return true;
  } finally {
    removeIgnoringErrors(breaking, needs.windows);
  }
}

/** Removes a stale lock by renaming it first. Puts the file back if its text is not `seen`. */
function removeStale(path: string, seen: string | undefined, needs: LockNeeds): void {
  const stalePath = `${path}.stale-${needs.pid}-${hex(needs.random(4))}`;
  try {
    renameRetrying(path, stalePath, needs.windows === true);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw writeProblem(path, error);
  }
  try {
    if (textOf(stalePath) !== seen) linkSync(stalePath, path);
  } catch {
    // Another process has taken the lock since, and will release it.
  } finally {
    removeIgnoringErrors(stalePath, needs.windows);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

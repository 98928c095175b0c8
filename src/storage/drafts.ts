import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Draft, Drafts } from '../world.ts';
import { draftOnly, parseKept, type Kept } from './draft-file.ts';
import { isId } from './head.ts';
import { codeOf, fault, problemOf, readFault, type StorageFault } from './problems.ts';
import { isThere, readLimit } from './safe-read.ts';
import type { Data, Writer } from './safe-write.ts';
import { openLatest } from './latest.ts';
import { clearName, isSealedName, sealedName } from './sealed-name.ts';
import type { Texts } from './texts.ts';

export interface DraftsNeeds {
  /** `.rupture/drafts`; made with the first draft. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly isAlive: (pid: number) => boolean;
  /** Which run has a number, where that can be told: numbers are given again. */
  readonly startOf: (pid: number) => string | undefined;
  readonly writer: Writer;
  readonly texts: Texts;
  /** Does `work` under the folder's lock. Throws a Problem when the folder of the notes is gone. */
  readonly locked: <T>(work: () => T) => T;
  /**
   * Throws a Problem where one of the program's own folders is a link or no folder. Called before a draft is
   * looked for.
   */
  readonly checkOwn: () => void;
  /** Whether the moment that a draft is of is kept already. */
  readonly isSettled: (draft: Draft) => boolean;
}

/** The drafts of a folder, for the doctor too. */
export interface FolderDrafts extends Drafts {
  /** Every draft that no running program is working on, settled ones too. */
  readonly standing: () => Promise<readonly StandingDraft[]>;
}

export interface StandingDraft {
  /** Absolute. */
  readonly path: string;
  readonly draft: Draft;
  /** Milliseconds, when it was last kept. */
  readonly at: number;
}

/** A draft, and the note when what it is of is kept already. */
export interface KeptDraft extends StandingDraft {
  /** Absolute. */
  readonly note?: string;
}

/** A draft that nobody has touched for a day is nobody's, even if its program's number is in use (again). */
const abandonedAfter = 24 * 60 * 60 * 1000;
/** One that was kept later than now says nothing of who works on it: a clock was set back. */
const clockMayDiffer = 60 * 1000;

/** Opens the drafts of a folder. Nothing is made before the first is kept. */
export function openDrafts({
  folder,
  pid,
  host,
  now,
  isAlive,
  startOf,
  writer,
  texts,
  locked,
  checkOwn,
  isSettled,
}: DraftsNeeds): FolderDrafts {
  const mine = new Set<string>();
  const pathOf = (id: string): string => {
    if (!isId(id)) throw new Error('a draft needs an id');
    return join(folder, `${id}.json`);
  };
  const latest = openLatest();
  /** Where a draft lies, sealed or not. */
  const placeOf = (id: string): string => [sealedName(pathOf(id))].find(isThere) ?? pathOf(id);
  /**
   * Those that could not be read once in this run: whoever was told that there is no draft has to hear of
   * them, also when the disk is back.
   */
  const missed = new Map<string, StorageFault>();
  const lookAt = (path: string): { readonly kept?: Kept; readonly damage?: StorageFault } => {
    const read = texts.read(path);
    if (read.is === 'text') {
      const kept = keptIn(path, read.text);
      return kept === undefined ? { damage: fault('storage.draft-damaged', { path }) } : { kept };
    }
    if (read.fault.key === 'storage.read-missing') return {};
    missed.set(path, read.fault);
    return { damage: isSealedName(path) ? read.fault : fault('storage.draft-damaged', { path }) };
  };
  const readKept = (path: string): Kept | undefined => lookAt(path).kept;
  const damageOf = (path: string): StorageFault | undefined => lookAt(path).damage;
  const isRunning = (kept: Kept): boolean => {
    const age = now() - kept.at;
    if (kept.host !== host() || age > abandonedAfter || age < -clockMayDiffer) return false;
    if (kept.pid === pid) return mine.has(kept.draft.id);
    const start = kept.start === undefined ? undefined : startOf(kept.pid);
    return isAlive(kept.pid) && (start === undefined || start === kept.start);
  };
  const open = (): readonly Kept[] =>
    names()
      .flatMap(name => readKept(join(folder, name)) ?? [])
      .filter(kept => !isSettled(kept.draft));
  /**
   * Gives the text of a draft: once for each time it is kept, since what has to be sealed first is asked for
   * again.
   */
  const textFor = (draft: Draft, at = now()): string =>
    `${JSON.stringify({ draft: 1, pid, host: host(), start: startOf(pid), at, ...draftOnly(draft) })}\n`;
  const put = (path: string, { id }: Draft, text: string): void => {
    if (Buffer.byteLength(text) > readLimit)
      throw problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
    const data: Data = texts.dataFor(path, text);
    mine.add(id);
    writer.put(path, data);
    // It was sealed meanwhile: its words are in the one that was written now.
    if (isSealedName(path)) writer.remove(clearName(path));
  };
  const keepNow = (draft: Draft, text: string): void => {
    const path = texts.placeFor(pathOf(draft.id));
    if (!mine.has(draft.id) && damageOf(path) !== undefined) writer.move(path, `${path}.damaged-${now()}`);
    put(path, draft, text);
  };
  const allNames = (): string[] => {
    checkOwn();
    return namesIn(folder);
  };
  const names = (): string[] => allNames().filter(isDraftName);
  /**
   * Work that reads all drafts. The sealed ones are opened before it, each for itself: found in the middle of
   * it, each would make it begin again and read all before.
   */
  const settledAll = async <T>(work: () => T): Promise<T> => {
    for (const name of names().filter(isSealedName))
      await texts.settled(() => texts.read(join(folder, name)));
    return texts.settled(work);
  };

  return {
    list: () =>
      settledAll(() =>
        open()
          .filter(kept => !isRunning(kept))
          .sort((a, b) => b.at - a.at || (a.draft.started < b.draft.started ? 1 : -1))
          .map(({ draft }) => draft),
      ),
    count: () => names().filter(name => !mine.has(idIn(name))).length,
    keep: draft => {
      const text = textFor(draft);
      // Plaintext is on disk when this returns, even if the process is about to end; encrypting takes a
      // moment.
      const isKept = locked(() => {
        if (texts.seals()) return false;
        keepNow(draft, text);
        return true;
      });
      if (isKept) return undefined;
      return latest.put(draft.id, isStill =>
        texts.settled(() =>
          locked(() => {
            if (isStill()) keepNow(draft, text);
          }),
        ),
      );
    },
    claim: id => {
      const at = now();
      return texts.settled(() =>
        locked(() => {
          const place = placeOf(id);
          const { kept, damage } = lookAt(place);
          // It was there a moment ago: that it can't be read now says nothing of another terminal.
          if (damage !== undefined) throw problemOf(missed.get(place) ?? damage);
          if (kept === undefined || (!mine.has(id) && isRunning(kept))) return false;
          put(texts.placeFor(pathOf(id)), kept.draft, textFor(kept.draft, at));
          return true;
        }),
      );
    },
    held: () => settledAll(() => open().filter(kept => kept.pid !== pid && isRunning(kept)).length),
    has: id => {
      checkOwn();
      return isSealedName(placeOf(id)) ? true : readKept(pathOf(id)) !== undefined;
    },
    drop: id => {
      checkOwn();
      latest.drop(id);
      mine.delete(id);
      // Without the lock, so that it works on a full disk. A command that encrypts drafts removes both files
      // when the first of them goes.
      writer.remove(pathOf(id));
      if (isThere(sealedName(pathOf(id)))) writer.remove(sealedName(pathOf(id)));
    },
    standing: () =>
      settledAll(() =>
        names().flatMap(name => {
          const path = join(folder, name);
          const kept = readKept(path);
          return kept === undefined || isRunning(kept) ? [] : [{ path, draft: kept.draft, at: kept.at }];
        }),
      ),
    damaged: () =>
      settledAll(() =>
        allNames().flatMap(name => {
          const path = join(folder, name);
          const found = name.includes('.damaged-')
            ? fault('storage.draft-damaged', { path })
            : isDraftName(name)
              ? (damageOf(path) ?? missed.get(path))
              : undefined;
          return found === undefined
            ? []
            : [{ path: `.rupture/drafts/${name}`, key: found.key, params: found.params }];
        }),
      ),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw problemOf(readFault(folder, error));
  }
}

function isDraftName(name: string): boolean {
  return /\.json(?:\.age)?$/.test(name) && !name.startsWith('.');
}

function idIn(name: string): string {
  return name.replace(/\.json(?:\.age)?$/, '');
}

/** A draft under the name of another could be offered and then neither be claimed nor dropped. */
function keptIn(path: string, text: string): Kept | undefined {
  const kept = parseKept(text);
  return kept !== undefined && idIn(basename(path)) === kept.draft.id ? kept : undefined;
}

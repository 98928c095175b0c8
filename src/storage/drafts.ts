import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Draft, Drafts, Unreadable } from '../world.ts';
import { draftOnly, parseKept, type Kept } from './draft-file.ts';
import { isId } from './head.ts';
import { codeOf, fault, problemOf, readFault, type StorageFault } from './problems.ts';
import { isThere, readLimit } from './safe-read.ts';
import type { Data, Writer } from './safe-write.ts';
import { openLatest } from './latest.ts';
import type { LockedReading } from './locked-reading.ts';
import { clearName, isSealedName, sealedName } from './sealed-name.ts';
import { readPlaintext, type ReadData, type Texts } from './texts.ts';

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
  readonly reading: LockedReading;
  /**
   * Throws a Problem where one of the program's own folders is a link or no folder. Called before a draft is
   * looked for.
   */
  readonly checkOwn: () => void;
  /** Whether the moment that a draft is of is kept already. */
  readonly isSettled: (draft: Draft) => Promise<boolean>;
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

/** What a draft's file holds, or why it can't be read; neither where there is no file. */
interface Look {
  readonly kept?: Kept;
  readonly damage?: StorageFault;
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
  reading,
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
  const lookIn = (path: string, read: ReadData): Look => {
    if (read.is === 'text') {
      const kept = keptIn(path, read.text);
      return kept === undefined ? { damage: fault('storage.draft-damaged', { path }) } : { kept };
    }
    if (read.fault.key === 'storage.read-missing') return {};
    missed.set(path, read.fault);
    return { damage: isSealedName(path) ? read.fault : fault('storage.draft-damaged', { path }) };
  };
  const lookAt = async (name: string): Promise<Look> => {
    const path = join(folder, name);
    return lookIn(path, await texts.open(path));
  };
  const damageOf = async (name: string): Promise<StorageFault | undefined> => {
    const path = join(folder, name);
    if (name.includes('.damaged-')) return fault('storage.draft-damaged', { path });
    return isDraftName(name) ? ((await lookAt(name)).damage ?? missed.get(path)) : undefined;
  };
  const isRunning = (kept: Kept): boolean => {
    const age = now() - kept.at;
    if (kept.host !== host() || age > abandonedAfter || age < -clockMayDiffer) return false;
    if (kept.pid === pid) return mine.has(kept.draft.id);
    const start = kept.start === undefined ? undefined : startOf(kept.pid);
    return isAlive(kept.pid) && (start === undefined || start === kept.start);
  };
  /** Every draft whose note is not kept yet. May ask for the passphrase. */
  const open = async (): Promise<readonly Kept[]> => {
    const found: Kept[] = [];
    for (const name of names()) {
      const { kept } = await lookAt(name);
      if (kept !== undefined && !(await isSettled(kept.draft))) found.push(kept);
    }
    return found;
  };
  const textFor = (draft: Draft): string =>
    `${JSON.stringify({ draft: 1, pid, host: host(), start: startOf(pid), at: now(), ...draftOnly(draft) })}\n`;
  /** Writes a draft unless it was dropped meanwhile. Wants the lock. */
  const put = async (draft: Draft, text: string, isStill = (): boolean => true): Promise<void> => {
    const path = texts.placeFor(pathOf(draft.id));
    if (Buffer.byteLength(text) > readLimit)
      throw problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
    const data: Data = await texts.dataFor(path, text);
    // Nothing may be written for a draft that was dropped while it was encrypted.
    if (!isStill()) return;
    mine.add(draft.id);
    writer.put(path, data);
    // It was sealed meanwhile: its words are in the one that was written now.
    if (isSealedName(path)) writer.remove(clearName(path));
  };
  const keep = (draft: Draft, text: string, isStill: () => boolean): Promise<void> => {
    const { id } = draft;
    const bothForms = [pathOf(id), sealedName(pathOf(id))];
    return reading.files(
      // What this run has written it need not read.
      () => (mine.has(id) ? [] : bothForms.filter(isThere)),
      async found => {
        if (!isStill()) return;
        const path = texts.placeFor(pathOf(id));
        const read = found.get(path);
        if (read !== undefined && lookIn(path, read).damage !== undefined)
          writer.move(path, `${path}.damaged-${now()}`);
        await put(draft, text, isStill);
      },
    );
  };
  const allNames = (): string[] => {
    checkOwn();
    return namesIn(folder);
  };
  const names = (): string[] => allNames().filter(isDraftName);

  return {
    list: async () => {
      const drafts = await open();
      return drafts
        .filter(kept => !isRunning(kept))
        .sort((a, b) => b.at - a.at || (a.draft.started < b.draft.started ? 1 : -1))
        .map(({ draft }) => draft);
    },
    count: () => names().filter(name => !mine.has(idIn(name))).length,
    keep: draft => {
      const text = textFor(draft);
      return latest.put(draft.id, isStill => keep(draft, text, isStill));
    },
    claim: id =>
      reading.file(
        () => placeOf(id),
        async (place, there) => {
          const { kept, damage } = lookIn(place, there);
          // It was there a moment ago: that it can't be read now says nothing of another terminal.
          if (damage !== undefined) throw problemOf(missed.get(place) ?? damage);
          if (kept === undefined || (!mine.has(id) && isRunning(kept))) return false;
          await put(kept.draft, textFor(kept.draft));
          return true;
        },
      ),
    held: async () => (await open()).filter(kept => kept.pid !== pid && isRunning(kept)).length,
    has: id => {
      checkOwn();
      return isSealedName(placeOf(id))
        ? true
        : lookIn(pathOf(id), readPlaintext(pathOf(id))).kept !== undefined;
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
    standing: async () => {
      const found: StandingDraft[] = [];
      for (const name of names()) {
        const { kept } = await lookAt(name);
        if (kept !== undefined && !isRunning(kept))
          found.push({ path: join(folder, name), draft: kept.draft, at: kept.at });
      }
      return found;
    },
    damaged: async () => {
      const found: Unreadable[] = [];
      for (const name of allNames()) {
        const damage = await damageOf(name);
        if (damage !== undefined)
          found.push({ path: `.rupture/drafts/${name}`, key: damage.key, params: damage.params });
      }
      return found;
    },
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

import { join } from 'node:path';
import type { Draft, Drafts, Unreadable } from '../../world/world.ts';
import { withoutRunInfo, type StoredDraft } from './draft-file.ts';
import { idIn, openDraftFolder, type DraftFolder, type DraftFolderNeeds } from './draft-folder.ts';
import { openLatestWinsQueue } from './latest-wins-queue.ts';
import type { LockedReading } from '../encryption/locked-reading.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import type { Data, Writer } from '../fs/write-file.ts';
import { plaintextName, isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';

export interface DraftsNeeds extends DraftFolderNeeds {
  readonly writer: Writer;
  readonly reading: LockedReading;
  /** Whether the note that a draft is of is saved already. */
  readonly isSettled: (draft: Draft) => Promise<boolean>;
}

/** The drafts of a folder, for the doctor too. */
export interface FolderDrafts extends Drafts {
  /** Every draft that no running program is working on, settled ones too. */
  readonly standing: () => Promise<readonly DraftOnDisk[]>;
}

export interface DraftOnDisk {
  /** Absolute. */
  readonly path: string;
  readonly draft: Draft;
  /** Milliseconds, when it was last kept. */
  readonly at: number;
}

/** A draft, and the note when what it is of is kept already. */
export interface SavedDraft extends DraftOnDisk {
  /** Absolute. */
  readonly note?: string;
}

/** Opens the drafts of a folder. Nothing is made before the first is saved. */
export function openDrafts(needs: DraftsNeeds): FolderDrafts {
  const { writer, checkOwn } = needs;
  const latest = openLatestWinsQueue();
  const drafts = openDraftFolder(needs);
  const { mine, pathOf, placeOf, names, isRunning } = drafts;
  const work: Work = { ...needs, drafts };
  return {
    list: async () =>
      (await openAll(work))
        .filter(kept => !isRunning(kept))
        .sort((a, b) => b.at - a.at || (a.draft.started < b.draft.started ? 1 : -1))
        .map(({ draft }) => draft),
    count: () => names().filter(name => !mine.has(idIn(name))).length,
    save: draft => {
      const text = textFor(needs, draft);
      return latest.put(draft.id, isStill => save(work, draft, text, isStill));
    },
    claim: id => claim(work, id),
    countHeld: async () =>
      (await openAll(work)).filter(kept => kept.pid !== needs.pid && isRunning(kept)).length,
    has: id => {
      checkOwn();
      return isEncryptedName(placeOf(id)) || drafts.isReadable(id);
    },
    drop: id => {
      checkOwn();
      latest.drop(id);
      mine.delete(id);
      // Without the lock, so that it works on a full disk. A command that encrypts drafts removes both files
      // when the first of them goes.
      writer.remove(pathOf(id));
      if (isThere(encryptedName(pathOf(id)))) writer.remove(encryptedName(pathOf(id)));
    },
    standing: () => standing(work),
    damaged: () => damaged(drafts),
  };
}

interface Work extends DraftsNeeds {
  readonly drafts: DraftFolder;
}

/** Every draft whose note is not saved yet. May ask for the passphrase. */
async function openAll({ drafts, isSettled }: Work): Promise<readonly StoredDraft[]> {
  const found: StoredDraft[] = [];
  for (const name of drafts.names()) {
    const { kept } = await drafts.lookAt(name);
    if (kept !== undefined && !(await isSettled(kept.draft))) found.push(kept);
  }
  return found;
}

async function standing({ folder, drafts }: Work): Promise<readonly DraftOnDisk[]> {
  const found: DraftOnDisk[] = [];
  for (const name of drafts.names()) {
    const { kept } = await drafts.lookAt(name);
    if (kept !== undefined && !drafts.isRunning(kept))
      found.push({ path: join(folder, name), draft: kept.draft, at: kept.at });
  }
  return found;
}

async function damaged(drafts: DraftFolder): Promise<readonly Unreadable[]> {
  const found: Unreadable[] = [];
  for (const name of drafts.allNames()) {
    const damage = await drafts.damageOf(name);
    if (damage !== undefined)
      found.push({ path: `.rupture/drafts/${name}`, key: damage.key, params: damage.params });
  }
  return found;
}

/** Saves a draft under the lock, unless it was dropped meanwhile. One that can't be read gets another name. */
function save(work: Work, draft: Draft, text: string, isStill: () => boolean): Promise<void> {
  const { writer, texts, reading, now, drafts } = work;
  const { mine, lookIn } = drafts;
  const plain = drafts.pathOf(draft.id);
  return reading.files(
    // What this run has written it need not read.
    () => (mine.has(draft.id) ? [] : [plain, encryptedName(plain)].filter(isThere)),
    async found => {
      if (!isStill()) return;
      const path = texts.placeFor(plain);
      const read = found.get(path);
      if (read !== undefined && lookIn(path, read).damage !== undefined)
        writer.move(path, `${path}.damaged-${now()}`);
      await put(work, draft, text, isStill);
    },
  );
}

/** Takes a draft over under the lock; false when another program has it, or it is gone. */
function claim(work: Work, id: string): Promise<boolean> {
  const { mine, placeOf, lookIn, missedAt, isRunning } = work.drafts;
  return work.reading.file(
    () => placeOf(id),
    async (place, there) => {
      const { kept, damage } = lookIn(place, there);
      // It was there a moment ago: that it can't be read now says nothing of another terminal.
      if (damage !== undefined) throw problemOf(missedAt(place) ?? damage);
      if (kept === undefined || (!mine.has(id) && isRunning(kept))) return false;
      await put(work, kept.draft, textFor(work, kept.draft), () => true);
      return true;
    },
  );
}

/** Writes a draft unless it was dropped meanwhile. Wants the lock. */
async function put(work: Work, draft: Draft, text: string, isStill: () => boolean): Promise<void> {
  const { writer, texts, drafts } = work;
  const path = texts.placeFor(drafts.pathOf(draft.id));
  if (Buffer.byteLength(text) > readLimit)
    throw problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
  const data: Data = await texts.dataFor(path, text);
  // Nothing may be written for a draft that was dropped while it was encrypted.
  if (!isStill()) return;
  drafts.mine.add(draft.id);
  writer.put(path, data);
  // The folder was encrypted meanwhile: the words are in the file that was written now.
  if (isEncryptedName(path)) writer.remove(plaintextName(path));
}

function textFor({ pid, host, processStartTime: startOf, now }: DraftFolderNeeds, draft: Draft): string {
  const start = startOf(pid);
  return `${JSON.stringify({ draft: 1, pid, host: host(), start, at: now(), ...withoutRunInfo(draft) })}\n`;
}

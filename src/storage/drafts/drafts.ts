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
  /** Whether the note for which the draft was made is already saved. */
  readonly isNoteSaved: (draft: Draft) => Promise<boolean>;
}

/** The drafts of a folder, with what the doctor needs. */
export interface FolderDrafts extends Drafts {
  /** Returns every draft that no running program is working on, including drafts whose note is saved. */
  readonly inactive: () => Promise<readonly DraftOnDisk[]>;
}

export interface DraftOnDisk {
  /** Absolute. */
  readonly path: string;
  readonly draft: Draft;
  /** When the draft was last saved, in milliseconds. */
  readonly at: number;
}

/** A draft, with its note if that is already saved. */
export interface SavedDraft extends DraftOnDisk {
  /** Absolute. */
  readonly note?: string;
}

/** Opens the drafts of a folder. Creates nothing until the first draft is saved. */
export function openDrafts(needs: DraftsNeeds): FolderDrafts {
  const { writer, checkOwn } = needs;
  const latest = openLatestWinsQueue();
  const drafts = openDraftFolder(needs);
  const { mine, pathOf, placeOf, names, isRunning } = drafts;
  const work: Work = { ...needs, drafts };
  return {
    list: async () =>
      (await readUnsaved(work))
        .filter(stored => !isRunning(stored))
        .sort((a, b) => b.at - a.at || (a.draft.started < b.draft.started ? 1 : -1))
        .map(({ draft }) => draft),
    count: () => names().filter(name => !mine.has(idIn(name))).length,
    save: draft => {
      const text = textFor(needs, draft);
      return latest.put(draft.id, isCurrent => save(work, draft, text, isCurrent));
    },
    claim: id => claim(work, id),
    countHeld: async () =>
      (await readUnsaved(work)).filter(stored => stored.pid !== needs.pid && isRunning(stored)).length,
    has: id => {
      checkOwn();
      return isEncryptedName(placeOf(id)) || drafts.isReadable(id);
    },
    drop: id => {
      checkOwn();
      latest.drop(id);
      mine.delete(id);
      // Take no lock, so that dropping works on a full disk. Remove the plaintext file first: a command that
      // is encrypting the draft then notices and removes the encrypted file too.
      writer.remove(pathOf(id));
      if (isThere(encryptedName(pathOf(id)))) writer.remove(encryptedName(pathOf(id)));
    },
    inactive: () => inactive(work),
    damaged: () => damaged(drafts),
  };
}

interface Work extends DraftsNeeds {
  readonly drafts: DraftFolder;
}

/** Returns every draft whose note is not saved yet. May ask for the passphrase. */
async function readUnsaved({ drafts, isNoteSaved }: Work): Promise<readonly StoredDraft[]> {
  const found: StoredDraft[] = [];
  for (const name of drafts.names()) {
    const { stored } = await drafts.read(name);
    if (stored !== undefined && !(await isNoteSaved(stored.draft))) found.push(stored);
  }
  return found;
}

async function inactive({ folder, drafts }: Work): Promise<readonly DraftOnDisk[]> {
  const found: DraftOnDisk[] = [];
  for (const name of drafts.names()) {
    const { stored } = await drafts.read(name);
    if (stored !== undefined && !drafts.isRunning(stored))
      found.push({ path: join(folder, name), draft: stored.draft, at: stored.at });
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

/**
 * Saves a draft under the lock, unless it was dropped in the meantime. If an unreadable file has the draft's
 * name, renames that file first.
 */
function save(work: Work, draft: Draft, text: string, isCurrent: () => boolean): Promise<void> {
  const { writer, texts, reading, now, drafts } = work;
  const { mine, parse } = drafts;
  const plain = drafts.pathOf(draft.id);
  return reading.files(
    // No need to read a file that this run wrote.
    () => (mine.has(draft.id) ? [] : [plain, encryptedName(plain)].filter(isThere)),
    async found => {
      if (!isCurrent()) return;
      const path = texts.placeFor(plain);
      const read = found.get(path);
      if (read !== undefined && parse(path, read).damage !== undefined)
        writer.move(path, `${path}.damaged-${now()}`);
      await put(work, draft, text, isCurrent);
    },
  );
}

/**
 * Claims a draft for this run, under the lock. Returns false if another program is working on the draft or
 * the draft no longer exists. Throws a Problem if the draft can't be read.
 */
function claim(work: Work, id: string): Promise<boolean> {
  const { mine, placeOf, parse, missedAt, isRunning } = work.drafts;
  return work.reading.file(
    () => placeOf(id),
    async (place, read) => {
      const { stored, damage } = parse(place, read);
      // An unreadable draft does not mean that another terminal has claimed it: report the read error.
      if (damage !== undefined) throw problemOf(missedAt(place) ?? damage);
      if (stored === undefined || (!mine.has(id) && isRunning(stored))) return false;
      await put(work, stored.draft, textFor(work, stored.draft), () => true);
      return true;
    },
  );
}

/** Writes a draft unless it was dropped in the meantime. Needs the lock. */
async function put(work: Work, draft: Draft, text: string, isCurrent: () => boolean): Promise<void> {
  const { writer, texts, drafts } = work;
  const path = texts.placeFor(drafts.pathOf(draft.id));
  if (Buffer.byteLength(text) > readLimit)
    throw problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
  const data: Data = await texts.dataFor(path, text);
  // Nothing may be written for a draft that was dropped while it was encrypted.
  if (!isCurrent()) return;
  drafts.mine.add(draft.id);
  writer.put(path, data);
  // The folder may have been encrypted in the meantime; the encrypted file replaces the plaintext one.
  if (isEncryptedName(path)) writer.remove(plaintextName(path));
}

function textFor({ pid, host, processStartTime, now }: DraftFolderNeeds, draft: Draft): string {
  const start = processStartTime(pid);
  return `${JSON.stringify({ draft: 1, pid, host: host(), start, at: now(), ...withoutRunInfo(draft) })}\n`;
}

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDraftFile, type StoredDraft } from './draft-file.ts';
import { isId } from '../format/check-head.ts';
import { codeOf, fault, problemOf, readFault, type StorageFault } from '../fs/problems.ts';
import { isThere } from '../fs/read-file.ts';
import { isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import { readPlaintext, type ReadData, type EncryptedFiles } from '../encryption/encrypted-files.ts';

export interface DraftFolderNeeds {
  /** `.rupture/drafts`; made with the first draft. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly isAlive: (pid: number) => boolean;
  /** The start time of the process with this PID, if known; PIDs are reused. */
  readonly processStartTime: (pid: number) => string | undefined;
  readonly texts: EncryptedFiles;
  /**
   * Throws a Problem where one of the program's own folders is a link or no folder. Called before a draft is
   * looked for.
   */
  readonly checkOwn: () => void;
}

/** What a draft's file holds, or why it can't be read; neither where there is no file. */
export interface DraftRead {
  readonly kept?: StoredDraft;
  readonly damage?: StorageFault;
}

/** The files of the drafts, as they are found on disk. */
export interface DraftFolder {
  /** The ids of the drafts that this run works on. */
  readonly mine: Set<string>;
  /** Where a draft lies in plaintext, absolute. */
  readonly pathOf: (id: string) => string;
  /** Where a draft lies, encrypted or not. */
  readonly placeOf: (id: string) => string;
  /** The names of all drafts. */
  readonly names: () => readonly string[];
  /** The names of all files in the folder. */
  readonly allNames: () => readonly string[];
  /** Says what was read at `path`. */
  readonly lookIn: (path: string, read: ReadData) => DraftRead;
  /** Reads the file of this name. May ask for the passphrase. */
  readonly lookAt: (name: string) => Promise<DraftRead>;
  /** Whether a draft in plaintext can be read; nothing is asked. */
  readonly isReadable: (id: string) => boolean;
  /** Why the file at `path` could not be read earlier in this run, if it could not. */
  readonly missedAt: (path: string) => StorageFault | undefined;
  /** Why the file of this name can't be read. May ask for the passphrase. */
  readonly damageOf: (name: string) => Promise<StorageFault | undefined>;
  /** Whether a program works on a draft. */
  readonly isRunning: (kept: StoredDraft) => boolean;
}

/** A draft that nobody has touched for a day is nobody's, even if its program's PID is in use (again). */
const abandonedAfter = 24 * 60 * 60 * 1000;
/** A draft saved later than now says nothing about who works on it: a clock was set back. */
const clockMayDiffer = 60 * 1000;

export function openDraftFolder(needs: DraftFolderNeeds): DraftFolder {
  const { folder, texts, checkOwn } = needs;
  const mine = new Set<string>();
  /**
   * Drafts that failed to load earlier in this run. They stay reported even if they load now: the person may
   * have been told that there was no draft.
   */
  const missed = new Map<string, StorageFault>();
  const pathOf = (id: string): string => {
    if (!isId(id)) throw new Error('a draft needs an id');
    return join(folder, `${id}.json`);
  };
  const lookIn = (path: string, read: ReadData): DraftRead => {
    if (read.is === 'text') {
      const kept = keptIn(path, read.text);
      return kept === undefined ? { damage: fault('storage.draft-damaged', { path }) } : { kept };
    }
    if (read.fault.key === 'storage.read-missing') return {};
    missed.set(path, read.fault);
    return { damage: isEncryptedName(path) ? read.fault : fault('storage.draft-damaged', { path }) };
  };
  const lookAt = async (name: string): Promise<DraftRead> => {
    const path = join(folder, name);
    return lookIn(path, await texts.read(path));
  };
  const damageOf = async (name: string): Promise<StorageFault | undefined> => {
    const path = join(folder, name);
    if (name.includes('.damaged-')) return fault('storage.draft-damaged', { path });
    return isDraftName(name) ? ((await lookAt(name)).damage ?? missed.get(path)) : undefined;
  };
  const allNames = (): readonly string[] => {
    checkOwn();
    return namesIn(folder);
  };
  return {
    mine,
    pathOf,
    placeOf: id => {
      const encrypted = encryptedName(pathOf(id));
      return isThere(encrypted) ? encrypted : pathOf(id);
    },
    names: () => allNames().filter(isDraftName),
    allNames,
    lookIn,
    lookAt,
    isReadable: id => lookIn(pathOf(id), readPlaintext(pathOf(id))).kept !== undefined,
    missedAt: path => missed.get(path),
    damageOf,
    isRunning: kept => isRunning(needs, mine, kept),
  };
}

function isRunning(
  { pid, host, now, isAlive, processStartTime: startOf }: DraftFolderNeeds,
  mine: ReadonlySet<string>,
  kept: StoredDraft,
): boolean {
  const age = now() - kept.at;
  if (kept.host !== host() || age > abandonedAfter || age < -clockMayDiffer) return false;
  if (kept.pid === pid) return mine.has(kept.draft.id);
  const start = kept.start === undefined ? undefined : startOf(kept.pid);
  return isAlive(kept.pid) && (start === undefined || start === kept.start);
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

/** The id in the name of a draft's file. */
export function idIn(name: string): string {
  return name.replace(/\.json(?:\.age)?$/, '');
}

/** A draft under the name of another could be offered and then neither be claimed nor dropped. */
function keptIn(path: string, text: string): StoredDraft | undefined {
  const kept = parseDraftFile(text);
  return kept !== undefined && idIn(basename(path)) === kept.draft.id ? kept : undefined;
}

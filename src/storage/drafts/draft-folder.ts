import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDraftFile, type StoredDraft } from './draft-file.ts';
import { isId } from '../format/check-head.ts';
import { codeOf, fault, problemOf, readFault, type StorageFault } from '../fs/problems.ts';
import { isThere } from '../fs/read-file.ts';
import { isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import { readPlaintext, type ReadData, type EncryptedFiles } from '../encryption/encrypted-files.ts';

export interface DraftFolderNeeds {
  /** `.rupture/drafts`; created with the first draft. */
  readonly folder: string;
  readonly pid: number;
  readonly host: () => string;
  /** Returns the current time in milliseconds. */
  readonly now: () => number;
  readonly isAlive: (pid: number) => boolean;
  /** The start time of the process with this PID, if known; PIDs are reused. */
  readonly processStartTime: (pid: number) => string | undefined;
  readonly texts: EncryptedFiles;
  /**
   * Throws a Problem if one of the program's own folders is a link or not a folder. Called before reading.
   */
  readonly checkOwn: () => void;
}

/** The content of a draft's file, or why it can't be read; neither if there is no file. */
export interface DraftRead {
  readonly stored?: StoredDraft;
  readonly damage?: StorageFault;
}

/** The draft files on disk. */
export interface DraftFolder {
  /** The ids of the drafts that this run works on. */
  readonly mine: Set<string>;
  /** Returns the absolute path of a draft's plaintext file, whether or not it exists. */
  readonly pathOf: (id: string) => string;
  /** Returns the absolute path of a draft's encrypted file if that exists, else of its plaintext file. */
  readonly placeOf: (id: string) => string;
  /** Returns the file names of all drafts. */
  readonly names: () => readonly string[];
  /** Returns the names of all files in the folder. */
  readonly allNames: () => readonly string[];
  /** Parses what was read at `path`. */
  readonly parse: (path: string, read: ReadData) => DraftRead;
  /** Reads and parses the file of this name. May ask for the passphrase. */
  readonly read: (name: string) => Promise<DraftRead>;
  /** Whether a draft's plaintext file can be read. Never asks for the passphrase. */
  readonly isReadable: (id: string) => boolean;
  /** Returns why the file at `path` failed to load earlier in this run; undefined if it never failed. */
  readonly missedAt: (path: string) => StorageFault | undefined;
  /** Returns why the file of this name can't be read, if so. May ask for the passphrase. */
  readonly damageOf: (name: string) => Promise<StorageFault | undefined>;
  /** Whether a running program is working on a draft. */
  readonly isRunning: (stored: StoredDraft) => boolean;
}

/**
 * Milliseconds after which an unchanged draft counts as abandoned, even if its process still seems to run.
 */
const abandonedAfter = 24 * 60 * 60 * 1000;
/**
 * Milliseconds by which a draft may have been saved in the future. Beyond that, a clock was set back, and the
 * draft does not count as in use.
 */
const clockMayDiffer = 60 * 1000;

/** Opens the folder of the drafts. Reads nothing until a method is called. */
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
  const parseRead = (path: string, read: ReadData): DraftRead => {
    if (read.is === 'text') {
      const stored = parseNamedDraft(path, read.text);
      return stored === undefined ? { damage: fault('storage.draft-damaged', { path }) } : { stored };
    }
    if (read.fault.key === 'storage.read-missing') return {};
    missed.set(path, read.fault);
    return { damage: isEncryptedName(path) ? read.fault : fault('storage.draft-damaged', { path }) };
  };
  const readNamed = async (name: string): Promise<DraftRead> => {
    const path = join(folder, name);
    return parseRead(path, await texts.read(path));
  };
  const damageOf = async (name: string): Promise<StorageFault | undefined> => {
    const path = join(folder, name);
    if (name.includes('.damaged-')) return fault('storage.draft-damaged', { path });
    return isDraftName(name) ? ((await readNamed(name)).damage ?? missed.get(path)) : undefined;
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
    parse: parseRead,
    read: readNamed,
    isReadable: id => parseRead(pathOf(id), readPlaintext(pathOf(id))).stored !== undefined,
    missedAt: path => missed.get(path),
    damageOf,
    isRunning: stored => isRunning(needs, mine, stored),
  };
}

function isRunning(
  { pid, host, now, isAlive, processStartTime }: DraftFolderNeeds,
  mine: ReadonlySet<string>,
  stored: StoredDraft,
): boolean {
  const age = now() - stored.at;
  if (stored.host !== host() || age > abandonedAfter || age < -clockMayDiffer) return false;
  if (stored.pid === pid) return mine.has(stored.draft.id);
  const start = stored.start === undefined ? undefined : processStartTime(stored.pid);
  return isAlive(stored.pid) && (start === undefined || start === stored.start);
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

/** Returns the id in the name of a draft's file. */
export function idIn(name: string): string {
  return name.replace(/\.json(?:\.age)?$/, '');
}

/**
 * Parses a draft's file. Returns undefined if the draft's id differs from the one in the file name: such a
 * draft could be offered, but neither claimed nor dropped.
 */
function parseNamedDraft(path: string, text: string): StoredDraft | undefined {
  const stored = parseDraftFile(text);
  return stored !== undefined && idIn(basename(path)) === stored.draft.id ? stored : undefined;
}

import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Opened } from './age.ts';
import { isNamedLikeOurs } from '../format/front-matter.ts';
import { findFront } from '../format/front-span.ts';
import type { KeyFiles } from './key-files.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { decode, readLimit, sealedLimit, tooLarge, tryReadBytes, tryReadWhole } from '../fs/read-file.ts';
import type { Data } from '../fs/write-file.ts';
import type { SealFault } from './encrypted-header.ts';
import { clearName, isSealedName, sealedName } from '../fs/encrypted-name.ts';
import type { IsLocked, Vault } from './vault.ts';

/** A text and what lies on disk for it; they are the same where it is not sealed. */
export type ReadData =
  | { readonly is: 'text'; readonly text: string; readonly data: Data }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * The one place where files and the vault meet: what lies on disk, encrypted or not, as text, and text as
 * what is to be written.
 */
export interface Texts {
  /** Whether new texts are sealed. Throws a Problem when that is not for this machine to say. */
  readonly seals: () => boolean;
  readonly sealing: KeyFiles['look'];
  /** Forgets how the folder was found encrypted; called whenever its lock is taken. */
  readonly refresh: () => void;
  /** Whether the folder is sealed, or on its way. */
  readonly isSealed: () => boolean;
  /** Whether the passphrase would have to be asked for. */
  readonly isLocked: () => boolean;
  /** Asks for the passphrase where `isLocked` says so. Throws a Problem (exit 4) without it. */
  readonly unlock: () => Promise<void>;
  /** Where a new text lies: with the ending of what is sealed, where it is. */
  readonly placeFor: (path: string) => string;
  /**
   * Says why what lies at `path` is left as it is: it is clear and the folder sealed, or the other way round.
   * Throws a Problem where `seals` does.
   */
  readonly stray: (path: string) => StorageFault | undefined;
  /**
   * What is to be written at `path`: encrypted or not, as its name says. Wants the lock. Throws a Problem where
   * `stray` names one.
   */
  readonly dataFor: (path: string, text: string) => Promise<Data>;
  /** Reads without a lock, and decrypts; may ask for the passphrase. */
  readonly open: (path: string) => Promise<ReadData>;
  /** Reads under the lock: nobody is asked. `locked` where `open` has to be called first. */
  readonly readAtOnce: (path: string) => Promise<ReadData | IsLocked>;
}

export interface TextsNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly files: KeyFiles;
  readonly vault: Vault;
  /** Whether the passphrase was given in this run. */
  readonly isUnlocked: () => boolean;
}

/** Characters of decrypted text that are remembered; many times what a year of notes holds. */
const mostKept = 32 * 1024 * 1024;

/** What encrypted files hold, by the digest of their bytes: a text, or why there is none. */
interface Decrypted {
  readonly has: (digest: string) => boolean;
  readonly get: (digest: string) => string | StorageFault | undefined;
  readonly remember: (digest: string, found: string | StorageFault) => void;
  /** Forgets everything once it is too much. */
  readonly trim: () => void;
}

/** Opens the texts of a folder. Nothing is read or asked before it is used. */
export function openTexts({ folder, files, vault, isUnlocked }: TextsNeeds): Texts {
  const decrypted = openDecrypted();
  const own = join(folder, '.rupture');
  /** Whether an encrypted file came into a folder which is not encrypted. */
  const isStranger = (): boolean => {
    if (isUnlocked() || files.look().state !== 'off') return false;
    // Another command may have encrypted the folder since the files were looked up.
    files.refresh();
    return files.look().state === 'off';
  };
  /** Reads what lies at `path`, and decrypts it by `decrypt` where that was not done before. */
  const readBy = async <L extends IsLocked>(
    path: string,
    decrypt: (bytes: Buffer) => Promise<Opened | L>,
  ): Promise<ReadData | L> => {
    if (!isSealedName(path)) return readPlaintext(path);
    const read = tryReadBytes(path, { limit: sealedLimit });
    if (read.is === 'fault') return read;
    const { bytes } = read;
    const digest = digestOf(bytes);
    if (!decrypted.has(digest)) {
      const result = isStranger() ? fault('storage.sealed-stranger', { path }) : await decrypt(bytes);
      if ('is' in result && isLocked(result)) return result;
      decrypted.remember(digest, 'is' in result ? contentOf(result, path) : result);
    }
    return dataOf({ path, bytes, found: decrypted.get(digest) ?? '', isNote: !path.startsWith(own) });
  };
  const stray = (path: string): StorageFault | undefined => strayFault(path, files.recipient());

  const texts: Texts = {
    refresh: files.refresh,
    sealing: () => {
      files.refresh();
      return files.look();
    },
    seals: () => files.recipient() !== undefined,
    isSealed: () => files.look().state !== 'off',
    isLocked: () => files.look().state !== 'off' && !isUnlocked(),
    unlock: async () => {
      if (texts.isLocked()) await vault.unlock();
    },
    placeFor: path => (files.recipient() === undefined ? path : sealedName(path)),
    stray,
    dataFor: async (path, text) => {
      const found = stray(path);
      if (found !== undefined) throw problemOf(found);
      const recipient = files.recipient();
      if (recipient === undefined) return text;
      const bytes = await vault.seal(recipient, Buffer.from(text, 'utf8'));
      // What this run has written it can read again, and nobody is asked.
      decrypted.remember(digestOf(bytes), text);
      return bytes;
    },
    open: path => {
      decrypted.trim();
      return readBy<never>(path, vault.open);
    },
    readAtOnce: path => readBy(path, vault.openAtOnce),
  };
  return texts;
}

/** Why what lies at `path` is left as it is, when new texts are encrypted for this recipient or for nobody. */
function strayFault(path: string, recipient: string | undefined): StorageFault | undefined {
  if (isSealedName(path) === (recipient !== undefined)) return undefined;
  return isSealedName(path)
    ? fault('storage.sealed-stray', { path })
    : fault('storage.clear-stray', { path });
}

function openDecrypted(): Decrypted {
  const known = new Map<string, string | StorageFault>();
  let size = 0;
  return {
    has: digest => known.has(digest),
    get: digest => known.get(digest),
    remember: (digest, found) => {
      if (!known.has(digest)) size += typeof found === 'string' ? found.length : 0;
      known.set(digest, found);
    },
    trim: () => {
      if (size <= mostKept) return;
      known.clear();
      size = 0;
    },
  };
}

/** The text that was decrypted; or what is wrong with the file, or with the text. */
function contentOf(result: Opened, path: string): string | StorageFault {
  if (result.is !== 'bytes') return sealFault(result.is, path);
  if (result.bytes.length > readLimit) return tooLarge(path);
  const read = decode(result.bytes, path);
  return read.is === 'text' ? read.text : read.fault;
}

interface FoundData {
  readonly path: string;
  readonly bytes: Buffer;
  readonly found: string | StorageFault;
  readonly isNote: boolean;
}

function dataOf({ path, bytes, found, isNote }: FoundData): ReadData {
  // The same bytes may lie in two places.
  if (typeof found !== 'string')
    return { is: 'fault', fault: { ...found, params: { ...found.params, path } } };
  // A name that a person gave says nothing of an id; ours does, and a text under the name of another was put
  // there.
  const id = isNote && isNamedLikeOurs(clearName(basename(path))) ? idIn(found) : undefined;
  if (id !== undefined && !basename(path).includes(id))
    return { is: 'fault', fault: fault('storage.sealed-swapped', { path, id }) };
  return { is: 'text', text: found, data: bytes };
}

/** Reads a file that is not encrypted. */
export function readPlaintext(path: string): ReadData {
  const read = tryReadWhole(path);
  return read.is === 'text' ? { is: 'text', text: read.text, data: read.text } : read;
}

/** Says in a fault what is wrong with an encrypted file. */
export function sealFault(found: SealFault, path: string): StorageFault {
  switch (found) {
    case 'other-key':
      return fault('storage.sealed-other-key', { path });
    case 'damaged':
      return fault('storage.sealed-damaged', { path });
    case 'readers':
      return fault('storage.sealed-readers', { path });
    case 'line-ends':
      return fault('storage.sealed-line-ends', { path });
  }
}

function isLocked<L extends IsLocked>(result: Opened | L): result is L {
  return result.is === 'locked';
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** The id that a text's front matter says, if any. */
function idIn(text: string): string | undefined {
  const span = findFront(text);
  return typeof span === 'object'
    ? /^id: *["']?([A-Za-z0-9_-]{1,64})["']? *\r?$/m.exec(text.slice(span.start, span.end))?.[1]
    : undefined;
}

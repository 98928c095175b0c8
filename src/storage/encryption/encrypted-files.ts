import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { DecryptResult } from './age.ts';
import { isNoteFileName } from '../format/front-matter.ts';
import { findFront } from '../format/front-span.ts';
import type { KeyFiles } from './key-files.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { decode, readLimit, encryptedLimit, tooLarge, tryReadBytes, tryReadWhole } from '../fs/read-file.ts';
import type { Data } from '../fs/write-file.ts';
import type { EncryptionFault } from './encrypted-header.ts';
import { plaintextName, isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import type { IsLocked, Vault } from './vault.ts';

/** A text and what lies on disk for it; they are the same where it is not sealed. */
export type ReadData =
  | { readonly is: 'text'; readonly text: string; readonly data: Data }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * The one place where files and the vault meet: what lies on disk, encrypted or not, as text, and text as
 * what is to be written.
 */
export interface EncryptedFiles {
  /** Whether new texts are sealed. Throws a Problem when that is not for this machine to say. */
  readonly isEncrypting: () => boolean;
  readonly keyFiles: KeyFiles['state'];
  /** Forgets how the folder was found encrypted; called whenever its lock is taken. */
  readonly refresh: () => void;
  /** Whether the folder is sealed, or on its way. */
  readonly hasEncrypted: () => boolean;
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
  readonly wronglyEncrypted: (path: string) => StorageFault | undefined;
  /**
   * What is to be written at `path`: encrypted or not, as its name says. Wants the lock. Throws a Problem where
   * `stray` names one.
   */
  readonly dataFor: (path: string, text: string) => Promise<Data>;
  /** Reads without a lock, and decrypts; may ask for the passphrase. */
  readonly read: (path: string) => Promise<ReadData>;
  /** Reads under the lock: nobody is asked. `locked` where `open` has to be called first. */
  readonly readAtOnce: (path: string) => Promise<ReadData | IsLocked>;
}

export interface EncryptedFilesNeeds {
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
export function openEncryptedFiles({
  folder,
  files,
  vault,
  isUnlocked,
}: EncryptedFilesNeeds): EncryptedFiles {
  const decrypted = openDecrypted();
  const own = join(folder, '.rupture');
  /** Whether an encrypted file came into a folder which is not encrypted. */
  const isStranger = (): boolean => {
    if (isUnlocked() || files.state().state !== 'off') return false;
    // Another command may have encrypted the folder since the files were looked up.
    files.refresh();
    return files.state().state === 'off';
  };
  /** Reads what lies at `path`, and decrypts it by `decrypt` where that was not done before. */
  const readBy = async <L extends IsLocked>(
    path: string,
    decrypt: (bytes: Buffer) => Promise<DecryptResult | L>,
  ): Promise<ReadData | L> => {
    if (!isEncryptedName(path)) return readPlaintext(path);
    const read = tryReadBytes(path, { limit: encryptedLimit });
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
  const wronglyEncrypted = (path: string): StorageFault | undefined =>
    wronglyEncryptedFault(path, files.recipient());

  const texts: EncryptedFiles = {
    refresh: files.refresh,
    keyFiles: () => {
      files.refresh();
      return files.state();
    },
    isEncrypting: () => files.recipient() !== undefined,
    hasEncrypted: () => files.state().state !== 'off',
    isLocked: () => files.state().state !== 'off' && !isUnlocked(),
    unlock: async () => {
      if (texts.isLocked()) await vault.unlock();
    },
    placeFor: path => (files.recipient() === undefined ? path : encryptedName(path)),
    wronglyEncrypted: wronglyEncrypted,
    dataFor: async (path, text) => {
      const found = wronglyEncrypted(path);
      if (found !== undefined) throw problemOf(found);
      const recipient = files.recipient();
      if (recipient === undefined) return text;
      const bytes = await vault.encrypt(recipient, Buffer.from(text, 'utf8'));
      // What this run has written it can read again, and nobody is asked.
      decrypted.remember(digestOf(bytes), text);
      return bytes;
    },
    read: path => {
      decrypted.trim();
      return readBy<never>(path, vault.decrypt);
    },
    readAtOnce: path => readBy(path, vault.decryptWithoutAsking),
  };
  return texts;
}

/** Why what lies at `path` is left as it is, when new texts are encrypted for this recipient or for nobody. */
function wronglyEncryptedFault(path: string, recipient: string | undefined): StorageFault | undefined {
  if (isEncryptedName(path) === (recipient !== undefined)) return undefined;
  return isEncryptedName(path)
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
function contentOf(result: DecryptResult, path: string): string | StorageFault {
  if (result.is !== 'bytes') return encryptionFault(result.is, path);
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
  const id = isNote && isNoteFileName(plaintextName(basename(path))) ? idIn(found) : undefined;
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
export function encryptionFault(found: EncryptionFault, path: string): StorageFault {
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

function isLocked<L extends IsLocked>(result: DecryptResult | L): result is L {
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

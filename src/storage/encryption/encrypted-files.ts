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

/** The text of a file (`text`) and its content on disk (`data`). The same string for a plaintext file. */
export type ReadData =
  | { readonly is: 'text'; readonly text: string; readonly data: Data }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * Reads and prepares the files of a folder, encrypted or not, as text. All paths are absolute. Only this
 * module and `encrypt-all` encrypt or decrypt files.
 */
export interface EncryptedFiles {
  /** Whether new files are encrypted. Throws a Problem as `KeyFiles.recipient` does. */
  readonly isEncrypting: () => boolean;
  /** Looks the key files up again and returns their state. */
  readonly keyFiles: KeyFiles['state'];
  /** Forgets the state of the key files. Called whenever the folder's lock is taken. */
  readonly refresh: () => void;
  /** Whether the folder is encrypted, or is being encrypted or decrypted. */
  readonly hasEncrypted: () => boolean;
  /** Whether decrypting a file would ask for the passphrase. */
  readonly isLocked: () => boolean;
  /** Asks for the passphrase if `isLocked`. Throws a Problem (exit 4) if nobody gives the right one. */
  readonly unlock: () => Promise<void>;
  /** Returns the path for a new file: with the ending `.age` if new files are encrypted. */
  readonly placeFor: (path: string) => string;
  /**
   * Returns a fault if the file at `path` is plaintext in an encrypted folder, or encrypted in a plaintext
   * one: such a file must not be changed. Judges by the name alone. Throws a Problem as `isEncrypting`
   * does.
   */
  readonly wronglyEncrypted: (path: string) => StorageFault | undefined;
  /**
   * Returns the content to write at `path` for a text: encrypted or not, as the folder's state requires. The
   * caller must hold the folder's lock. Throws a Problem if `wronglyEncrypted` returns a fault.
   */
  readonly dataFor: (path: string, text: string) => Promise<Data>;
  /** Reads and decrypts a file. May ask for the passphrase, so the caller must not hold the lock. */
  readonly read: (path: string) => Promise<ReadData>;
  /** Reads and decrypts a file under the lock. Never asks; returns `locked` if that needs the passphrase. */
  readonly readWithoutAsking: (path: string) => Promise<ReadData | IsLocked>;
}

export interface EncryptedFilesNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly files: KeyFiles;
  readonly vault: Vault;
  /** Whether the passphrase was given in this run. */
  readonly isUnlocked: () => boolean;
}

/** How many characters of decrypted text are cached; many times a year of notes. */
const maxCachedCharacters = 32 * 1024 * 1024;

/**
 * A cache by the digest of an encrypted file's bytes: the decrypted text, or why it could not be decrypted.
 */
interface DecryptedCache {
  readonly has: (digest: string) => boolean;
  readonly get: (digest: string) => string | StorageFault | undefined;
  readonly remember: (digest: string, found: string | StorageFault) => void;
  /** Empties the cache if it is too large. */
  readonly trim: () => void;
}

/** Opens the files of a folder. Reads nothing and asks nothing until a method is called. */
export function openEncryptedFiles({
  folder,
  files,
  vault,
  isUnlocked,
}: EncryptedFilesNeeds): EncryptedFiles {
  const decrypted = openDecryptedCache();
  const own = join(folder, '.rupture');
  /** Reads the file at `path` and decrypts it with `decrypt`, unless the text is in the cache. */
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
      const result = isFromElsewhere(files, isUnlocked)
        ? fault('storage.sealed-stranger', { path })
        : await decrypt(bytes);
      if ('is' in result && isLocked(result)) return result;
      decrypted.remember(digest, 'is' in result ? contentOf(result, path) : result);
    }
    return dataOf({ path, bytes, found: decrypted.get(digest) ?? '', isNote: !path.startsWith(own) });
  };
  const wronglyEncrypted = (path: string): StorageFault | undefined =>
    wronglyEncryptedFault(path, files.recipient());

  const encryptedFiles: EncryptedFiles = {
    refresh: files.refresh,
    keyFiles: () => {
      files.refresh();
      return files.state();
    },
    isEncrypting: () => files.recipient() !== undefined,
    hasEncrypted: () => files.state().state !== 'off',
    isLocked: () => files.state().state !== 'off' && !isUnlocked(),
    unlock: async () => {
      if (encryptedFiles.isLocked()) await vault.unlock();
    },
    placeFor: path => (files.recipient() === undefined ? path : encryptedName(path)),
    wronglyEncrypted,
    dataFor: async (path, text) => {
      const found = wronglyEncrypted(path);
      if (found !== undefined) throw problemOf(found);
      const recipient = files.recipient();
      if (recipient === undefined) return text;
      const bytes = await vault.encrypt(recipient, Buffer.from(text, 'utf8'));
      // So that this run can read the file again without asking for the passphrase.
      decrypted.remember(digestOf(bytes), text);
      return bytes;
    },
    read: path => {
      decrypted.trim();
      return readBy<never>(path, vault.decrypt);
    },
    readWithoutAsking: path => readBy(path, vault.decryptWithoutAsking),
  };
  return encryptedFiles;
}

/** Whether an encrypted file must come from elsewhere, because the folder is not encrypted. */
function isFromElsewhere(files: KeyFiles, isUnlocked: () => boolean): boolean {
  if (isUnlocked() || files.state().state !== 'off') return false;
  // Another command may have encrypted the folder since the last lookup.
  files.refresh();
  return files.state().state === 'off';
}

/** Returns a fault unless the file's name says that it is encrypted exactly if there is a recipient. */
function wronglyEncryptedFault(path: string, recipient: string | undefined): StorageFault | undefined {
  if (isEncryptedName(path) === (recipient !== undefined)) return undefined;
  return isEncryptedName(path)
    ? fault('storage.sealed-stray', { path })
    : fault('storage.clear-stray', { path });
}

function openDecryptedCache(): DecryptedCache {
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
      if (size <= maxCachedCharacters) return;
      known.clear();
      size = 0;
    },
  };
}

/** Returns the decrypted text; or the fault of the encrypted file, or of the text in it. */
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
  // The fault may come from the cache, where another file with the same bytes left its own path.
  if (typeof found !== 'string')
    return { is: 'fault', fault: { ...found, params: { ...found.params, path } } };
  // File names that the program makes contain the note's id. If the id in the text differs, somebody swapped
  // encrypted files. A name that the person chose need not contain an id.
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

/** Returns the fault for an encrypted file that can't be decrypted. */
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

/** Returns the `id` in a text's front matter; undefined when there is none. */
function idIn(text: string): string | undefined {
  const span = findFront(text);
  return typeof span === 'object'
    ? /^id: *["']?([A-Za-z0-9_-]{1,64})["']? *\r?$/m.exec(text.slice(span.start, span.end))?.[1]
    : undefined;
}

import { lstatSync } from 'node:fs';
import { decryptWith, encryptFor, type HeldKey } from '../encryption/age.ts';
import { fault, type StorageFault } from '../fs/problems.ts';
import { isThere, encryptedLimit, tryReadBytes } from '../fs/read-file.ts';
import type { Locked } from '../fs/lock.ts';
import type { Writer } from '../fs/write-file.ts';
import { plaintextName, isEncryptedName, encryptedName } from '../fs/encrypted-name.ts';
import { encryptionFault } from '../encryption/encrypted-files.ts';

export interface ConvertNeeds {
  readonly writer: Writer;
  /**
   * Runs `work` under the folder's lock. Throws a Problem instead when another command has changed the
   * encryption of the folder since this run began.
   */
  readonly change: Locked;
  /** The key to encrypt files for comes first. The older keys only decrypt. */
  readonly keys: readonly [HeldKey, ...HeldKey[]];
}

/** The result of one attempt. `again`: the file changed during the attempt. */
type Converted = 'done' | 'again' | StorageFault;

/**
 * Encrypts one file. Checks in memory that the key decrypts the result, writes it beside the plaintext, reads
 * it back, and only then removes the plaintext, so that one of the two files is readable at every moment.
 * Returns a fault when that fails; the plaintext then stays. A missing file counts as done.
 */
export function encryptFile(needs: ConvertNeeds, path: string): Promise<StorageFault | undefined> {
  return retryUntilDone(path, async () => {
    const read = tryReadBytes(path, { limit: encryptedLimit });
    if (read.is === 'fault') return read.fault.key === 'storage.read-missing' ? 'done' : read.fault;
    return replaceFile(
      needs,
      { path, before: read.bytes, plaintext: read.bytes, target: encryptedName(path) },
      await encryptBytes(needs, read.bytes),
    );
  });
}

/**
 * Replaces one encrypted file by its plaintext, in the same order as `encryptFile`, and with the same
 * result.
 */
export function decryptFile(needs: ConvertNeeds, path: string): Promise<StorageFault | undefined> {
  return retryUntilDone(path, async () => {
    const opened = await openFile(needs.keys, path);
    if (opened.is === 'fault') return opened.fault.key === 'storage.read-missing' ? 'done' : opened.fault;
    return replaceFile(
      needs,
      { path, before: opened.encrypted, plaintext: opened.bytes, target: plaintextName(path) },
      opened.bytes,
    );
  });
}

/** Encrypts one file again, for the first key, if it is encrypted for one of the older keys. */
export function reencryptFile(needs: ConvertNeeds, path: string): Promise<StorageFault | undefined> {
  const { writer, change, keys } = needs;
  return retryUntilDone(path, async () => {
    if ((await openFile([keys[0]], path)).is === 'opened') return 'done';
    const opened = await openFile(keys, path);
    if (opened.is === 'fault') return opened.fault.key === 'storage.read-missing' ? 'done' : opened.fault;
    const encrypted = await encryptBytes(needs, opened.bytes);
    return change(() => {
      if (!writer.replace(path, encrypted, opened.encrypted)) return 'again';
      return hasBytes(path, encrypted) ? 'done' : fault('storage.sealed-damaged', { path });
    });
  });
}

/**
 * Returns a text that changes whenever the file is replaced or written to: its inode, size in bytes and
 * modification time in nanoseconds. Returns undefined when there is no file.
 */
export function versionOf(path: string): string | undefined {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

const maxTries = 20;

async function retryUntilDone(
  path: string,
  attempt: () => Promise<Converted>,
): Promise<StorageFault | undefined> {
  for (let tries = 0; tries < maxTries; tries++) {
    const converted = await attempt();
    if (converted === 'done') return undefined;
    if (converted !== 'again') return converted;
  }
  return fault('storage.keeps-changing', { path });
}

interface Replacement {
  readonly path: string;
  /** The bytes that were read at `path`. */
  readonly before: Buffer;
  readonly plaintext: Buffer;
  readonly target: string;
}

/** Writes `bytes` at the target, reads them back and removes the file at `path`. */
async function replaceFile(
  needs: ConvertNeeds,
  { path, before, plaintext, target }: Replacement,
  bytes: Uint8Array,
): Promise<Converted> {
  const { writer, change, keys } = needs;
  // The target exists if an earlier run stopped halfway, or somebody copied another version into the folder.
  const earlier = isThere(target) ? await contentOf(keys, target) : undefined;
  if (earlier !== undefined && 'key' in earlier) return earlier;
  // Without hard links a killed run can leave an empty file that only reserves the name.
  const isFilled = earlier !== undefined && earlier.bytes.length > 0;
  if (isFilled && !earlier.content.equals(plaintext))
    return fault('storage.two-versions', { path, other: target });
  return change(() => {
    if (!hasBytes(path, before)) return isThere(path) ? 'again' : 'done';
    if (isFilled) {
      if (!hasBytes(target, earlier.bytes)) return 'again';
      writer.remove(path);
      return 'done';
    }
    const isWritten =
      earlier === undefined ? writer.add(target, bytes) : writer.replace(target, bytes, earlier.bytes);
    if (!isWritten) return 'again';
    if (!hasBytes(target, bytes)) return fault('storage.sealed-damaged', { path: target });
    // If another command has removed the file at `path` since, it must not come back under its new name.
    if (!writer.remove(path)) writer.remove(target);
    return 'done';
  });
}

/** The decrypted content of a file, and its bytes on disk. */
interface Content {
  readonly content: Buffer;
  readonly bytes: Buffer;
}

/**
 * Reads the file at the target. Returns its bytes and its decrypted content; or a fault when it can't be read
 * or decrypted.
 */
async function contentOf(keys: ConvertNeeds['keys'], target: string): Promise<Content | StorageFault> {
  const read = tryReadBytes(target, { limit: encryptedLimit });
  if (read.is === 'fault') return read.fault;
  if (!isEncryptedName(target) || read.bytes.length === 0) return { content: read.bytes, bytes: read.bytes };
  const opened = await decryptWith(keys, read.bytes);
  if (opened.is !== 'bytes') return encryptionFault(opened.is, target);
  return { content: Buffer.from(opened.bytes), bytes: read.bytes };
}

/** Encrypts for the first key and checks in memory that the key decrypts the result. */
async function encryptBytes({ keys: [key] }: ConvertNeeds, bytes: Buffer): Promise<Uint8Array> {
  const encrypted = await encryptFor(key.recipient, bytes);
  const proof = await decryptWith([key], encrypted);
  if (proof.is !== 'bytes' || !Buffer.from(proof.bytes).equals(bytes))
    throw new Error('the encrypted text does not open');
  return encrypted;
}

type OpenedFile =
  | { readonly is: 'opened'; readonly bytes: Buffer; readonly encrypted: Buffer }
  | { readonly is: 'fault'; readonly fault: StorageFault };

async function openFile(keys: readonly HeldKey[], path: string): Promise<OpenedFile> {
  const read = tryReadBytes(path, { limit: encryptedLimit });
  if (read.is === 'fault') return read;
  const opened = await decryptWith(keys, read.bytes);
  return opened.is === 'bytes'
    ? { is: 'opened', bytes: Buffer.from(opened.bytes), encrypted: read.bytes }
    : { is: 'fault', fault: encryptionFault(opened.is, path) };
}

function hasBytes(path: string, bytes: Uint8Array): boolean {
  const read = tryReadBytes(path, { limit: encryptedLimit });
  return read.is === 'bytes' && read.bytes.equals(bytes);
}

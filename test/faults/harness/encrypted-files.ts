import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decryptWithPassphrase, readIdentities } from '../../../src/storage/encryption/age.ts';
import type { HeldKey } from '../../../src/storage/encryption/age.ts';
import { plaintextName, isEncryptedName } from '../../../src/storage/fs/encrypted-name.ts';
import type { ReadData } from '../../../src/storage/encryption/encrypted-files.ts';
import { readAge } from './read-age.ts';

/** Every key that a test has learned. Each encrypted file must open with one of them. */
const keys: HeldKey[] = [];
const learned = new Set<string>();

/**
 * Learns the keys of a folder, once per key file; as slow as unlocking. Returns false if none of these
 * passphrases opens it.
 */
export async function learnKeys(folder: string, passphrases: readonly string[]): Promise<boolean> {
  for (const name of namesIn(join(folder, '.rupture')).filter(
    one => one === 'identity.age' || one.startsWith('former-key-'),
  )) {
    const bytes = readFileSync(join(folder, '.rupture', name));
    const mark = createHash('sha256').update(bytes).digest('hex');
    if (learned.has(mark)) continue;
    let found: readonly HeldKey[] | undefined;
    for (const passphrase of passphrases) {
      const opened = found === undefined ? await decryptWithPassphrase(bytes, passphrase) : undefined;
      if (opened?.is === 'bytes') found = await readIdentities(Buffer.from(opened.bytes).toString());
    }
    if (found === undefined) return false;
    keys.push(...found);
    learned.add(mark);
  }
  return true;
}

/**
 * Returns the text of every file below a folder, by relative path; encrypted files are decrypted, under
 * their plaintext names.
 */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const paths = pathsBelow(folder);
  const found = new Map<string, string>();
  for (const path of paths) {
    const bytes = readFileSync(join(folder, path));
    const opened = isEncryptedName(path) ? textOf(bytes) : undefined;
    const name = opened === undefined || paths.includes(plaintextName(path)) ? path : plaintextName(path);
    found.set(name, opened ?? bytes.toString('utf8'));
  }
  return found;
}

/** Returns the paths of all files below a folder. */
export function pathsBelow(folder: string, under = ''): readonly string[] {
  try {
    return readdirSync(join(folder, under), { withFileTypes: true }).flatMap(entry => {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      return entry.isDirectory() ? pathsBelow(folder, path) : entry.isFile() ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** Decrypts a note with the known keys. */
export function openSealed(path: string): ReadData {
  const bytes = readFileSync(path);
  const text = textOf(bytes);
  return text === undefined
    ? { is: 'fault', fault: { key: 'storage.sealed-other-key', params: { path } } }
    : { is: 'text', text, data: bytes };
}

function textOf(bytes: Buffer): string | undefined {
  for (const { identity } of keys) {
    const plaintext = readAge(identity, bytes);
    if (plaintext !== undefined) return plaintext.toString('utf8');
  }
  return undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

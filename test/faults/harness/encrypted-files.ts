import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decryptWithPassphrase, readIdentities } from '../../../src/storage/encryption/age.ts';
import type { HeldKey } from '../../../src/storage/encryption/age.ts';
import { plaintextName, isEncryptedName } from '../../../src/storage/fs/encrypted-name.ts';
import type { ReadData } from '../../../src/storage/encryption/encrypted-files.ts';
import { readAge } from './read-age.ts';

/** Every key that a test has learned. A file is sealed for one of them or for nobody. */
const keys: HeldKey[] = [];
const learned = new Set<string>();

/**
 * Learns the keys of a folder, which costs what unlocking costs; once for each key file. False when one of
 * these passphrases opens none of it.
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
 * Every file below a folder, by its path relative to it, with its text; a sealed one opened, under the name
 * that it has when it is not sealed.
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

/** The paths of all files below a folder, as they are. */
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

/** Opens a sealed note with the keys that are known. */
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

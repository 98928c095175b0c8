import { openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exit } from '../../src/errors.ts';
import { decryptWithPassphrase, decryptWith, readIdentities } from '../../src/storage/encryption/age.ts';
import { run, type Place, type Ran, type Setting } from './world.ts';

export const passphrase = 'correct horse battery staple';

/** Returns the flag that makes a command read these lines as passphrases. */
export function given(place: Place, ...lines: readonly string[]): readonly string[] {
  const path = join(place.home, 'passphrase');
  writeFileSync(path, lines.map(line => `${line}\n`).join(''), { mode: 0o600 });
  return ['--passphrase-fd', String(openSync(path, 'r'))];
}

/** Runs a command with the passphrase. */
export function runOpen(args: readonly string[], setting: Setting): Promise<Ran> {
  return run([...given(setting.place, passphrase), ...args], { input: '', ...setting });
}

/** Encrypts the notes of a place. */
export async function seal(place: Place): Promise<void> {
  const ran = await runOpen(['encrypt', 'on'], { place });
  if (ran.exit !== Exit.done) throw new Error(ran.err);
}

/** Returns the relative paths of all files below a folder, sorted. */
export function filesBelow(folder: string, under = ''): readonly string[] {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap(entry =>
      entry.isDirectory() ? filesBelow(folder, join(under, entry.name)) : [join(under, entry.name)],
    )
    .sort();
}

/** Returns the files below a folder that contain one of these words in plaintext. */
export function filesWith(folder: string, ...words: readonly string[]): readonly string[] {
  return filesBelow(folder).filter(path => {
    const bytes = statSync(join(folder, path)).isFile() ? readFileSync(join(folder, path)) : Buffer.alloc(0);
    return words.some(word => bytes.includes(word));
  });
}

/** Decrypts a file of a folder with the folder's key, as any age implementation could. */
export async function textOf(folder: string, path: string, by = passphrase): Promise<string> {
  const identity = await decryptWithPassphrase(readFileSync(join(folder, '.rupture', 'identity.age')), by);
  const keys =
    identity.is === 'bytes' ? ((await readIdentities(Buffer.from(identity.bytes).toString())) ?? []) : [];
  const opened = await decryptWith(keys, readFileSync(join(folder, path)));
  return opened.is === 'bytes' ? Buffer.from(opened.bytes).toString() : opened.is;
}

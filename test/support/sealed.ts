import { openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exit } from '../../src/errors.ts';
import { decryptWithPassphrase, decryptWith, readIdentities } from '../../src/storage/encryption/age.ts';
import { run, type Place, type Ran, type Setting } from './world.ts';

export const passphrase = 'correct horse battery staple';

/** Gives the flag with which a command reads these lines as passphrases. */
export function given(place: Place, ...lines: readonly string[]): readonly string[] {
  const path = join(place.home, 'passphrase');
  writeFileSync(path, lines.map(line => `${line}\n`).join(''), { mode: 0o600 });
  return ['--passphrase-fd', String(openSync(path, 'r'))];
}

/** Runs a command that is given the passphrase. */
export function runOpen(args: readonly string[], setting: Setting): Promise<Ran> {
  return run([...given(setting.place, passphrase), ...args], { input: '', ...setting });
}

/** Seals the notes of a place. */
export async function seal(place: Place): Promise<void> {
  const ran = await runOpen(['encrypt', 'on'], { place });
  if (ran.exit !== Exit.done) throw new Error(ran.err);
}

/** All files below a folder, relative, in order. */
export function filesBelow(folder: string, under = ''): readonly string[] {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap(entry =>
      entry.isDirectory() ? filesBelow(folder, join(under, entry.name)) : [join(under, entry.name)],
    )
    .sort();
}

/** The files below a folder that hold one of these words as they are. */
export function filesWith(folder: string, ...words: readonly string[]): readonly string[] {
  return filesBelow(folder).filter(path => {
    const bytes = statSync(join(folder, path)).isFile() ? readFileSync(join(folder, path)) : Buffer.alloc(0);
    return words.some(word => bytes.includes(word));
  });
}

/** Opens a sealed file of a folder with its key, as any age could. */
export async function textOf(folder: string, path: string, by = passphrase): Promise<string> {
  const identity = await decryptWithPassphrase(readFileSync(join(folder, '.rupture', 'identity.age')), by);
  const keys =
    identity.is === 'bytes' ? ((await readIdentities(Buffer.from(identity.bytes).toString())) ?? []) : [];
  const opened = await decryptWith(keys, readFileSync(join(folder, path)));
  return opened.is === 'bytes' ? Buffer.from(opened.bytes).toString() : opened.is;
}

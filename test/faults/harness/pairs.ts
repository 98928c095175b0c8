import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decryptWithPassphrase,
  decryptWith,
  readIdentities,
  type HeldKey,
} from '../../../src/storage/encryption/age.ts';
import { isEncryptedName } from '../../../src/storage/fs/encrypted-name.ts';
import type { Home } from '../../e2e/support/home.ts';
import { known } from './given.ts';
import { pathsBelow } from './encrypted-files.ts';

/** One of two commands that run at the same time. */
export interface Command {
  readonly name: string;
  readonly args: (home: Home) => readonly string[];
  readonly passphrases: readonly string[];
  readonly input?: string;
  readonly env?: (home: Home) => Readonly<Record<string, string>>;
  /** Sentences that must be saved if it exits with 0. */
  readonly types?: string;
  /** Sentences that it may erase. */
  readonly destroys?: readonly string[];
}

export interface Ended {
  /** The exit code; null if the command was killed. */
  readonly code: number | null;
  readonly err: string;
}

export interface Start {
  /** Milliseconds to wait before the command starts. */
  readonly after: number;
  /** Milliseconds from its start until it is killed. */
  readonly killAfter?: number;
}

/** Starts a command with its passphrases on a separate descriptor; resolves when it has ended. */
export async function start(home: Home, command: Command, { after, killAfter }: Start): Promise<Ended> {
  const path = join(
    home.root,
    `passphrases-${command.name.replaceAll(/\W+/g, '-')}-${after}-${killAfter ?? 'whole'}`,
  );
  writeFileSync(path, command.passphrases.map(line => `${line}\n`).join(''), { mode: 0o600 });
  await new Promise(resolve => setTimeout(resolve, after));
  const args = [
    '-c',
    'path=$1; shift; exec "$0" "$@" 3< "$path"',
    home.rupture,
    path,
    '--passphrase-fd',
    '3',
    ...command.args(home),
  ];
  const child = spawn('bash', args, {
    cwd: home.root,
    env: { ...home.env, ...command.env?.(home) },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(command.input ?? '');
  const killer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const code = await new Promise<number | null>(resolve => {
    child.on('close', resolve);
  });
  clearTimeout(killer);
  return { code, err };
}

/**
 * Returns all texts of a folder that are in plaintext or open with a key in the folder and one of the
 * passphrases.
 */
export async function readableTexts(folder: string): Promise<readonly string[]> {
  const keys = await keysIn(folder);
  const texts: string[] = [];
  for (const path of pathsBelow(folder)) {
    const bytes = readFileSync(join(folder, path));
    if (!isEncryptedName(path)) texts.push(bytes.toString('utf8'));
    else {
      const opened = await decryptWith(keys, bytes);
      if (opened.is === 'bytes') texts.push(Buffer.from(opened.bytes).toString('utf8'));
    }
  }
  return texts;
}

/**
 * Returns the known passphrase that opens a folder's identity file; undefined if there is no such file.
 */
export async function passphraseOf(folder: string): Promise<string | undefined> {
  const path = join(folder, '.rupture', 'identity.age');
  if (!existsSync(path)) return undefined;
  for (const passphrase of known)
    if ((await decryptWithPassphrase(readFileSync(path), passphrase)).is === 'bytes') return passphrase;
  return undefined;
}

async function keysIn(folder: string): Promise<readonly HeldKey[]> {
  const own = join(folder, '.rupture');
  const keys: HeldKey[] = [];
  if (!existsSync(own)) return keys;
  for (const name of readdirSync(own).filter(one => /^(?:identity\.age|former-key-.*\.age)$/.test(one))) {
    for (const passphrase of known) {
      const opened = await decryptWithPassphrase(readFileSync(join(own, name)), passphrase);
      if (opened.is === 'bytes')
        keys.push(...((await readIdentities(Buffer.from(opened.bytes).toString())) ?? []));
    }
  }
  return keys;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { passphrase, seal } from '../../support/sealed.ts';
import { openHome, type Home } from './home.ts';

/**
 * Opens a home with one encrypted note of this text. Its key file needs less work per passphrase than a
 * real one.
 */
export async function openSealedHome(rupture: string, note: string): Promise<Home> {
  const home = openHome(rupture, { runtime: process.platform === 'linux' ? memoryFolder() : undefined });
  expect(home.run(['reflect', '-m', '-'], { input: `${note}\n` }).code).toBe(0);
  await seal({ home: home.root, folder: home.folder, config: join(home.root, 'config'), remove: () => {} });
  rmSync(join(home.root, 'passphrase'));
  return home;
}

/** Makes a folder in memory, like a session's runtime folder, and removes it after the test. */
function memoryFolder(): string {
  const folder = mkdtempSync('/dev/shm/rupture-e2e-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Returns a function that runs a command with the passphrase on a separate descriptor. */
export function withPassphrase(
  { root, rupture }: Home,
  args: readonly string[],
): readonly [string, ...string[]] {
  const path = join(root, 'pass');
  writeFileSync(path, `${passphrase}\n`, { mode: 0o600 });
  return [
    'bash',
    '-c',
    'path=$1; shift; exec "$0" --passphrase-fd 3 "$@" 3< "$path"',
    rupture,
    path,
    ...args,
  ];
}

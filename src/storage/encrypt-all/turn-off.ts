import type { Work } from './encryption-guards.ts';
import { join } from 'node:path';
import { isThere } from '../fs/read-file.ts';
import { undoFiles } from './list-plaintext-files.ts';

/**
 * Removes the undo log: it contains earlier texts, and its fingerprints are those of the files as they
 * were.
 */
export function forgetUndo({ store, writer }: Work): void {
  for (const path of undoFiles(store.folder)) writer.remove(path);
}

/**
 * Runs the last steps of `encrypt off`. Returns the absolute path that the key was moved to; undefined when
 * there was none. The caller must hold the lock.
 */
export async function turnOff(work: Work): Promise<string | undefined> {
  const { files } = work;
  forgetUndo(work);
  // Removes the pin first: from then until the last step, other commands refuse to write into the folder.
  await files.pins.pin(undefined);
  files.advertise(undefined);
  const key = moveKeyAside(work);
  files.setState('off');
  return key;
}

/** Renames the identity file instead of removing it: notes in a backup may be encrypted for its keys. */
export function moveKeyAside({ store, files, writer, now }: Work): string | undefined {
  if (!isThere(files.identityPath)) return undefined;
  const time = now()
    .replace(/[^0-9T]/g, '')
    .slice(0, 15);
  const base = join(store.folder, '.rupture', `former-key-${time}`);
  let target = `${base}.age`;
  for (let count = 2; isThere(target); count++) target = `${base}-${count}.age`;
  writer.move(files.identityPath, target);
  return target;
}

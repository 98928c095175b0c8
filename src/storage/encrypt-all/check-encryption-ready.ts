import { Exit } from '../../errors.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { relativePath } from '../fs/relative-path.ts';
import type { KeyFiles } from '../encryption/key-files.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { listEncryptedFiles } from './list-plaintext-files.ts';

/**
 * Throws a Problem when a folder must not be encrypted yet: its key is missing, or an editor has left a text,
 * or (only before the first file is encrypted) there are drafts or copies of notes.
 */
export async function checkReady(store: FolderStore, files: KeyFiles): Promise<void> {
  const { folder } = store;
  const isEncrypted = listEncryptedFiles(folder).length > 0;
  // A new key could not decrypt the files that are already encrypted.
  if (isEncrypted && !files.state().hasKey)
    throw problemOf(fault('storage.key-missing', { path: files.identityPath }), { exit: Exit.locked });
  const [leftover] = store.editing.leftOver();
  if (leftover !== undefined) throw problemOf(fault('storage.seal-editor', { path: leftover }));
  if (isEncrypted) return;
  if ((await store.drafts.countHeld()) > 0) throw problemOf(fault('storage.seal-draft', { folder }));
  const [copy] = (await store.scan()).copies;
  if (copy === undefined) return;
  throw problemOf(
    fault('storage.seal-copies', {
      path: relativePath(folder, copy.path),
      of: relativePath(folder, copy.of),
    }),
  );
}
